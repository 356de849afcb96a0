//! The `WITH` options of Flink 1.9 to 1.11 and what they are called today.
//!
//! DDL of those releases spells options `connector.type`, `connector.topic`, `format.type`,
//! `update-mode`. [`LEGACY_OPTIONS`] is the whole mapping; [`to_present`] applies it when a table is
//! created, so that nothing behind the catalog knows the old names. Options without a counterpart
//! say in the table why they may be dropped; every other key is refused by name.
//!
//! Two behaviours of old are kept by writing the old default down as a present option: a JDBC sink
//! flushes every 5000 rows and by no timer, and a Kafka source with a group starts from the group's
//! offsets and commits by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::legacy_lists::IndexedOptions;
use crate::error::{PlanError, Result};

/// What became of an option of old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Present {
    /// It has this name now. A `*` stands for the part that matched the `*` of the old name.
    Renamed(&'static str),
    /// Any value is accepted and has no effect.
    Dropped,
    /// These values have no effect; others are refused.
    DroppedIf(&'static [&'static str]),
}

/// One row of the mapping.
#[derive(Debug, Clone, Copy)]
pub struct LegacyOption {
    /// The connector or format that has the option; empty for all.
    pub owner: &'static str,
    /// The name of old; a `*` at the end or between dots matches anything there.
    pub key: &'static str,
    /// What became of it.
    pub present: Present,
    /// Why, where the name alone does not tell.
    pub reason: &'static str,
}

const fn row(owner: &'static str, key: &'static str, present: Present, reason: &'static str) -> LegacyOption {
    LegacyOption {
        owner,
        key,
        present,
        reason,
    }
}

use Present::{Dropped, DroppedIf, Renamed};

/// The options of old, all of them.
#[rustfmt::skip]
pub const LEGACY_OPTIONS: &[LegacyOption] = &[
    row("", "connector.type", Renamed("connector"), ""),
    row("", "connector.property-version", DroppedIf(&["1"]), "the only version there ever was"),
    row("", "format.property-version", DroppedIf(&["1"]), "the only version there ever was"),
    row("", "format.type", Renamed("format"), ""),
    row("", "format.derive-schema", Dropped, "formats take their fields from the table since 1.10"),
    row("", "update-mode", DroppedIf(&["append", "retract", "upsert"]),
        "the changelog mode follows from the query and the connector"),

    row("kafka", "connector.version", DroppedIf(&["universal", "0.8", "0.9", "0.10", "0.11"]),
        "one client speaks with every broker"),
    row("kafka", "connector.topic", Renamed("topic"), ""),
    row("kafka", "connector.properties.zookeeper.connect", Dropped, "brokers of today keep nothing there for clients"),
    row("kafka", "connector.properties.*", Renamed("properties.*"), ""),
    row("kafka", "connector.startup-mode", Renamed("scan.startup.mode"), ""),
    row("kafka", "connector.specific-offsets", Renamed("scan.startup.specific-offsets"), ""),
    row("kafka", "connector.startup-timestamp-millis", Renamed("scan.startup.timestamp-millis"), ""),
    row("kafka", "connector.sink-partitioner", Renamed("sink.partitioner"), ""),

    row("jdbc", "connector.url", Renamed("url"), ""),
    row("jdbc", "connector.table", Renamed("table-name"), ""),
    row("jdbc", "connector.driver", Renamed("driver"), ""),
    row("jdbc", "connector.username", Renamed("username"), ""),
    row("jdbc", "connector.password", Renamed("password"), ""),
    row("jdbc", "connector.read.partition.column", Renamed("scan.partition.column"), ""),
    row("jdbc", "connector.read.partition.num", Renamed("scan.partition.num"), ""),
    row("jdbc", "connector.read.partition.lower-bound", Renamed("scan.partition.lower-bound"), ""),
    row("jdbc", "connector.read.partition.upper-bound", Renamed("scan.partition.upper-bound"), ""),
    row("jdbc", "connector.read.fetch-size", Renamed("scan.fetch-size"), ""),
    row("jdbc", "connector.lookup.cache.max-rows", Renamed("lookup.cache.max-rows"), ""),
    row("jdbc", "connector.lookup.cache.ttl", Renamed("lookup.cache.ttl"), ""),
    row("jdbc", "connector.lookup.max-retries", Renamed("lookup.max-retries"), ""),
    row("jdbc", "connector.write.flush.max-rows", Renamed("sink.buffer-flush.max-rows"), ""),
    row("jdbc", "connector.write.flush.interval", Renamed("sink.buffer-flush.interval"), ""),
    row("jdbc", "connector.write.max-retries", Renamed("sink.max-retries"), ""),

    row("filesystem", "connector.path", Renamed("path"), ""),

    row("csv", "format.field-delimiter", Renamed("csv.field-delimiter"), ""),
    row("csv", "format.line-delimiter", DroppedIf(&["\n", "\\n"]), "records end at the line's end"),
    row("csv", "format.disable-quote-character", Renamed("csv.disable-quote-character"), ""),
    row("csv", "format.quote-character", Renamed("csv.quote-character"), ""),
    row("csv", "format.allow-comments", Renamed("csv.allow-comments"), ""),
    row("csv", "format.ignore-parse-errors", Renamed("csv.ignore-parse-errors"), ""),
    row("csv", "format.array-element-delimiter", Renamed("csv.array-element-delimiter"), ""),
    row("csv", "format.escape-character", Renamed("csv.escape-character"), ""),
    row("csv", "format.null-literal", Renamed("csv.null-literal"), ""),

    row("json", "format.fail-on-missing-field", Renamed("json.fail-on-missing-field"), ""),
    row("json", "format.ignore-parse-errors", Renamed("json.ignore-parse-errors"), ""),
];

/// What an absent option of old meant, where the present option means something else by default.
const DEFAULTS: &[(&str, &str, &str)] = &[
    ("jdbc", "sink.buffer-flush.max-rows", "5000"),
    ("jdbc", "sink.buffer-flush.interval", "0"),
    ("kafka", "scan.startup.mode", "group-offsets"),
];

/// Whether the options are spelled as before Flink 1.11.
#[must_use]
pub fn is_legacy(options: &BTreeMap<String, String>) -> bool {
    options.contains_key("connector.type")
        || (!options.contains_key("connector") && options.keys().any(|key| key.starts_with("connector.")))
}

/// The options under their present names. Options that are not of old are returned as they are.
pub fn to_present(options: BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    if !is_legacy(&options) {
        return Ok(options);
    }
    let connector = options
        .get("connector.type")
        .ok_or_else(|| PlanError::validation("Could not find required property 'connector.type'."))?
        .to_lowercase();
    let known: BTreeSet<&str> = LEGACY_OPTIONS
        .iter()
        .map(|row| row.owner)
        .filter(|owner| !matches!(*owner, "" | "csv" | "json"))
        .collect();
    if !known.contains(connector.as_str()) {
        return Err(PlanError::validation_with_hint(
            format!("'connector.type' = '{connector}' is not known."),
            format!(
                "Options of the old spelling are there for {}.",
                known.into_iter().collect::<Vec<_>>().join(", ")
            ),
        ));
    }
    let format = options.get("format.type").map(|format| format.to_lowercase());
    let owners = ["", &connector, format.as_deref().unwrap_or_default()];

    let mut present = BTreeMap::new();
    let mut indexed = IndexedOptions::default();
    for (key, value) in options {
        if connector == "kafka" && indexed.take(&key, &value) {
            continue;
        }
        let (row, wildcard) = find(&key, &owners).ok_or_else(|| unknown_key(&key, &owners))?;
        match row.present {
            Dropped => {}
            DroppedIf(values) if values.contains(&value.as_str()) => {}
            DroppedIf(values) => {
                return Err(PlanError::validation(format!(
                    "Invalid value for option '{key}': '{value}'. Supported values are [{}], which have no \
                     effect: {}.",
                    values.join(", "),
                    row.reason
                )));
            }
            Renamed(name) => {
                present.insert(name.replace('*', wildcard), value);
            }
        }
    }
    indexed.finish(&mut present)?;
    for (owner, key, value) in DEFAULTS {
        if *owner == connector {
            present
                .entry((*key).to_owned())
                .or_insert_with(|| (*value).to_owned());
        }
    }
    if connector == "kafka" && present.contains_key("properties.group.id") {
        present
            .entry("properties.enable.auto.commit".to_owned())
            .or_insert_with(|| "true".to_owned());
    }
    Ok(present)
}

/// The first row that the key matches, and what its `*` matched.
fn find<'a>(key: &'a str, owners: &[&str]) -> Option<(&'static LegacyOption, &'a str)> {
    LEGACY_OPTIONS
        .iter()
        .filter(|row| owners.contains(&row.owner))
        .find_map(|row| match row.key.strip_suffix('*') {
            Some(prefix) => key
                .strip_prefix(prefix)
                .filter(|rest| !rest.is_empty())
                .map(|rest| (row, rest)),
            None => (row.key == key).then_some((row, "")),
        })
}

fn unknown_key(key: &str, owners: &[&str]) -> PlanError {
    let nearest = LEGACY_OPTIONS
        .iter()
        .filter(|row| owners.contains(&row.owner))
        .map(|row| (strsim::damerau_levenshtein(key, row.key), row.key))
        .min();
    PlanError::Validation {
        message: format!(
            "Unsupported option '{key}' for 'connector.type' = '{}'.",
            owners[1]
        ),
        hint: nearest.map(|(_, nearest)| format!("Did you mean '{nearest}'?")),
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, to_present};

    fn options(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn kafka_source_of_the_article() -> crate::Result<()> {
        let present = to_present(options(&[
            ("connector.type", "kafka"),
            ("connector.version", "universal"),
            ("connector.topic", "access_log"),
            ("connector.properties.zookeeper.connect", "localhost:2181"),
            ("connector.properties.bootstrap.servers", "localhost:9092"),
            ("format.type", "csv"),
            ("format.ignore-parse-errors", "true"),
            ("update-mode", "append"),
        ]))?;
        assert_eq!(
            present,
            options(&[
                ("connector", "kafka"),
                ("topic", "access_log"),
                ("properties.bootstrap.servers", "localhost:9092"),
                ("scan.startup.mode", "group-offsets"),
                ("format", "csv"),
                ("csv.ignore-parse-errors", "true"),
            ])
        );
        Ok(())
    }

    #[test]
    fn jdbc_sink_of_the_article_keeps_the_old_defaults() -> crate::Result<()> {
        let sink = [
            ("connector.type", "jdbc"),
            ("connector.url", "jdbc:mysql://localhost:3306/flink"),
            ("connector.table", "access_statistic"),
            ("connector.username", "root"),
            ("connector.password", "root"),
        ];
        let mut expected = options(&[
            ("connector", "jdbc"),
            ("url", "jdbc:mysql://localhost:3306/flink"),
            ("table-name", "access_statistic"),
            ("username", "root"),
            ("password", "root"),
            ("sink.buffer-flush.max-rows", "5000"),
            ("sink.buffer-flush.interval", "0"),
        ]);
        assert_eq!(to_present(options(&sink))?, expected);

        let mut with_timer = options(&sink);
        with_timer.insert("connector.write.flush.interval".to_owned(), "1s".to_owned());
        expected.insert("sink.buffer-flush.interval".to_owned(), "1s".to_owned());
        assert_eq!(to_present(with_timer)?, expected);
        Ok(())
    }

    #[test]
    fn the_oldest_spelling_of_lists() -> crate::Result<()> {
        let present = to_present(options(&[
            ("connector.type", "kafka"),
            ("connector.version", "0.11"),
            ("connector.topic", "t"),
            ("connector.startup-mode", "specific-offsets"),
            ("connector.specific-offsets.0.partition", "0"),
            ("connector.specific-offsets.0.offset", "42"),
            ("connector.specific-offsets.1.partition", "1"),
            ("connector.specific-offsets.1.offset", "300"),
            ("connector.properties.0.key", "zookeeper.connect"),
            ("connector.properties.0.value", "localhost:2181"),
            ("connector.properties.1.key", "bootstrap.servers"),
            ("connector.properties.1.value", "localhost:9092"),
            ("connector.properties.2.key", "group.id"),
            ("connector.properties.2.value", "g"),
            ("format.type", "json"),
            ("format.derive-schema", "true"),
        ]))?;
        assert_eq!(
            present,
            options(&[
                ("connector", "kafka"),
                ("topic", "t"),
                ("scan.startup.mode", "specific-offsets"),
                (
                    "scan.startup.specific-offsets",
                    "partition:0,offset:42;partition:1,offset:300"
                ),
                ("properties.bootstrap.servers", "localhost:9092"),
                ("properties.group.id", "g"),
                ("properties.enable.auto.commit", "true"),
                ("format", "json"),
            ])
        );
        Ok(())
    }

    #[test]
    fn present_options_stay_as_they_are() -> crate::Result<()> {
        let present = options(&[("connector", "kafka"), ("connector.odd", "x")]);
        assert_eq!(to_present(present.clone())?, present);
        Ok(())
    }

    fn error_of(pairs: &[(&str, &str)]) -> (String, Option<String>) {
        match to_present(options(pairs)) {
            Ok(present) => (format!("no error: {present:?}"), None),
            Err(error) => (error.to_string(), error.hint().map(str::to_owned)),
        }
    }

    #[test]
    fn faults_are_named() {
        assert_eq!(
            error_of(&[("connector.type", "kafka"), ("connector.topik", "t")]),
            (
                "Unsupported option 'connector.topik' for 'connector.type' = 'kafka'.".to_owned(),
                Some("Did you mean 'connector.topic'?".to_owned())
            )
        );
        // A JDBC option is none of Kafka's.
        assert_eq!(
            error_of(&[("connector.type", "kafka"), ("connector.url", "x")]).0,
            "Unsupported option 'connector.url' for 'connector.type' = 'kafka'."
        );
        assert_eq!(
            error_of(&[("connector.type", "hbase")]),
            (
                "'connector.type' = 'hbase' is not known.".to_owned(),
                Some("Options of the old spelling are there for filesystem, jdbc, kafka.".to_owned())
            )
        );
        assert_eq!(
            error_of(&[("connector.topic", "t")]).0,
            "Could not find required property 'connector.type'."
        );
        assert_eq!(
            error_of(&[("connector.type", "kafka"), ("connector.properties.0.key", "a")]).0,
            "Could not find required property 'connector.properties.0.value'."
        );
        assert_eq!(
            error_of(&[("connector.type", "kafka"), ("connector.version", "2.0")]).0,
            "Invalid value for option 'connector.version': '2.0'. Supported values are [universal, 0.8, 0.9, \
             0.10, 0.11], which have no effect: one client speaks with every broker."
        );
        assert_eq!(
            error_of(&[
                ("connector.type", "filesystem"),
                ("connector.path", "/x"),
                ("format.type", "csv"),
                ("format.line-delimiter", ";"),
            ])
            .0,
            "Invalid value for option 'format.line-delimiter': ';'. Supported values are [\n, \\n], which have \
             no effect: records end at the line's end."
        );
    }
}
