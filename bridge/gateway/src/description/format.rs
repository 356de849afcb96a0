//! A format with its options. Mirrors Flink's `FormatDescriptor`.

use std::fmt;

/// A format with its options, whose keys have no prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FormatDescription {
    pub(crate) format: String,
    pub(crate) options: Vec<(String, String)>,
}

/// Prints as Flink's `FormatDescriptor.toString`.
impl fmt::Display for FormatDescription {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<String> = self
            .options
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        write!(formatter, "{}[{{{}}}]", self.format, options.join(", "))
    }
}
