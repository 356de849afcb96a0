//! What is done with each key.

use nutkin_plan::PlanError;

use crate::Result;

/// A key, or all keys with a prefix, and what is done with it.
#[derive(Debug, Clone, Copy)]
pub struct KeyDescription {
    /// The key; one that ends in `*` stands for every key with that prefix.
    pub key: &'static str,
    /// What is done with it.
    pub effect: Effect,
}

/// What is done with a key.
#[derive(Debug, Clone, Copy)]
pub enum Effect {
    /// It is followed, if the value is one of its type.
    Followed(ValueType),
    /// It is kept and changes nothing that a program could see in its results: tuning of Flink's own
    /// machinery, or something that is not needed here.
    Kept,
    /// Only these values are followed, without regard to case; they are what happens anyway.
    Only(&'static [&'static str], &'static str),
    /// It cannot be followed; the text says what works instead.
    Refused(&'static str),
}

/// What values a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// Any text.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number from 1 on.
    Positive,
    /// A whole number from 1 on, or -1.
    PositiveOrDefault,
    /// A number of bytes, with or without a unit.
    MemorySize,
    /// One of these, without regard to case.
    OneOf(&'static [&'static str]),
}

use Effect::{Followed, Kept, Only, Refused};

const NO_CHECKPOINTS: &str = "leave it out: jobs keep their state in memory and are not checkpointed";
const NO_EVENT_TIME: &str = "leave it out: there are no windows or event time yet";

/// Every key that is known, the specific ones before the prefixes that cover them.
const DESCRIPTIONS: &[KeyDescription] = &[
    key("parallelism.default", Followed(ValueType::Positive)),
    key(
        "table.exec.resource.default-parallelism",
        Followed(ValueType::PositiveOrDefault),
    ),
    key("pipeline.name", Followed(ValueType::Text)),
    key("pipeline.global-job-parameters", Followed(ValueType::Text)),
    key("pipeline.max-parallelism", Kept),
    key("pipeline.jars", Kept),
    key("pipeline.classpaths", Kept),
    key("pipeline.object-reuse", Kept),
    key("pipeline.operator-chaining*", Kept),
    key("pipeline.generic-types", Kept),
    key("pipeline.auto-generate-uids", Kept),
    key("pipeline.auto-watermark-interval", Kept),
    key(
        "pipeline.cached-files",
        Refused("read the file in the function itself, by its path"),
    ),
    key("execution.attached", Followed(ValueType::Boolean)),
    key("execution.shutdown-on-attached-exit", Kept),
    key(
        "execution.runtime-mode",
        Followed(ValueType::OneOf(&["STREAMING", "BATCH"])),
    ),
    key("nutkin.batch.memory", Followed(ValueType::MemorySize)),
    key("taskmanager.memory.managed.size", Followed(ValueType::MemorySize)),
    key("io.tmp.dirs", Followed(ValueType::Text)),
    key(
        "execution.target",
        Only(
            &["local", "remote"],
            "run 'nutkin serve' on another machine and set NUTKIN_GATEWAY",
        ),
    ),
    key("execution.buffer-timeout*", Kept),
    key("execution.checkpointing.mode", Kept),
    key("execution.checkpointing.timeout", Kept),
    key("execution.checkpointing.min-pause", Kept),
    key("execution.checkpointing.*", Refused(NO_CHECKPOINTS)),
    key("execution.savepoint.*", Refused(NO_CHECKPOINTS)),
    key("execution.state-recovery.*", Refused(NO_CHECKPOINTS)),
    key("state.savepoints.dir", Kept),
    key("state.checkpoints.dir", Kept),
    key("state.checkpoint-storage", Kept),
    key("state.backend*", Kept),
    key(
        "restart-strategy",
        Only(
            &["none", "off", "disable"],
            "leave it out: a job that fails ends; start it again",
        ),
    ),
    key(
        "restart-strategy.type",
        Only(
            &["none", "off", "disable"],
            "leave it out: a job that fails ends; start it again",
        ),
    ),
    key("restart-strategy.*", Kept),
    key("table.local-time-zone", Followed(ValueType::Text)),
    key(
        "table.exec.sink.not-null-enforcer",
        Followed(ValueType::OneOf(&["ERROR", "DROP"])),
    ),
    key(
        "table.exec.sink.upsert-materialize",
        Followed(ValueType::OneOf(&["NONE", "AUTO", "FORCE"])),
    ),
    key(
        "table.exec.sink.type-length-enforcer",
        Only(&["IGNORE"], "cast in the query: CAST(a AS VARCHAR(10))"),
    ),
    key("table.exec.sink.keyed-shuffle", Kept),
    key(
        "table.exec.state.ttl",
        Only(
            &["0", "0 ms", "0ms", "0 s", "0s"],
            "leave it out: state is kept as long as the job runs",
        ),
    ),
    key("table.exec.mini-batch.*", Kept),
    key("table.exec.source.idle-timeout", Kept),
    key(
        "table.exec.source.cdc-events-duplicate",
        Only(&["false"], NO_EVENT_TIME),
    ),
    key("table.exec.emit.*", Refused(NO_EVENT_TIME)),
    key(
        "table.exec.legacy-cast-behaviour",
        Only(
            &["DISABLED"],
            "leave it out: a cast that is impossible fails; TRY_CAST gives NULL",
        ),
    ),
    key("table.exec.async-*", Kept),
    key("table.exec.operator-*", Kept),
    key("table.exec.spill-*", Kept),
    key("table.exec.window-agg.*", Kept),
    key("table.exec.sort.*", Kept),
    key("table.exec.shuffle-mode", Kept),
    key("table.exec.disabled-operators", Kept),
    key("table.optimizer.*", Kept),
    key("table.generated-code.*", Kept),
    key(
        "table.sql-dialect",
        Only(&["default"], "write statements in Flink's own dialect"),
    ),
    key(
        "table.dml-sync",
        Only(&["false"], "call wait() on the result of the statement"),
    ),
    key(
        "table.planner",
        Only(&["BLINK", "ANY"], "leave it out: there is one planner"),
    ),
    key("table.catalog-modification-listeners", Refused("leave it out")),
    key(
        "table.builtin-catalog-name",
        Refused("use EnvironmentSettings: with_built_in_catalog_name(...)"),
    ),
    key(
        "table.builtin-database-name",
        Refused("use EnvironmentSettings: with_built_in_database_name(...)"),
    ),
    key("table.column-expansion-strategy", Kept),
    key("table.display.max-column-width", Kept),
    key("table.plan.*", Kept),
    key(
        "python.execution-mode",
        Followed(ValueType::OneOf(&["process", "thread"])),
    ),
    key("python.executable", Followed(ValueType::Text)),
    key("python.files", Followed(ValueType::Text)),
    key(
        "python.requirements",
        Refused("install the packages into the Python environment that runs the functions"),
    ),
    key(
        "python.archives",
        Refused("unpack the archive and add its directory by add_python_file(...)"),
    ),
    key(
        "python.pythonpath",
        Refused("add the directories by add_python_file(...)"),
    ),
    key("python.client.executable", Kept),
    key("python.fn-execution.*", Kept),
    key("python.metric.enabled", Kept),
    key("python.profile.enabled", Kept),
    key(
        "python.systemenv.enabled",
        Only(
            &["true"],
            "leave it out: functions see the environment of the gateway",
        ),
    ),
    key("python.operator-chaining.enabled", Kept),
    key("python.state.*", Kept),
    key("python.map-state.*", Kept),
    key("python.logging.*", Kept),
    key("python.job-options", Kept),
    key("python.internal.*", Kept),
    key("python.loopback-server.address", Kept),
];

/// The families of keys in which an unknown one may mean something. Others are a program's own.
const FAMILIES: [&str; 7] = [
    "table.",
    "execution.",
    "pipeline.",
    "python.",
    "restart-strategy",
    "state.",
    "nutkin.",
];

const fn key(key: &'static str, effect: Effect) -> KeyDescription {
    KeyDescription { key, effect }
}

/// Every key that is known.
#[must_use]
pub fn descriptions() -> &'static [KeyDescription] {
    DESCRIPTIONS
}

/// Checks that a key may be set to a value.
pub(super) fn check(name: &str, value: &str) -> Result<()> {
    let Some(description) = DESCRIPTIONS.iter().find(|description| description.covers(name)) else {
        return check_unknown(name);
    };
    match description.effect {
        Kept => Ok(()),
        Followed(value_type) => value_type.check(name, value),
        Only(values, instead) => {
            if values
                .iter()
                .any(|known| known.eq_ignore_ascii_case(value.trim()))
            {
                Ok(())
            } else {
                Err(PlanError::unsupported(format!("The option '{name}' = '{value}'"), instead).into())
            }
        }
        Refused(instead) => Err(PlanError::unsupported(format!("The option '{name}'"), instead).into()),
    }
}

fn check_unknown(name: &str) -> Result<()> {
    if !FAMILIES.iter().any(|family| name.starts_with(family)) {
        return Ok(());
    }
    let nearest = DESCRIPTIONS
        .iter()
        .filter(|description| !description.key.ends_with('*'))
        .map(|description| (strsim::jaro_winkler(name, description.key), description.key))
        .filter(|(similarity, _)| *similarity > 0.85)
        .max_by(|left, right| left.0.total_cmp(&right.0));
    Err(PlanError::Validation {
        message: format!("The option '{name}' is not known, so it cannot be followed."),
        hint: Some(match nearest {
            Some((_, key)) => format!("did you mean '{key}'?"),
            None => "leave it out".to_owned(),
        }),
    }
    .into())
}

impl KeyDescription {
    fn covers(&self, name: &str) -> bool {
        match self.key.strip_suffix('*') {
            Some(prefix) => name.starts_with(prefix),
            None => name == self.key,
        }
    }
}

impl ValueType {
    fn check(self, name: &str, value: &str) -> Result<()> {
        let trimmed = value.trim();
        let (fits, wanted) = match self {
            Self::Text => (true, String::new()),
            Self::Boolean => (
                trimmed.eq_ignore_ascii_case("true") || trimmed.eq_ignore_ascii_case("false"),
                "true or false".to_owned(),
            ),
            Self::Positive => (
                trimmed.parse::<u32>().is_ok_and(|number| number > 0),
                "a whole number from 1 on".to_owned(),
            ),
            Self::PositiveOrDefault => (
                trimmed == "-1" || trimmed.parse::<u32>().is_ok_and(|number| number > 0),
                "a whole number from 1 on, or -1".to_owned(),
            ),
            Self::MemorySize => (
                nutkin_batch::parse_memory_size(trimmed).is_some(),
                "a size such as '512 mb' or '4 gb'".to_owned(),
            ),
            Self::OneOf(values) => (
                values.iter().any(|known| known.eq_ignore_ascii_case(trimmed)),
                values.join(" or "),
            ),
        };
        if fits {
            return Ok(());
        }
        Err(PlanError::validation_with_hint(
            format!("Could not parse value '{value}' for key '{name}'."),
            format!("the value is {wanted}"),
        )
        .into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(name: &str, value: &str) -> (String, Option<String>) {
        let error = check(name, value).unwrap_err().to_error_value();
        (error.message, error.hint)
    }

    #[test]
    fn values_are_checked() {
        for (name, value) in [
            ("parallelism.default", "4"),
            ("execution.runtime-mode", "streaming"),
            ("execution.runtime-mode", "BATCH"),
            ("nutkin.batch.memory", "64 mb"),
            ("python.execution-mode", "thread"),
            ("table.exec.state.ttl", "0 ms"),
            ("table.exec.mini-batch.enabled", "true"),
            ("my.own.key", "anything"),
        ] {
            assert!(check(name, value).is_ok(), "{name}");
        }
        assert_eq!(
            message("parallelism.default", "many"),
            (
                "Could not parse value 'many' for key 'parallelism.default'.".to_owned(),
                Some("the value is a whole number from 1 on".to_owned())
            )
        );
        assert!(check("parallelism.default", "0").is_err());
        assert!(check("python.execution-mode", "loopback").is_err());
    }

    #[test]
    fn what_cannot_be_followed_is_refused_by_name() {
        let (text, hint) = message("nutkin.batch.memory", "plenty");
        assert_eq!(
            text,
            "Could not parse value 'plenty' for key 'nutkin.batch.memory'."
        );
        assert_eq!(
            hint.as_deref(),
            Some("the value is a size such as '512 mb' or '4 gb'")
        );
        let (text, _) = message("execution.checkpointing.interval", "10s");
        assert_eq!(
            text,
            "The option 'execution.checkpointing.interval' is not supported"
        );
        assert!(check("table.exec.state.ttl", "1 h").is_err());
        let (text, hint) = message("table.exec.sink.not-null-enforcr", "DROP");
        assert_eq!(
            text,
            "The option 'table.exec.sink.not-null-enforcr' is not known, so it cannot be followed."
        );
        assert_eq!(
            hint.as_deref(),
            Some("did you mean 'table.exec.sink.not-null-enforcer'?")
        );
        assert!(check("nutkin.turbo", "on").is_err());
    }

    #[test]
    fn no_entry_is_hidden_by_one_before_it() {
        for (position, description) in DESCRIPTIONS.iter().enumerate() {
            let name = description.key.trim_end_matches('*');
            let first = DESCRIPTIONS.iter().position(|other| other.covers(name));
            assert_eq!(first, Some(position), "{}", description.key);
        }
    }
}
