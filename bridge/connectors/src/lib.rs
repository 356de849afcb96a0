//! Connectors and formats.
//!
//! Each connector is a folder with a [`factory::Connector`], a source and a sink as far as it has
//! them; each format a file that turns bytes into columns and back. [`options`] reads `WITH` clauses.

mod blackhole;
pub mod catalogs;
mod datagen;
pub mod factory;
pub mod filesystem;
pub mod format;
mod jdbc;
mod kafka;
pub mod options;
mod print;
mod random;
pub mod registry;
pub mod row_text;
mod table;
mod text;
mod value;
mod values;
