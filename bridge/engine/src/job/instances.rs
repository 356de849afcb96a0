//! Makes the operator instances and tasks of a job.

use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};
use nutkin_functions::EvaluationContext;
use nutkin_plan::stream::StreamNode;
use nutkin_plan::stream::explain::describe;

use super::context::JobContext;
use super::graph::{Chain, Edge, Head, JobGraph, Next, Routing, StageNode, StageOperator};
use super::stage::{Stage, StageOutput};
use super::task::{Task, TaskHead};
use crate::exchange::{
    Envelope, ExchangeInput, ExchangeWriter, FixedPartitioner, HashPartitioner, Partitioner, channels,
};
use crate::operator::{
    Calc, GroupAggregate, Operator, OperatorContext, PythonCalc, SinkConstraints, SinkOperator,
};
use crate::python::PythonRuntime;
use crate::schema::relaxed;
use crate::sink::SinkWriter;
use crate::source::SourceReader;
use crate::{EngineError, Result};

/// A short name of a node's operator, for threads.
fn short_name(node: &StreamNode) -> &'static str {
    match node {
        StreamNode::TableSourceScan { .. } | StreamNode::Values { .. } => "source",
        StreamNode::Calc { .. } => "calc",
        StreamNode::PythonCalc { .. } => "python",
        StreamNode::Exchange { .. } => "exchange",
        StreamNode::GroupAggregate { .. } => "group",
        StreamNode::Union { .. } => "union",
    }
}

/// A new instance of a node's operator; `None` for nodes that are sources or edges.
pub(super) fn instance(
    node: &StreamNode,
    python: &Arc<dyn PythonRuntime>,
    evaluation: &EvaluationContext,
) -> Result<Option<Box<dyn Operator>>> {
    Ok(match node {
        StreamNode::TableSourceScan { .. }
        | StreamNode::Values { .. }
        | StreamNode::Exchange { .. }
        | StreamNode::Union { .. } => None,
        StreamNode::Calc {
            input,
            condition,
            projections,
            schema,
        } => Some(Box::new(Calc::new(
            evaluation,
            condition.as_ref(),
            projections,
            &relaxed(input.schema()),
            relaxed(schema),
        )?)),
        StreamNode::PythonCalc {
            input,
            forwarded,
            calls,
            schema,
        } => Some(Box::new(PythonCalc::new(
            Arc::clone(python),
            calls.clone().into(),
            forwarded.clone(),
            relaxed(input.schema()),
            relaxed(schema),
        ))),
        StreamNode::GroupAggregate {
            input,
            grouping,
            aggregates,
            schema,
            emit_update_before,
        } => Some(Box::new(GroupAggregate::new(
            evaluation,
            grouping,
            aggregates,
            &relaxed(input.schema()),
            relaxed(schema),
            *emit_update_before,
            input.change_kinds().is_updating(),
        )?)),
    })
}

/// What tasks are made of: readers and writers by source and sink, one a subtask.
pub(super) struct Parts {
    pub(super) readers: Vec<Vec<Box<dyn SourceReader>>>,
    pub(super) writers: Vec<Vec<Box<dyn SinkWriter>>>,
    pub(super) constraints: Vec<Arc<SinkConstraints>>,
    pub(super) python: Arc<dyn PythonRuntime>,
    pub(super) job: Arc<JobContext>,
}

/// Makes every task of the job.
pub(super) fn tasks(graph: &JobGraph, mut parts: Parts) -> Result<Vec<Task>> {
    // Both lists are taken from the end, so that subtask 0 gets the first reader and writer.
    for list in &mut parts.readers {
        list.reverse();
    }
    for list in &mut parts.writers {
        list.reverse();
    }
    let mut senders: Vec<Vec<Sender<Envelope>>> = Vec::new();
    let mut receivers: Vec<Vec<Receiver<Envelope>>> = Vec::new();
    for chain in &graph.chains {
        let (chain_senders, chain_receivers) = channels(chain.parallelism);
        senders.push(chain_senders);
        receivers.push(chain_receivers);
    }
    let mut tasks = Vec::new();
    for (chain, receivers) in graph.chains.iter().zip(receivers) {
        for (subtask, receiver) in receivers.into_iter().enumerate() {
            let mut builder = Builder {
                chain,
                subtask,
                senders: &senders,
                parts: &mut parts,
            };
            let outputs = builder.outputs(&chain.outputs)?;
            let head = builder.head(receiver)?;
            tasks.push(Task {
                name: format!("nutkin-{}-{subtask}", chain_name(chain)),
                head,
                outputs,
                job: Arc::clone(&parts.job),
            });
        }
    }
    Ok(tasks)
}

fn chain_name(chain: &Chain) -> &'static str {
    match (&chain.head, chain.outputs.first()) {
        (Head::Source(_), _) => "source",
        (Head::Exchange { .. }, Some(Next::Stage(stage))) => match &stage.operator {
            StageOperator::Node(node) => short_name(node),
            StageOperator::Sink(_) => "sink",
        },
        (Head::Exchange { .. }, _) => "union",
    }
}

fn missing(what: &str) -> EngineError {
    EngineError::Internal {
        message: format!("a task has no {what}"),
    }
}

struct Builder<'a> {
    chain: &'a Chain,
    subtask: usize,
    senders: &'a [Vec<Sender<Envelope>>],
    parts: &'a mut Parts,
}

impl Builder<'_> {
    fn head(&mut self, receiver: Receiver<Envelope>) -> Result<TaskHead> {
        Ok(match self.chain.head {
            Head::Source(source) => TaskHead::Source(
                self.parts
                    .readers
                    .get_mut(source)
                    .and_then(Vec::pop)
                    .ok_or_else(|| missing("source reader"))?,
            ),
            Head::Exchange { gather } => {
                TaskHead::Exchange(ExchangeInput::new(receiver, self.chain.senders, gather))
            }
        })
    }

    fn outputs(&mut self, next: &[Next]) -> Result<Vec<StageOutput>> {
        next.iter()
            .map(|next| {
                Ok(match next {
                    Next::Stage(stage) => StageOutput::Stage(Box::new(self.stage(stage)?)),
                    Next::Edge(edge) => StageOutput::Exchange(Box::new(self.writer(edge))),
                })
            })
            .collect()
    }

    fn stage(&mut self, node: &StageNode) -> Result<Stage> {
        let (operator, name): (Box<dyn Operator>, String) = match &node.operator {
            StageOperator::Node(plan) => (
                instance(plan, &self.parts.python, &self.parts.job.evaluation)?
                    .ok_or_else(|| missing("operator"))?,
                describe(plan),
            ),
            StageOperator::Sink(position) => {
                let writer = self
                    .parts
                    .writers
                    .get_mut(*position)
                    .and_then(Vec::pop)
                    .ok_or_else(|| missing("sink writer"))?;
                let constraints = self
                    .parts
                    .constraints
                    .get(*position)
                    .ok_or_else(|| missing("sink"))?;
                let operator =
                    SinkOperator::new(Arc::clone(constraints), writer, Arc::clone(&self.parts.job));
                (Box::new(operator), "Sink".to_owned())
            }
        };
        Ok(Stage {
            operator,
            context: OperatorContext {
                operator_name: name.into(),
                subtask: self.subtask,
                parallelism: self.chain.parallelism,
            },
            next: self.outputs(&node.next)?,
        })
    }

    fn writer(&self, edge: &Edge) -> ExchangeWriter {
        let channels = self.senders[edge.target].clone();
        let partitioner: Box<dyn Partitioner> = match &edge.routing {
            Routing::Hash(columns) => Box::new(HashPartitioner::new(columns.clone(), channels.len())),
            Routing::Single => Box::new(FixedPartitioner::new(0)),
            Routing::Forward => Box::new(FixedPartitioner::new(self.subtask % channels.len())),
        };
        ExchangeWriter::new(
            edge.first_sender + self.subtask,
            partitioner,
            channels,
            Arc::clone(&self.parts.job),
        )
    }
}
