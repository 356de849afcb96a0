//! Flink's enums: their constants stand for texts in the native object model.

use super::super::class::Class;
use super::super::class_object::EnumConstant;
use super::super::value::JavaValue;

/// `ResultKind`.
pub(crate) const RESULT_KIND: &str = "org.apache.flink.table.api.ResultKind";
/// `JobStatus`.
pub(crate) const JOB_STATUS: &str = "org.apache.flink.api.common.JobStatus";
/// `ExplainFormat`.
pub(crate) const EXPLAIN_FORMAT: &str = "org.apache.flink.table.api.ExplainFormat";
/// The resolution of intervals of days.
pub(crate) const DAY_TIME: &str =
    "org.apache.flink.table.types.logical.DayTimeIntervalType$DayTimeResolution";
/// The resolution of intervals of months.
pub(crate) const YEAR_MONTH: &str =
    "org.apache.flink.table.types.logical.YearMonthIntervalType$YearMonthResolution";

/// The enums with their constants.
const ENUMS: &[(&str, &[&str])] = &[
    (RESULT_KIND, &["SUCCESS", "SUCCESS_WITH_CONTENT"]),
    (
        JOB_STATUS,
        &[
            "INITIALIZING",
            "CREATED",
            "RUNNING",
            "FAILING",
            "FAILED",
            "CANCELLING",
            "CANCELED",
            "FINISHED",
            "RESTARTING",
            "SUSPENDED",
            "RECONCILING",
        ],
    ),
    ("org.apache.flink.table.api.SqlDialect", &["DEFAULT", "HIVE"]),
    (
        "org.apache.flink.table.api.ExplainDetail",
        &[
            "ESTIMATED_COST",
            "CHANGELOG_MODE",
            "JSON_EXECUTION_PLAN",
            "PLAN_ADVICE",
        ],
    ),
    (EXPLAIN_FORMAT, &["TEXT", "JSON"]),
    (
        "org.apache.flink.types.RowKind",
        &["INSERT", "UPDATE_BEFORE", "UPDATE_AFTER", "DELETE"],
    ),
    (
        "java.util.concurrent.TimeUnit",
        &[
            "NANOSECONDS",
            "MICROSECONDS",
            "MILLISECONDS",
            "SECONDS",
            "MINUTES",
            "HOURS",
            "DAYS",
        ],
    ),
    (
        DAY_TIME,
        &[
            "DAY",
            "DAY_TO_HOUR",
            "DAY_TO_MINUTE",
            "DAY_TO_SECOND",
            "HOUR",
            "HOUR_TO_MINUTE",
            "HOUR_TO_SECOND",
            "MINUTE",
            "MINUTE_TO_SECOND",
            "SECOND",
        ],
    ),
    (YEAR_MONTH, &["YEAR", "MONTH", "YEAR_TO_MONTH"]),
    (
        "org.apache.flink.table.functions.python.PythonFunctionKind",
        &["GENERAL", "PANDAS"],
    ),
    (
        "org.apache.flink.table.functions.python.PythonEnv$ExecType",
        &["PROCESS"],
    ),
    (
        "org.apache.flink.table.catalog.FunctionLanguage",
        &["JVM", "JAVA", "SCALA", "PYTHON"],
    ),
];

pub(super) fn classes() -> Vec<Class> {
    ENUMS
        .iter()
        .map(|(name, constants)| {
            let class = Class::enumeration(name, constants);
            if *name == JOB_STATUS {
                return class
                    .method("boolean isGloballyTerminalState()", |call| {
                        Ok(["FAILED", "CANCELED", "FINISHED"]
                            .contains(&call.this.to_text().as_str())
                            .into())
                    })
                    .method("boolean isTerminalState()", |call| {
                        let terminal = ["FAILED", "CANCELED", "FINISHED", "SUSPENDED"];
                        Ok(terminal.contains(&call.this.to_text().as_str()).into())
                    });
            }
            class
        })
        .collect()
}

/// A constant of an enum.
pub(crate) fn constant(class: &str, name: &str) -> Option<JavaValue> {
    let (class, constants) = ENUMS.iter().find(|(known, _)| *known == class)?;
    EnumConstant::value(class, constants, name)
}
