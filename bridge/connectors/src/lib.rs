//! Connectors and formats.
//!
//! Each connector is a folder with a [`factory::Connector`], a source and a sink as far as it has
//! them; each format a file that turns bytes into columns and back. [`options`] reads `WITH` clauses.

pub mod factory;
pub mod format;
pub mod options;
pub mod registry;
