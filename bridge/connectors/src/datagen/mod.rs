//! The `datagen` connector: a source of made-up rows.
//!
//! [`field`] makes the values of one column, [`source`] paces rows. Columns of nested types are
//! refused.

mod field;
mod source;

use std::sync::Arc;

use nutkin_engine::Result;
use nutkin_engine::sink::Sink;
use nutkin_engine::source::Source;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::CatalogTable;
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode};

use crate::factory::Connector;
use crate::options::{OptionDescription, OptionGroup, OptionReader, validate};
use crate::table::projected_schema;
use field::FieldPlan;

/// The connector's entry in the registry.
pub(crate) struct DatagenConnector;

pub(super) const OPTIONS: &[OptionDescription] = &[
    OptionDescription::with_default(
        "rows-per-second",
        "Long",
        "10000",
        "How many rows all readers make a second together.",
    ),
    OptionDescription::optional(
        "number-of-rows",
        "Long",
        "How many rows there are; without it, and without a sequence, rows never end.",
    ),
    OptionDescription::with_default(
        "fields.#.kind",
        "Enum(random, sequence)",
        "random",
        "How the column's values are made.",
    ),
    OptionDescription::optional("fields.#.min", "Number", "The smallest random value."),
    OptionDescription::optional("fields.#.max", "Number", "The largest random value."),
    OptionDescription::optional(
        "fields.#.max-past",
        "Duration",
        "How far in the past a random timestamp is at most; not at all if not given.",
    ),
    OptionDescription::optional(
        "fields.#.length",
        "Integer",
        "How long a random text or byte string is; 100 if not given.",
    ),
    OptionDescription::with_default(
        "fields.#.var-len",
        "Boolean",
        "false",
        "Makes lengths random, up to 'length'.",
    ),
    OptionDescription::optional("fields.#.start", "Number", "The first value of a sequence."),
    OptionDescription::optional(
        "fields.#.end",
        "Number",
        "The last value of a sequence; the rows end with it.",
    ),
    OptionDescription::with_default(
        "fields.#.null-rate",
        "Double",
        "0",
        "The share of values that are NULL, from 0 to 1.",
    ),
];

impl Connector for DatagenConnector {
    fn name(&self) -> &'static str {
        "datagen"
    }

    fn options(&self) -> &'static [OptionDescription] {
        OPTIONS
    }

    fn library(&self) -> String {
        concat!("built in (nutkin ", env!("CARGO_PKG_VERSION"), ")").to_owned()
    }

    fn has_source(&self) -> bool {
        true
    }

    fn has_sink(&self) -> bool {
        false
    }

    fn source(&self, table: &ConnectorTable) -> Option<Result<Arc<dyn Source>>> {
        Some(create_source(table).map(|source| Arc::new(source) as Arc<dyn Source>))
    }

    fn sink(&self, _node: &SinkNode) -> Option<Result<Arc<dyn Sink>>> {
        None
    }

    fn sink_changelog_mode(&self, _table: &CatalogTable) -> ChangelogMode {
        ChangelogMode::InsertOnly
    }
}

fn create_source(table: &ConnectorTable) -> Result<source::DatagenSource> {
    let catalog_table: &CatalogTable = &table.table;
    validate("datagen", &catalog_table.options, &[OptionGroup::own(OPTIONS)])?;
    let options = OptionReader::new(&catalog_table.options, "", OPTIONS);
    let columns = &catalog_table.schema.columns;
    for key in catalog_table.options.keys() {
        let Some(rest) = key.strip_prefix("fields.") else {
            continue;
        };
        let names_column = columns.iter().any(|column| {
            rest.strip_prefix(column.name.as_str())
                .is_some_and(|rest| rest.starts_with('.'))
        });
        if !names_column {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            return Err(PlanError::validation_with_hint(
                format!("The option '{key}' is of no column of the table."),
                format!("its columns are {}", names.join(", ")),
            )
            .into());
        }
    }
    // All columns are planned, also those that nobody reads: a sequence among them ends the rows.
    let fields = columns
        .iter()
        .map(|column| FieldPlan::new(column, &options))
        .collect::<Result<Vec<_>>>()?;
    let rows_per_second = options.integer("rows-per-second")?.unwrap_or(10_000);
    let number_of_rows = options.integer("number-of-rows")?;
    Ok(source::DatagenSource {
        rows_per_second: u64::try_from(rows_per_second)
            .ok()
            .filter(|&rows| rows > 0)
            .ok_or_else(|| options.invalid_value("rows-per-second", "a whole number above zero"))?,
        number_of_rows: match number_of_rows {
            Some(rows) => Some(
                u64::try_from(rows)
                    .map_err(|_| options.invalid_value("number-of-rows", "a whole number from zero"))?,
            ),
            None => None,
        },
        schema: projected_schema(table),
        sequence_rows: fields.iter().filter_map(FieldPlan::sequence_rows).min(),
        fields: table
            .projection
            .iter()
            .filter_map(|&position| fields.get(position).cloned())
            .collect(),
    })
}
