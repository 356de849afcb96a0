//! Flink's Java classes as clients see them: one class a file, each a table of methods.
