//! Doors: the ways in. Each translates to [`crate::session::Session`] and back, and decides nothing.
//!
//! [`InProcess`] passes values as they are; [`tcp`] and [`unix`] speak frames, which
//! [`connection`] reads and writes for both. A connection is a session: when it ends, however it
//! ends, so does the session.

mod connection;
mod in_process;
mod limits;
pub mod py4j;
mod server;
pub mod tcp;
#[cfg(unix)]
pub mod unix;

pub use in_process::InProcess;
pub use limits::Limits;
pub use server::{Hosts, Server};
