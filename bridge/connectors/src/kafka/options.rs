//! The options of a Kafka table. Mirrors `KafkaConnectorOptions`.

use std::collections::BTreeMap;
use std::time::Duration;

use nutkin_engine::Result;
use nutkin_plan::PlanError;
use nutkin_plan::catalog::CatalogTable;

use super::properties::{self, ClientProperties, OffsetReset};
use crate::options::{OptionDescription, OptionReader};

/// The options of the connector itself.
pub(super) const OPTIONS: &[OptionDescription] = &[
    OptionDescription::optional(
        "topic",
        "String",
        "The topic to read; several are separated by ';'.",
    ),
    OptionDescription::optional("topic-pattern", "String", "Refused: name the topics in 'topic'."),
    OptionDescription::optional(
        "properties.*",
        "Map",
        "Properties of the Kafka client, in the Java client's names or librdkafka's; 'properties.bootstrap.servers' \
         must be there.",
    ),
    OptionDescription::optional("format", "String", "The format of the messages' values."),
    OptionDescription::optional("value.format", "String", "The same as 'format'."),
    OptionDescription::with_default(
        "value.fields-include",
        "Enum(ALL, EXCEPT_KEY)",
        "ALL",
        "Which columns the value holds; only ALL, for keys are not read.",
    ),
    OptionDescription::optional(
        "key.format",
        "String",
        "Refused: message keys are not read into columns.",
    ),
    OptionDescription::optional("key.fields", "String", "Refused with 'key.format'."),
    OptionDescription::optional("key.fields-prefix", "String", "Refused with 'key.format'."),
    OptionDescription::with_default(
        "scan.startup.mode",
        "Enum(earliest-offset, latest-offset, group-offsets, timestamp, specific-offsets)",
        "group-offsets",
        "Where reading starts.",
    ),
    OptionDescription::optional(
        "scan.startup.specific-offsets",
        "String",
        "The starts of mode 'specific-offsets', such as 'partition:0,offset:42;partition:1,offset:300'.",
    ),
    OptionDescription::optional(
        "scan.startup.timestamp-millis",
        "Long",
        "The start of mode 'timestamp', in milliseconds since 1970-01-01.",
    ),
    OptionDescription::with_default(
        "scan.bounded.mode",
        "Enum(unbounded, latest-offset, group-offsets, timestamp, specific-offsets)",
        "unbounded",
        "Where reading ends; 'unbounded' reads until the job is cancelled.",
    ),
    OptionDescription::optional(
        "scan.bounded.specific-offsets",
        "String",
        "The ends of mode 'specific-offsets'; the record at the offset is not read.",
    ),
    OptionDescription::optional(
        "scan.bounded.timestamp-millis",
        "Long",
        "The end of mode 'timestamp', in milliseconds since 1970-01-01.",
    ),
    OptionDescription::with_default(
        "scan.topic-partition-discovery.interval",
        "Duration",
        "5 min",
        "How often new partitions are looked for; '0' for never.",
    ),
    OptionDescription::optional("scan.parallelism", "Integer", "How many subtasks read at most."),
    OptionDescription::optional(
        "sink.partitioner",
        "String",
        "For writing; a source does not look at it.",
    ),
    OptionDescription::optional(
        "sink.parallelism",
        "Integer",
        "For writing; a source does not look at it.",
    ),
    OptionDescription::optional(
        "sink.semantic",
        "String",
        "For writing; a source does not look at it.",
    ),
    OptionDescription::optional(
        "sink.delivery-guarantee",
        "String",
        "For writing; a source does not look at it.",
    ),
    OptionDescription::optional(
        "sink.transactional-id-prefix",
        "String",
        "For writing; a source does not look at it.",
    ),
];

const OFFSETS_EXAMPLE: &str = "partition:0,offset:42;partition:1,offset:300";

/// Where reading starts. Mirrors `StartupMode`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StartupMode {
    /// At what the group has committed.
    GroupOffsets,
    /// At the oldest record.
    Earliest,
    /// At what comes next.
    Latest,
    /// At the first record that is not older, in milliseconds since the epoch.
    Timestamp(i64),
    /// At these offsets, by partition.
    SpecificOffsets(BTreeMap<i32, i64>),
}

impl StartupMode {
    /// What librdkafka does where a wanted offset is gone, because records were removed meanwhile: what
    /// Flink's initializer of the same mode asks of the Java client.
    fn reset(&self, of_group: OffsetReset) -> &'static str {
        match self {
            Self::Earliest | Self::SpecificOffsets(_) => "earliest",
            Self::Latest => "latest",
            Self::Timestamp(_) => "error",
            Self::GroupOffsets => match of_group {
                OffsetReset::Earliest => "earliest",
                OffsetReset::Latest => "latest",
                OffsetReset::None => "error",
            },
        }
    }
}

/// Where reading ends. Mirrors `BoundedMode`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BoundedMode {
    /// Nowhere.
    Unbounded,
    /// At the ends that the partitions have when the job starts.
    Latest,
    /// At what the group has committed.
    GroupOffsets,
    /// Before the first record that is not older, in milliseconds since the epoch.
    Timestamp(i64),
    /// Before these offsets, by partition.
    SpecificOffsets(BTreeMap<i32, i64>),
}

/// The options of a table, read.
#[derive(Debug, Clone)]
pub(super) struct KafkaOptions {
    /// The topics, without repetition.
    pub(super) topics: Vec<String>,
    /// The client's properties.
    pub(super) properties: ClientProperties,
    /// Where reading starts.
    pub(super) startup: StartupMode,
    /// Where reading ends.
    pub(super) bounded: BoundedMode,
    /// How often new partitions are looked for; `None` for never.
    pub(super) discovery_interval: Option<Duration>,
    /// How many subtasks read at most.
    pub(super) parallelism: Option<usize>,
}

/// The option that names the format, and the format: `format` or `value.format`.
pub(super) fn format_option(table: &CatalogTable) -> Result<(&'static str, &str)> {
    let given = |key: &'static str| table.options.get(key).map(|name| (key, name.as_str()));
    match (given("format"), given("value.format")) {
        (Some(_), Some(_)) => Err(PlanError::validation(
            "The options 'format' and 'value.format' are the same; only one of them can be given.",
        )
        .into()),
        (Some(found), None) | (None, Some(found)) => Ok(found),
        (None, None) => Err(PlanError::validation(
            "A format is required for the value of Kafka messages: set the option 'format' or 'value.format'.",
        )
        .into()),
    }
}

impl KafkaOptions {
    /// Reads the options of a table whose keys were validated.
    pub(super) fn read(table: &CatalogTable) -> Result<Self> {
        let options = OptionReader::new(&table.options, "", OPTIONS);
        for key in ["key.format", "key.fields", "key.fields-prefix"] {
            if options.given(key).is_some() {
                return Err(PlanError::unsupported(
                    format!("The option '{key}'"),
                    "columns come from the value of a message: leave the 'key.*' options out and use 'value.format'",
                )
                .into());
            }
        }
        if options.given("topic-pattern").is_some() {
            return Err(match options.given("topic") {
                Some(_) => {
                    PlanError::validation("Option 'topic' and 'topic-pattern' shouldn't be set together.")
                }
                None => PlanError::unsupported(
                    "The option 'topic-pattern'",
                    "name the topics: 'topic' = 'first;second'",
                ),
            }
            .into());
        }
        if options.choice("value.fields-include", &[("ALL", true), ("EXCEPT_KEY", false)])? == Some(false) {
            return Err(PlanError::unsupported(
                "'value.fields-include' = 'EXCEPT_KEY'",
                "keys are not read into columns: leave the option out",
            )
            .into());
        }
        let topics = topics(&options)?;
        let startup = startup(&options, &topics)?;
        let bounded = bounded(&options, &topics)?;
        let default_group = format!("KafkaSource-{}", table.identifier.object);
        let mut properties = properties::translate(&options.map("properties."), &default_group)?;
        properties.config.insert(
            "auto.offset.reset".to_owned(),
            startup.reset(properties.offset_reset).to_owned(),
        );
        Ok(Self {
            properties,
            discovery_interval: options
                .duration("scan.topic-partition-discovery.interval")?
                .filter(|interval| !interval.is_zero() && bounded == BoundedMode::Unbounded),
            parallelism: options.positive("scan.parallelism")?,
            topics,
            startup,
            bounded,
        })
    }
}

fn topics(options: &OptionReader<'_>) -> Result<Vec<String>> {
    let Some(text) = options.given("topic") else {
        return Err(PlanError::validation("Either 'topic' or 'topic-pattern' must be set.").into());
    };
    let mut topics: Vec<String> = Vec::new();
    for topic in text.split(';').map(str::trim).filter(|topic| !topic.is_empty()) {
        if !topics.iter().any(|known| known == topic) {
            topics.push(topic.to_owned());
        }
    }
    if topics.is_empty() {
        return Err(options.invalid_value("topic", "the name of a topic"));
    }
    Ok(topics)
}

fn startup(options: &OptionReader<'_>, topics: &[String]) -> Result<StartupMode> {
    let mode = options.choice(
        "scan.startup.mode",
        &[
            ("earliest-offset", Mode::Earliest),
            ("latest-offset", Mode::Latest),
            ("group-offsets", Mode::GroupOffsets),
            ("timestamp", Mode::Timestamp),
            ("specific-offsets", Mode::SpecificOffsets),
        ],
    )?;
    Ok(match mode {
        Some(Mode::Earliest) => StartupMode::Earliest,
        Some(Mode::Latest) => StartupMode::Latest,
        Some(Mode::Timestamp) => StartupMode::Timestamp(timestamp(options, "startup")?),
        Some(Mode::SpecificOffsets) => {
            StartupMode::SpecificOffsets(specific_offsets(options, topics, "startup")?)
        }
        Some(Mode::GroupOffsets | Mode::Unbounded) | None => StartupMode::GroupOffsets,
    })
}

fn bounded(options: &OptionReader<'_>, topics: &[String]) -> Result<BoundedMode> {
    let mode = options.choice(
        "scan.bounded.mode",
        &[
            ("unbounded", Mode::Unbounded),
            ("latest-offset", Mode::Latest),
            ("group-offsets", Mode::GroupOffsets),
            ("timestamp", Mode::Timestamp),
            ("specific-offsets", Mode::SpecificOffsets),
        ],
    )?;
    Ok(match mode {
        Some(Mode::Latest) => BoundedMode::Latest,
        Some(Mode::GroupOffsets) => BoundedMode::GroupOffsets,
        Some(Mode::Timestamp) => BoundedMode::Timestamp(timestamp(options, "bounded")?),
        Some(Mode::SpecificOffsets) => {
            BoundedMode::SpecificOffsets(specific_offsets(options, topics, "bounded")?)
        }
        Some(Mode::Unbounded | Mode::Earliest) | None => BoundedMode::Unbounded,
    })
}

/// The values of both mode options.
#[derive(Clone, Copy)]
enum Mode {
    Earliest,
    Latest,
    GroupOffsets,
    Timestamp,
    SpecificOffsets,
    Unbounded,
}

fn timestamp(options: &OptionReader<'_>, phase: &str) -> Result<i64> {
    let key = format!("scan.{phase}.timestamp-millis");
    options.integer(&key)?.ok_or_else(|| {
        PlanError::validation(format!(
            "'{key}' is required in 'timestamp' {phase} mode but missing."
        ))
        .into()
    })
}

fn specific_offsets(
    options: &OptionReader<'_>,
    topics: &[String],
    phase: &str,
) -> Result<BTreeMap<i32, i64>> {
    let key = format!("scan.{phase}.specific-offsets");
    let Some(text) = options.given(&key) else {
        return Err(PlanError::validation(format!(
            "'{key}' is required in 'specific-offsets' {phase} mode but missing."
        ))
        .into());
    };
    if topics.len() > 1 {
        return Err(PlanError::validation(
            "Currently Kafka source only supports specific offset for single topic.",
        )
        .into());
    }
    parse_offsets(text).ok_or_else(|| {
        PlanError::validation(format!(
            "Invalid properties '{key}' should follow the format '{OFFSETS_EXAMPLE}', but is '{text}'."
        ))
        .into()
    })
}

fn parse_offsets(text: &str) -> Option<BTreeMap<i32, i64>> {
    let mut offsets = BTreeMap::new();
    for pair in text.split(';').filter(|pair| !pair.trim().is_empty()) {
        let (partition, offset) = pair.trim().split_once(',')?;
        let partition = partition.trim().strip_prefix("partition:")?.trim().parse().ok()?;
        let offset: i64 = offset.trim().strip_prefix("offset:")?.trim().parse().ok()?;
        if partition < 0 || offset < 0 {
            return None;
        }
        offsets.insert(partition, offset);
    }
    (!offsets.is_empty()).then_some(offsets)
}

#[cfg(test)]
mod tests;
