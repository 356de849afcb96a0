//! A job that has been planned.

use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use datafusion::execution::TaskContext;
use datafusion::execution::session_state::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::ExecutionPlan;
use nutkin_engine::Result;
use nutkin_engine::job::JobContext;
use nutkin_engine::operator::SinkConstraints;
use nutkin_engine::python::Environment;
use nutkin_engine::schema::relaxed;
use nutkin_engine::sink::Sink;
use nutkin_plan::stream::{ChangelogMode, ConnectorTable, SinkNode, SinkRequest, StreamNode};

use crate::error::planning;
use crate::expression::PythonEvaluators;
use crate::plan::Planner;
use crate::runtime::wait_for;
use crate::session::session;
use crate::table::Tables;

/// A job that can be run.
pub(crate) struct PlannedJob {
    /// The sinks, each with the plan of its rows.
    pub(crate) sinks: Vec<PlannedSink>,
    /// What calls of Python functions need.
    pub(crate) python: Vec<Arc<PythonEvaluators>>,
}

/// A sink with the plan of its rows.
pub(crate) struct PlannedSink {
    /// The plan.
    pub(crate) plan: Arc<dyn ExecutionPlan>,
    /// What the plan runs with.
    pub(crate) task: Arc<TaskContext>,
    /// The sink.
    pub(crate) sink: Arc<dyn Sink>,
    /// What the sink demands of its rows.
    pub(crate) constraints: Arc<SinkConstraints>,
    /// The sink's columns.
    pub(crate) schema: SchemaRef,
}

impl PlannedJob {
    /// Plans the queries of sinks that run together.
    ///
    /// # Errors
    /// When one cannot be planned, or a connector refuses its options.
    pub(crate) fn new(
        requests: &[SinkRequest],
        environment: Arc<dyn Environment>,
        context: &Arc<JobContext>,
    ) -> Result<Self> {
        let state = session(&context.options)?;
        let tables = Tables::new(Arc::clone(&environment), Arc::clone(context))?;
        let mut planner = Planner::new(&tables);
        let mut sinks = Vec::with_capacity(requests.len());
        for request in requests {
            let logical = planner.query(&request.query)?;
            let node = sink_node(request);
            let constraints = Arc::new(SinkConstraints::new(&node, &context.options)?);
            let sink = environment.sink(&node)?;
            let (_, plan) = optimized(&state, logical)?;
            sinks.push(PlannedSink {
                plan,
                task: state.task_ctx(),
                sink,
                constraints,
                schema: relaxed(&request.query.schema()),
            });
        }
        Ok(Self {
            sinks,
            python: planner.python,
        })
    }
}

/// The optimized plan, and how it runs.
///
/// # Errors
/// When DataFusion cannot plan it.
pub(crate) fn optimized(
    state: &SessionState,
    logical: LogicalPlan,
) -> Result<(LogicalPlan, Arc<dyn ExecutionPlan>)> {
    let state = state.clone();
    wait_for(async move {
        let logical = state.optimize(&logical).map_err(planning)?;
        let physical = state
            .query_planner()
            .create_physical_plan(&logical, &state)
            .await
            .map_err(planning)?;
        Ok((logical, physical))
    })
}

/// A sink as connectors know it. Its input is not what they look at.
fn sink_node(request: &SinkRequest) -> SinkNode {
    SinkNode {
        input: Arc::new(StreamNode::Values {
            rows: Vec::new(),
            schema: request.query.schema(),
        }),
        target: ConnectorTable {
            projection: (0..request.table.schema.columns.len()).collect(),
            table: Arc::clone(&request.table),
        },
        changelog_mode: ChangelogMode::InsertOnly,
        upsert_key: request.table.schema.primary_key.clone(),
    }
}
