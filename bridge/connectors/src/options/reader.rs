//! Typed reading of option values.

use std::collections::BTreeMap;
use std::time::Duration;

use nutkin_engine::{EngineError, Result};
use nutkin_plan::PlanError;

use super::values::{parse_duration, parse_memory_size};
use super::{OptionDescription, nearest};

/// Reads the options under one prefix, with the defaults of their descriptions.
#[derive(Debug, Clone)]
pub struct OptionReader<'a> {
    options: &'a BTreeMap<String, String>,
    prefix: String,
    descriptions: &'static [OptionDescription],
}

impl<'a> OptionReader<'a> {
    /// Reads the options whose keys are `prefix` and then a key of `descriptions`.
    #[must_use]
    pub fn new(
        options: &'a BTreeMap<String, String>,
        prefix: impl Into<String>,
        descriptions: &'static [OptionDescription],
    ) -> Self {
        Self {
            options,
            prefix: prefix.into(),
            descriptions,
        }
    }

    /// The text given for `key`, else its default.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.given(key).or_else(|| {
            self.descriptions
                .iter()
                .find(|description| description.matches(key))
                .and_then(|description| description.default)
        })
    }

    /// The text given for `key`, defaults aside.
    #[must_use]
    pub fn given(&self, key: &str) -> Option<&'a str> {
        self.options.get(&self.full_key(key)).map(String::as_str)
    }

    /// The text of an option that must be there.
    ///
    /// # Errors
    /// When it is not, in Flink's words.
    pub fn required_text(&self, key: &str) -> Result<&'a str> {
        self.text(key).ok_or_else(|| {
            PlanError::validation(format!(
                "One or more required options are missing.\n\nMissing required options are:\n\n{}",
                self.full_key(key)
            ))
            .into()
        })
    }

    /// An `Integer` or `Long`.
    ///
    /// # Errors
    /// When the text is not a whole number.
    pub fn integer(&self, key: &str) -> Result<Option<i64>> {
        self.parsed(key, |text| {
            text.trim()
                .parse()
                .map_err(|_| "a whole number such as 1000".to_owned())
        })
    }

    /// A number of things: an [`OptionReader::integer`] of at least one.
    ///
    /// # Errors
    /// When the text is not a whole number above zero.
    pub fn positive(&self, key: &str) -> Result<Option<usize>> {
        self.parsed(key, |text| {
            text.trim()
                .parse::<usize>()
                .ok()
                .filter(|&number| number > 0)
                .ok_or_else(|| "a whole number above zero".to_owned())
        })
    }

    /// A `Boolean`; false when neither given nor defaulted.
    ///
    /// # Errors
    /// When the text is neither `true` nor `false`, in any case.
    pub fn boolean(&self, key: &str) -> Result<bool> {
        let value = self.parsed(key, |text| match text.trim().to_ascii_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err("'true' or 'false'".to_owned()),
        })?;
        Ok(value.unwrap_or(false))
    }

    /// A `Double`.
    ///
    /// # Errors
    /// When the text is not a number.
    pub fn double(&self, key: &str) -> Result<Option<f64>> {
        self.parsed(key, |text| {
            text.trim().parse().map_err(|_| "a number such as 0.5".to_owned())
        })
    }

    /// A `Duration`, such as `1s`, `500 ms` or `1 min`.
    ///
    /// # Errors
    /// When the text is not a duration.
    pub fn duration(&self, key: &str) -> Result<Option<Duration>> {
        self.parsed(key, parse_duration)
    }

    /// A `MemorySize` in bytes, such as `4 mb`.
    ///
    /// # Errors
    /// When the text is not a size.
    pub fn memory_size(&self, key: &str) -> Result<Option<u64>> {
        self.parsed(key, parse_memory_size)
    }

    /// An `Enum`: one of `choices`, compared without case.
    ///
    /// # Errors
    /// When the text is none of them; the hint names the nearest.
    pub fn choice<T: Clone>(&self, key: &str, choices: &[(&'static str, T)]) -> Result<Option<T>> {
        let Some(text) = self.text(key) else {
            return Ok(None);
        };
        let wanted = text.trim();
        if let Some((_, value)) = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)) {
            return Ok(Some(value.clone()));
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let expected = format!("one of [{}]", names.join(", "));
        let hint = nearest(&wanted.to_ascii_lowercase(), names.iter().copied()).map_or_else(
            || format!("use {expected}"),
            |near| format!("did you mean '{near}'?"),
        );
        Err(self.invalid(key, text, &expected, Some(hint)))
    }

    /// Every given option that starts with `prefix`, with that prefix taken off: `properties.` gives
    /// the properties of a client.
    #[must_use]
    pub fn map(&self, prefix: &str) -> BTreeMap<String, String> {
        let full = self.full_key(prefix);
        self.options
            .iter()
            .filter_map(|(key, value)| {
                key.strip_prefix(full.as_str())
                    .map(|rest| (rest.to_owned(), value.clone()))
            })
            .collect()
    }

    /// An error that says what is wrong with the value of `key`, for checks that need more than one option.
    #[must_use]
    pub fn invalid_value(&self, key: &str, expected: &str) -> EngineError {
        self.invalid(key, self.text(key).unwrap_or_default(), expected, None)
    }

    /// The key as the user writes it, with the prefix.
    #[must_use]
    pub fn full_key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    fn parsed<T>(&self, key: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<T>> {
        let Some(text) = self.text(key) else {
            return Ok(None);
        };
        parse(text)
            .map(Some)
            .map_err(|expected| self.invalid(key, text, &expected, None))
    }

    fn invalid(&self, key: &str, text: &str, expected: &str, hint: Option<String>) -> EngineError {
        PlanError::Validation {
            message: format!(
                "Invalid value for option '{key}'.\n\nCould not parse value '{text}' for key '{key}': expected \
                 {expected}.",
                key = self.full_key(key)
            ),
            hint,
        }
        .into()
    }
}
