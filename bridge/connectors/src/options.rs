//! Options of tables: descriptions, typed reading, and errors that name the nearest valid option.

/// One option that a connector or format knows.
#[derive(Debug, Clone, Copy)]
pub struct OptionDescription {
    /// The key; a key ending in `*` stands for every key with that prefix.
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
