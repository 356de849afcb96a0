//! `EXPLAIN` of batch queries: Flink's three sections.
//!
//! The first is the query as it was planned, the second what DataFusion's optimizer made of it, the third
//! the operators as they run, where scans show which columns and filters were pushed into them.

use std::sync::Arc;

use datafusion::physical_plan::displayable;
use nutkin_engine::Result;
use nutkin_engine::job::{EvaluationContext, JobContext, JobMetrics};
use nutkin_engine::python::Environment;
use nutkin_functions::ExecutionMode;
use nutkin_plan::stream::JobOptions;
use nutkin_plan::stream::explain::{ExplainTarget, syntax_tree};

use crate::job::optimized;
use crate::plan::Planner;
use crate::session::session;
use crate::table::Tables;

/// Explains queries and sinks that would run together.
///
/// # Errors
/// When one of them cannot be planned.
pub fn explain(
    targets: &[ExplainTarget],
    environment: Arc<dyn Environment>,
    options: &JobOptions,
) -> Result<String> {
    let context = Arc::new(JobContext {
        job_name: "explain".to_owned(),
        evaluation: EvaluationContext::starting_now(options, ExecutionMode::Batch)?,
        options: options.clone(),
        cancellation: environment.cancellation(),
        metrics: Arc::new(JobMetrics::default()),
    });
    let state = session(options)?;
    let tables = Tables::new(environment, context)?;
    let mut planner = Planner::new(&tables);
    let (mut syntax, mut logical, mut physical) = (Vec::new(), Vec::new(), Vec::new());
    for target in targets {
        let (query, sink) = match target {
            ExplainTarget::Query(query) => (query, None),
            ExplainTarget::Sink(request) => (&request.query, Some(request.table.identifier.summary())),
        };
        let plan = planner.query(query)?;
        let (optimized_plan, execution_plan) = optimized(&state, plan)?;
        syntax.push(syntax_tree(target));
        logical.push(below(
            sink.as_deref(),
            &optimized_plan.display_indent().to_string(),
        ));
        let shown = displayable(execution_plan.as_ref()).indent(false).to_string();
        physical.push(below(sink.as_deref(), &shown));
    }
    Ok(format!(
        "== Abstract Syntax Tree ==\n{}\n== Optimized Physical Plan ==\n{}\n== Optimized Execution Plan ==\n{}",
        syntax.join("\n"),
        logical.join("\n"),
        physical.join("\n"),
    ))
}

/// A plan as text, below the sink that its rows go to.
fn below(sink: Option<&str>, plan: &str) -> String {
    let plan = plan.trim_end();
    match sink {
        None => format!("{plan}\n"),
        Some(sink) => {
            let lines: Vec<String> = plan.lines().map(|line| format!("  {line}")).collect();
            format!("Sink: table={sink}\n{}\n", lines.join("\n"))
        }
    }
}
