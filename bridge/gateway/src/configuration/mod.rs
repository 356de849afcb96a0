//! The configuration of a table environment: keys and values as text, checked when they are set.
//!
//! [`keys`] says of every key what is done with it. What would change results and is not followed is
//! refused by name when it is set, so that no program runs under other rules than it asked for.

mod keys;

use std::collections::BTreeMap;

pub use keys::{Effect, KeyDescription, descriptions};

use crate::Result;

/// How many instances each operator of a job has.
pub(crate) const PARALLELISM: &str = "parallelism.default";
/// The name of jobs, in place of the one made of the sinks' names.
pub(crate) const JOB_NAME: &str = "pipeline.name";
/// What Python functions import from.
pub(crate) const PYTHON_FILES: &str = "python.files";
/// The zone that instants are shown in.
pub(crate) const TIME_ZONE: &str = "table.local-time-zone";
/// Whether queries run continuously, or once over tables that end.
pub(crate) const RUNTIME_MODE: &str = "execution.runtime-mode";
const ATTACHED: &str = "execution.attached";
const TABLE_PARALLELISM: &str = "table.exec.resource.default-parallelism";

/// Keys with their values. All of them have been checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Configuration {
    values: BTreeMap<String, String>,
}

impl Configuration {
    /// Sets a key.
    ///
    /// # Errors
    /// When the value is no value of the key, or the key asks for something that is not followed.
    pub fn set(&mut self, key: &str, value: &str) -> Result<()> {
        keys::check(key, value)?;
        self.values.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    /// The value of a key that was set.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Forgets a key; whether it was set.
    pub fn remove(&mut self, key: &str) -> bool {
        self.values.remove(key).is_some()
    }

    /// Forgets all keys.
    pub fn clear(&mut self) {
        self.values.clear();
    }

    /// All keys that were set.
    #[must_use]
    pub fn values(&self) -> &BTreeMap<String, String> {
        &self.values
    }

    /// Whether jobs outlive the session that starts them. In Flink too `false` asks for that; unlike
    /// there, a job that is not asked to is ended with its program, wherever the gateway runs.
    #[must_use]
    pub(crate) fn is_detached(&self) -> bool {
        self.get(ATTACHED)
            .is_some_and(|value| value.eq_ignore_ascii_case("false"))
    }

    /// Whether queries run in batch mode.
    #[must_use]
    pub(crate) fn is_batch(&self) -> bool {
        self.get(RUNTIME_MODE)
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("BATCH"))
    }

    /// The options of a job: the configuration with the parallelism in its one place.
    #[must_use]
    pub(crate) fn job_options(&self, stream_parallelism: Option<usize>) -> BTreeMap<String, String> {
        let mut options = self.values.clone();
        // -1 leaves it to the environment, as in Flink.
        if let Some(table) = options.remove(TABLE_PARALLELISM)
            && table.trim() != "-1"
        {
            options.insert(PARALLELISM.to_owned(), table);
        }
        if let Some(parallelism) = stream_parallelism {
            options
                .entry(PARALLELISM.to_owned())
                .or_insert_with(|| parallelism.to_string());
        }
        options
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_parallelism_goes_before_the_others() {
        let mut configuration = Configuration::default();
        assert_eq!(configuration.job_options(Some(3))[PARALLELISM], "3");
        configuration.set(PARALLELISM, "2").unwrap();
        assert_eq!(configuration.job_options(Some(3))[PARALLELISM], "2");
        configuration.set(TABLE_PARALLELISM, "-1").unwrap();
        assert_eq!(configuration.job_options(Some(3))[PARALLELISM], "2");
        configuration.set(TABLE_PARALLELISM, "5").unwrap();
        assert_eq!(configuration.job_options(Some(3))[PARALLELISM], "5");
        assert_eq!(configuration.get(TABLE_PARALLELISM), Some("5"));
    }

    #[test]
    fn only_an_explicit_false_detaches() {
        let mut configuration = Configuration::default();
        assert!(!configuration.is_detached());
        configuration.set(ATTACHED, "true").unwrap();
        assert!(!configuration.is_detached());
        configuration.set(ATTACHED, "FALSE").unwrap();
        assert!(configuration.is_detached());
        assert!(configuration.remove(ATTACHED));
        assert!(!configuration.remove(ATTACHED));
    }
}
