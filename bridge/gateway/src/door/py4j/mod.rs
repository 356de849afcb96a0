//! The door for Py4J clients: unmodified `py4j`, and with it unmodified PyFlink.
//!
//! Text lines over TCP. A [`listener`] takes connections, each of which is a thread ([`connection`]) that
//! reads whole commands ([`lines`]), runs them ([`command`]) on the program behind the door
//! ([`crate::java::Machine`]) and writes each reply at once. Values are written and read by [`text`],
//! objects have their ids in [`objects`], names are looked up in [`view`]s, and [`callback`] calls the
//! objects of the client. A door has one session: all its connections are one program's.

mod callback;
mod command;
mod connection;
mod lines;
mod listener;
mod objects;
mod state;
mod text;
mod view;
mod watchdog;

pub use listener::{Py4JDoor, Py4JOptions};
