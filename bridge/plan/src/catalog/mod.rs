//! Catalogs: the names that a program can refer to.
//!
//! [`CatalogManager`] holds the tables, views and functions of a session in memory. SQL and the Table
//! API look names up here and register here; [`legacy_options`] turns the `WITH` options of old into
//! the present ones on the way in. Nothing here connects to anything.

mod functions;
mod identifier;
mod legacy_lists;
pub mod legacy_options;
mod listing;
mod manager;
mod show_create;
mod store;
mod table;
mod view;

pub use identifier::{ObjectIdentifier, quote_identifier, quote_path};
pub use manager::{CatalogManager, DEFAULT_CATALOG, DEFAULT_DATABASE};
pub use show_create::create_statement;
pub use table::{CatalogTable, Column, Schema};
pub use view::{CatalogEntry, CatalogView};

#[cfg(test)]
mod tests;
