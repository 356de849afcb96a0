//! Statements of Flink that are read and not run, each with what works instead.

use nutkin_plan::PlanError;
use nutkin_plan::sql::Statement;

/// The error for a statement that is not run; `None` for all others.
pub(super) fn refusal(statement: &Statement) -> Option<PlanError> {
    let (what, hint) = match statement {
        Statement::CompilePlan(_) => (
            "COMPILE PLAN",
            "EXPLAIN shows the plan; run the statement itself.",
        ),
        Statement::ExecutePlan(_) => ("EXECUTE PLAN", "Run the statement itself."),
        Statement::Call(_) => (
            "CALL",
            "Procedures are of catalogs in a JVM; a Python function can do the same.",
        ),
        Statement::CreateMaterializedTable(_)
        | Statement::AlterMaterializedTable { .. }
        | Statement::DropMaterializedTable { .. } => (
            "a materialized table",
            "CREATE TABLE and INSERT INTO run continuously; CREATE TABLE ... AS SELECT fills a table once.",
        ),
        Statement::CreateModel(_) | Statement::AlterModel { .. } | Statement::DropModel { .. } => {
            ("a model", "A Python function can call a model.")
        }
        Statement::AddJar(_) => (
            "ADD JAR",
            "Connectors are built in; add Python files by add_python_file or -pyfs.",
        ),
        Statement::RemoveJar(_) => ("REMOVE JAR", "Connectors are built in; there are no JARs."),
        _ => return None,
    };
    Some(PlanError::unsupported(what, hint))
}
