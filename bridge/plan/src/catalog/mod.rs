//! Catalogs: the names that a program can refer to.

mod identifier;
mod table;

pub use identifier::ObjectIdentifier;
pub use table::{CatalogTable, Column, Schema};
