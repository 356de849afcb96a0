//! The options of a JDBC table. Mirrors `JdbcConnectorOptions`.

use std::time::Duration;

use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::CatalogTable;

use super::dialect::TableName;
use super::url::{self, JdbcUrl};
use crate::options::{OptionDescription, OptionGroup, OptionReader, validate};

/// The options of the connector.
pub(super) const OPTIONS: &[OptionDescription] = &[
    OptionDescription::required("url", "String", "The JDBC URL of the database."),
    OptionDescription::required(
        "table-name",
        "String",
        "The table in the database, maybe as 'schema.table'.",
    ),
    OptionDescription::optional(
        "driver",
        "String",
        "The Java driver; it must be one for the URL, and is not loaded.",
    ),
    OptionDescription::optional("username", "String", "The user who logs in."),
    OptionDescription::optional("password", "String", "The user's password."),
    OptionDescription::with_default(
        "connection.max-retry-timeout",
        "Duration",
        "60 s",
        "How long a lost connection is tried to be opened again.",
    ),
    OptionDescription::optional(
        "scan.partition.column",
        "String",
        "The column by which reading is split.",
    ),
    OptionDescription::optional(
        "scan.partition.num",
        "Integer",
        "Into how many parts reading is split.",
    ),
    OptionDescription::optional(
        "scan.partition.lower-bound",
        "Long",
        "The smallest value of the first part.",
    ),
    OptionDescription::optional(
        "scan.partition.upper-bound",
        "Long",
        "The largest value of the last part.",
    ),
    OptionDescription::with_default(
        "scan.fetch-size",
        "Integer",
        "0",
        "Rows fetched at a time by Java's drivers; here rows are streamed as they arrive.",
    ),
    OptionDescription::with_default(
        "scan.auto-commit",
        "Boolean",
        "true",
        "Whether Java's drivers read outside of a transaction; here a query is one statement.",
    ),
    OptionDescription::with_default(
        "sink.buffer-flush.max-rows",
        "Integer",
        "100",
        "How many changes are buffered before they are written; '0' writes each chunk of rows at once.",
    ),
    OptionDescription::with_default(
        "sink.buffer-flush.interval",
        "Duration",
        "1 s",
        "How long a change is buffered at most; '0' for no limit.",
    ),
    OptionDescription::with_default(
        "sink.max-retries",
        "Integer",
        "3",
        "How often a failed transaction is repeated.",
    ),
    OptionDescription::optional("sink.parallelism", "Integer", "How many subtasks write at most."),
    OptionDescription::optional("lookup.*", "String", "Refused: lookup joins are not there."),
];

/// The options of a table, read.
#[derive(Debug, Clone)]
pub(super) struct JdbcOptions {
    pub(super) url: JdbcUrl,
    pub(super) table: TableName,
    pub(super) username: Option<String>,
    pub(super) password: Option<String>,
    pub(super) max_retry_timeout: Duration,
    pub(super) partitions: Option<PartitionOptions>,
    pub(super) flush_max_rows: usize,
    pub(super) flush_interval: Option<Duration>,
    pub(super) max_retries: usize,
    pub(super) parallelism: Option<usize>,
}

/// How reading is split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartitionOptions {
    pub(super) column: String,
    pub(super) number: i64,
    pub(super) lower_bound: i64,
    pub(super) upper_bound: i64,
}

const PARTITION_KEYS: [&str; 4] = [
    "scan.partition.column",
    "scan.partition.num",
    "scan.partition.lower-bound",
    "scan.partition.upper-bound",
];

impl JdbcOptions {
    /// Reads and checks the options of a table.
    pub(super) fn read(table: &CatalogTable) -> Result<Self> {
        validate("jdbc", &table.options, &[OptionGroup::own(OPTIONS)])?;
        let options = OptionReader::new(&table.options, "", OPTIONS);
        if let Some(key) = options.map("lookup.").keys().next() {
            return Err(PlanError::unsupported(
                format!("The option 'lookup.{key}'"),
                "lookup joins are not there yet: leave the 'lookup.*' options out",
            )
            .into());
        }
        let url = url::parse(options.required_text("url")?)?;
        if let Some(driver) = options.given("driver")
            && !url.kind.drivers().contains(&driver)
        {
            return Err(PlanError::Validation {
                message: format!(
                    "Invalid value for option 'driver'.\n\nThe driver '{driver}' is not one for the URL's database."
                ),
                hint: Some(format!(
                    "leave the option out, or use one of: {}",
                    url.kind.drivers().join(", ")
                )),
            }
            .into());
        }
        let username = options.given("username").map(str::to_owned);
        let password = options.given("password").map(str::to_owned);
        if password.is_some() && username.is_none() {
            return Err(PlanError::validation(
                "Either all or none of the following options should be provided:\nusername\npassword",
            )
            .into());
        }
        let interval = options.duration("sink.buffer-flush.interval")?;
        // The drivers read both; they change how Java fetches, not what is read.
        not_negative(&options, "scan.fetch-size")?;
        options.boolean("scan.auto-commit")?;
        Ok(Self {
            url,
            table: TableName::parse(options.required_text("table-name")?),
            username,
            password,
            max_retry_timeout: options
                .duration("connection.max-retry-timeout")?
                .unwrap_or(Duration::from_secs(60)),
            partitions: partitions(&options)?,
            flush_max_rows: not_negative(&options, "sink.buffer-flush.max-rows")?.max(1),
            flush_interval: interval.filter(|interval| !interval.is_zero()),
            max_retries: not_negative(&options, "sink.max-retries")?,
            parallelism: options.positive("sink.parallelism")?,
        })
    }
}

fn not_negative(options: &OptionReader<'_>, key: &str) -> Result<usize> {
    let number = options.integer(key)?.unwrap_or(0);
    usize::try_from(number).map_err(|_| options.invalid_value(key, "a whole number that is not negative"))
}

fn partitions(options: &OptionReader<'_>) -> Result<Option<PartitionOptions>> {
    let Some(column) = options.given("scan.partition.column") else {
        return if PARTITION_KEYS.iter().any(|key| options.given(key).is_some()) {
            Err(all_or_none())
        } else {
            Ok(None)
        };
    };
    let (Some(number), Some(lower_bound), Some(upper_bound)) = (
        options.integer("scan.partition.num")?,
        options.integer("scan.partition.lower-bound")?,
        options.integer("scan.partition.upper-bound")?,
    ) else {
        return Err(all_or_none());
    };
    if lower_bound > upper_bound {
        return Err(PlanError::validation(format!(
            "'scan.partition.lower-bound'='{lower_bound}' must not be larger than \
             'scan.partition.upper-bound'='{upper_bound}'."
        ))
        .into());
    }
    if number < 1 {
        return Err(options.invalid_value("scan.partition.num", "a whole number above zero"));
    }
    Ok(Some(PartitionOptions {
        column: column.to_owned(),
        number,
        lower_bound,
        upper_bound,
    }))
}

fn all_or_none() -> nutkin_engine::EngineError {
    PlanError::validation(format!(
        "Either all or none of the following options should be provided:\n{}",
        PARTITION_KEYS.join("\n")
    ))
    .into()
}
