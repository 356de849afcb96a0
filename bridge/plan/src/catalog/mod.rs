//! Catalogs: the names that a program can refer to.
//!
//! [`CatalogManager`] knows the catalogs of a session and its temporary objects. SQL and the Table API look
//! names up here and register here; [`legacy_options`] turns the `WITH` options of old into the present
//! ones on the way in. A [`Catalog`] keeps tables, views and functions: in memory ([`InMemoryCatalog`]), in
//! files ([`FilesystemCatalog`]), or in a database, which is the business of the connectors.

mod details;
mod filesystem;
mod functions;
mod identifier;
mod in_memory;
mod information_schema;
mod keeper;
mod legacy_lists;
pub mod legacy_options;
mod listing;
mod manager;
mod modules;
mod registered;
mod scan;
mod show_create;
mod table;
mod view;

pub use details::{
    ColumnKind, ColumnStatistics, DeclaredColumn, DeclaredColumnKind, DeclaredKey, TableDeclaration,
    TableDetails, TableDistribution, TableStatistics, Watermark,
};
pub use filesystem::FilesystemCatalog;
pub use identifier::{ObjectIdentifier, quote_identifier, quote_path};
pub use in_memory::InMemoryCatalog;
pub use information_schema::INFORMATION_SCHEMA;
pub use keeper::{Catalog, CatalogFunction, DatabaseProperties, read_only};
pub use manager::{CatalogManager, DEFAULT_CATALOG, DEFAULT_DATABASE};
pub use registered::RegisteredCatalog;
pub use show_create::{create_catalog_statement, create_statement, create_view_statement};
pub(crate) use show_create::{extras as column_extras, quote_string};
pub use table::{CatalogTable, Column, Schema};
pub use view::{CatalogEntry, CatalogView, ViewText};

#[cfg(test)]
mod tests;
