//! Names of classes that clients only ask about: whether an object is one of them.

/// Classes with what is above them, and nothing to call.
const NAMES: &[(&str, &str)] = &[
    (
        "org.apache.flink.table.functions.FunctionDefinition",
        "java.lang.Object",
    ),
    (
        "org.apache.flink.table.functions.UserDefinedFunction",
        "org.apache.flink.table.functions.FunctionDefinition",
    ),
    (
        "org.apache.flink.table.functions.ScalarFunction",
        "org.apache.flink.table.functions.UserDefinedFunction",
    ),
    (
        "org.apache.flink.table.functions.TableFunction",
        "org.apache.flink.table.functions.UserDefinedFunction",
    ),
    (
        "org.apache.flink.table.functions.ImperativeAggregateFunction",
        "org.apache.flink.table.functions.UserDefinedFunction",
    ),
    (
        "org.apache.flink.table.expressions.Expression",
        "java.lang.Object",
    ),
    ("org.apache.flink.table.api.OverWindow", "java.lang.Object"),
    ("org.apache.flink.table.data.RowData", "java.lang.Object"),
    ("org.apache.flink.table.api.dataview.DataView", "java.lang.Object"),
];

/// The class of this name.
pub(crate) fn class(name: &str) -> Option<&'static str> {
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(known, _)| *known)
}

/// What is above the class of this name.
pub(crate) fn parent(name: &str) -> Option<&'static str> {
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, parent)| *parent)
}
