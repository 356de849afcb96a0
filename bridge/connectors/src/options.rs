//! Options of tables: descriptions, typed reading, and errors that name the nearest valid option.
//!
//! A factory first calls [`validate`] with every group of options that may appear (its own, and those
//! of its formats under their prefixes), then reads values through an [`OptionReader`] a group. Texts
//! of values are parsed in [`values`]. Old `connector.*` keys never arrive here.

mod reader;
mod validate;
mod values;

pub use reader::OptionReader;
pub use validate::{OptionGroup, validate};
pub use values::{parse_duration, parse_memory_size};

pub(crate) use validate::nearest;

/// One option that a connector or format knows.
#[derive(Debug, Clone, Copy)]
pub struct OptionDescription {
    /// The key; a key ending in `*` stands for every key with that prefix; `#` stands for one column
    /// name, which may hold dots (a field of a ROW).
    pub key: &'static str,
    /// What values it takes: `String`, `Integer`, `Long`, `Boolean`, `Duration`, `MemorySize`, `Enum(a, b)`, `Map`.
    pub value_type: &'static str,
    /// The value when it is not given; `None` if there is none.
    pub default: Option<&'static str>,
    /// Whether the table cannot do without it.
    pub required: bool,
    /// What it does, in one sentence.
    pub description: &'static str,
}

impl OptionDescription {
    /// An option that need not be given and has no default.
    #[must_use]
    pub const fn optional(key: &'static str, value_type: &'static str, description: &'static str) -> Self {
        Self {
            key,
            value_type,
            default: None,
            required: false,
            description,
        }
    }

    /// An option with the value it has when it is not given.
    #[must_use]
    pub const fn with_default(
        key: &'static str,
        value_type: &'static str,
        default: &'static str,
        description: &'static str,
    ) -> Self {
        Self {
            key,
            value_type,
            default: Some(default),
            required: false,
            description,
        }
    }

    /// An option that must be given.
    #[must_use]
    pub const fn required(key: &'static str, value_type: &'static str, description: &'static str) -> Self {
        Self {
            key,
            value_type,
            default: None,
            required: true,
            description,
        }
    }

    /// Whether `key`, without its group's prefix, is this option.
    #[must_use]
    pub fn matches(&self, key: &str) -> bool {
        if let Some(prefix) = self.key.strip_suffix('*') {
            return key.len() > prefix.len() && key.starts_with(prefix);
        }
        match self.key.split_once('#') {
            Some((before, after)) => {
                key.len() > before.len() + after.len() && key.starts_with(before) && key.ends_with(after)
            }
            None => key == self.key,
        }
    }
}
