//! Which options a table may and must have.

use std::collections::BTreeMap;

use nutkin_engine::Result;
use nutkin_plan::PlanError;

use super::OptionDescription;

/// Options that may appear under one prefix.
#[derive(Debug, Clone)]
pub struct OptionGroup {
    /// Empty for a connector's own options, else such as `csv.` or `value.json.`.
    pub prefix: String,
    /// The options, keys without the prefix.
    pub descriptions: &'static [OptionDescription],
}

impl OptionGroup {
    /// The options of a connector itself.
    #[must_use]
    pub fn own(descriptions: &'static [OptionDescription]) -> Self {
        Self {
            prefix: String::new(),
            descriptions,
        }
    }

    /// The options of something under a prefix.
    #[must_use]
    pub fn prefixed(prefix: impl Into<String>, descriptions: &'static [OptionDescription]) -> Self {
        Self {
            prefix: prefix.into(),
            descriptions,
        }
    }
}

/// Options that every table has, whatever its connector.
const COMMON_OPTIONS: [&str; 2] = ["connector", "property-version"];

/// Checks that every required option is there and that no unknown one is. Mirrors
/// `FactoryUtil.validateFactoryOptions` and `validateUnconsumedKeys`.
///
/// # Errors
/// In Flink's words; the hint names the known options that are nearest to unknown ones.
pub fn validate(identifier: &str, options: &BTreeMap<String, String>, groups: &[OptionGroup]) -> Result<()> {
    let mut supported: Vec<String> = COMMON_OPTIONS.iter().map(|&key| key.to_owned()).collect();
    let mut missing = Vec::new();
    for group in groups {
        for description in group.descriptions {
            let key = format!("{}{}", group.prefix, description.key);
            if description.required && !options.contains_key(&key) {
                missing.push(key.clone());
            }
            supported.push(key);
        }
    }
    supported.sort();
    supported.dedup();
    let unknown: Vec<&str> = options
        .keys()
        .map(String::as_str)
        .filter(|key| !COMMON_OPTIONS.contains(key) && !is_known(key, groups))
        .collect();
    // A misspelt required option is both missing and unknown; the hint serves both messages.
    let hint = did_you_mean(&unknown, &supported);
    if !missing.is_empty() {
        missing.sort();
        return Err(PlanError::Validation {
            message: format!(
                "One or more required options are missing.\n\nMissing required options are:\n\n{}",
                missing.join("\n")
            ),
            hint,
        }
        .into());
    }
    if !unknown.is_empty() {
        return Err(PlanError::Validation {
            message: format!(
                "Unsupported options found for '{identifier}'.\n\nUnsupported options:\n\n{}\n\nSupported \
                 options:\n\n{}",
                unknown.join("\n"),
                supported.join("\n")
            ),
            hint,
        }
        .into());
    }
    Ok(())
}

fn is_known(key: &str, groups: &[OptionGroup]) -> bool {
    groups.iter().any(|group| {
        key.strip_prefix(group.prefix.as_str())
            .is_some_and(|rest| group.descriptions.iter().any(|known| known.matches(rest)))
    })
}

fn did_you_mean(unknown: &[&str], supported: &[String]) -> Option<String> {
    let guesses: Vec<String> = unknown
        .iter()
        .filter_map(|&key| nearest(key, supported.iter().map(String::as_str)).map(|near| (key, near)))
        .map(|(key, near)| {
            if unknown.len() == 1 {
                format!("did you mean '{near}'?")
            } else {
                format!("did you mean '{near}' instead of '{key}'?")
            }
        })
        .collect();
    (!guesses.is_empty()).then(|| guesses.join("\n"))
}

/// The candidate nearest to `name`, if any is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use nutkin_engine::EngineError;

    const OWN: &[OptionDescription] = &[
        OptionDescription::required("topic", "String", "The topic."),
        OptionDescription::optional("properties.*", "Map", "Client properties."),
        OptionDescription::optional("fields.#.kind", "String", "Kind."),
    ];
    const CSV: &[OptionDescription] = &[OptionDescription::optional("null-literal", "String", "Null.")];

    fn check(pairs: &[(&str, &str)]) -> Result<()> {
        let options = pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        validate(
            "kafka",
            &options,
            &[OptionGroup::own(OWN), OptionGroup::prefixed("csv.", CSV)],
        )
    }

    fn parts(result: Result<()>) -> (String, Option<String>) {
        match result {
            Err(EngineError::Plan(error)) => (error.to_string(), error.hint().map(str::to_owned)),
            other => panic!("expected a validation error, got {other:?}"),
        }
    }

    #[test]
    fn known_options_pass() {
        check(&[
            ("connector", "kafka"),
            ("topic", "t"),
            ("properties.group.id", "g"),
            ("fields.a.b.kind", "random"),
            ("csv.null-literal", "n"),
        ])
        .unwrap();
    }

    #[test]
    fn unknown_option_is_named_as_flink_does_with_the_nearest() {
        let (message, hint) = parts(check(&[("topic", "t"), ("csv.null-litral", "x")]));
        assert_eq!(
            message,
            "Unsupported options found for 'kafka'.\n\nUnsupported options:\n\ncsv.null-litral\n\nSupported \
             options:\n\nconnector\ncsv.null-literal\nfields.#.kind\nproperties.*\nproperty-version\ntopic"
        );
        assert_eq!(hint.as_deref(), Some("did you mean 'csv.null-literal'?"));
    }

    #[test]
    fn missing_option_is_named_and_the_misspelt_one_hinted() {
        let (message, hint) = parts(check(&[("topicc", "t")]));
        assert_eq!(
            message,
            "One or more required options are missing.\n\nMissing required options are:\n\ntopic"
        );
        assert_eq!(hint.as_deref(), Some("did you mean 'topic'?"));
    }
}
