//! The gateway: doors, sessions, the object registry and the Java classes that clients see.
//!
//! Data flow: a door ([`door`]) turns what its clients send into [`nutkin_protocol::Batch`]es and hands
//! them to a [`session::Session`]; the native session looks objects up ([`registry`]) and dispatches each
//! call to the handler that the class's table ([`model`]) names. The classes of Flink are in [`class`];
//! behind them stand table environments with their [`configuration`], jobs and results.
//! Errors are values with a Java class ([`GatewayError`]). What the calls mean, the plan crate knows;
//! what runs, the engine.

mod caller;
pub mod class;
pub mod configuration;
mod description;
mod dispatch;
pub mod door;
mod environment;
mod error;
mod gateway;
mod interrupt;
mod java;
mod job;
pub mod model;
pub mod registry;
mod result;
pub mod serve;
pub mod session;
mod session_table;

pub use caller::Caller;
pub use dispatch::GET_PYTHON_FUNCTION;
pub use error::{GatewayError, PYTHON_FUNCTION_NEEDED, Result};
pub use gateway::{Gateway, IDENTITY};
pub use interrupt::Interrupt;
