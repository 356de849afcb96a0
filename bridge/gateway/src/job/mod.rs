//! Jobs as the gateway sees them: started for a session, watched through a client, ended with it.

mod client;
mod environment;
mod python;
mod table;

pub(crate) use client::Job;
pub(crate) use environment::JobEnvironment;
pub(crate) use python::{open_python, python_on_demand};
pub(crate) use table::JobTable;
