//! Cuts a plan into chains of operators and the edges between them.
//!
//! Operators are joined by direct calls as far as possible; a chain starts at a source, behind an
//! exchange, at a union, and before a sink that wants fewer writers than its input has subtasks. A
//! node that several others read runs once and has several outputs.

use std::collections::HashMap;
use std::sync::Arc;

use nutkin_plan::stream::{Distribution, SinkNode, StreamNode, StreamPlan};

use crate::{EngineError, Result};

/// The chains of a job; edges name them by position.
#[derive(Debug)]
pub(super) struct JobGraph {
    pub(super) chains: Vec<Chain>,
}

/// Operators that run on one thread, as many times as the parallelism says.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) head: Head,
    pub(super) parallelism: usize,
    /// How many sending subtasks feed each of this chain's subtasks.
    pub(super) senders: usize,
    pub(super) outputs: Vec<Next>,
}

/// What feeds a chain.
#[derive(Debug)]
pub(super) enum Head {
    /// A source, by position in the list of [`sources`].
    Source(usize),
    /// Rows of other chains; whether small chunks are joined.
    Exchange {
        /// True behind an exchange that splits chunks.
        gather: bool,
    },
}

/// Where rows go next.
#[derive(Debug)]
pub(super) enum Next {
    /// To an operator of the same chain.
    Stage(StageNode),
    /// To another chain.
    Edge(Edge),
}

/// An operator of a chain with what comes after it.
#[derive(Debug)]
pub(super) struct StageNode {
    pub(super) operator: StageOperator,
    pub(super) next: Vec<Next>,
}

/// Which operator.
#[derive(Debug)]
pub(super) enum StageOperator {
    /// That of a plan node.
    Node(Arc<StreamNode>),
    /// The sink at this position of the plan.
    Sink(usize),
}

/// A way from one chain to another.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) target: usize,
    pub(super) routing: Routing,
    /// The number that the first sending subtask has at the receivers.
    pub(super) first_sender: usize,
}

/// How an edge chooses the receiving subtask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Routing {
    /// By the key group of columns.
    Hash(Vec<usize>),
    /// Always the first.
    Single,
    /// The one with the sender's own number, counted round.
    Forward,
}

/// How many subtasks parts of a job have.
pub(super) struct Parallelism<'a> {
    /// Of operators behind a hash exchange.
    pub(super) default: usize,
    /// Of each source, in the order of [`sources`].
    pub(super) sources: &'a [usize],
    /// The most that each sink wants.
    pub(super) sinks: &'a [Option<usize>],
}

/// The identity of a node: equal for clones of one `Arc` only.
fn identity(node: &Arc<StreamNode>) -> usize {
    Arc::as_ptr(node).addr()
}

/// The nodes that feed a node.
pub(super) fn inputs(node: &StreamNode) -> &[Arc<StreamNode>] {
    match node {
        StreamNode::TableSourceScan { .. } | StreamNode::Values { .. } => &[],
        StreamNode::Calc { input, .. }
        | StreamNode::PythonCalc { input, .. }
        | StreamNode::Exchange { input, .. }
        | StreamNode::GroupAggregate { input, .. } => std::slice::from_ref(input),
        StreamNode::Union { inputs, .. } => inputs,
    }
}

/// All nodes of a plan, each once, inputs before what reads them.
pub(super) fn nodes(plan: &StreamPlan) -> Vec<Arc<StreamNode>> {
    fn visit(node: &Arc<StreamNode>, seen: &mut HashMap<usize, ()>, found: &mut Vec<Arc<StreamNode>>) {
        if seen.insert(identity(node), ()).is_some() {
            return;
        }
        for input in inputs(node) {
            visit(input, seen, found);
        }
        found.push(Arc::clone(node));
    }
    let mut found = Vec::new();
    let mut seen = HashMap::new();
    for sink in &plan.sinks {
        visit(&sink.input, &mut seen, &mut found);
    }
    found
}

/// The nodes without inputs among [`nodes`], in their order.
pub(super) fn sources(plan: &StreamPlan) -> Vec<Arc<StreamNode>> {
    nodes(plan)
        .into_iter()
        .filter(|node| inputs(node).is_empty())
        .collect()
}

impl JobGraph {
    /// Cuts `plan` into chains.
    pub(super) fn new(plan: &StreamPlan, parallelism: &Parallelism<'_>) -> Result<Self> {
        let nodes = nodes(plan);
        let mut cut = Cut {
            chains: Vec::new(),
            chain_of: HashMap::new(),
            consumers: HashMap::new(),
            sink_chains: HashMap::new(),
        };
        let mut source = 0;
        for node in &nodes {
            let chain = match &**node {
                StreamNode::TableSourceScan { .. } | StreamNode::Values { .. } => {
                    let subtasks = parallelism.sources.get(source).copied().unwrap_or(1);
                    source += 1;
                    cut.start(Head::Source(source - 1), subtasks)
                }
                StreamNode::Exchange { distribution, .. } => {
                    let subtasks = match distribution {
                        Distribution::Hash(_) => parallelism.default,
                        Distribution::Single => 1,
                    };
                    cut.start(Head::Exchange { gather: true }, subtasks)
                }
                StreamNode::Union { inputs, .. } => {
                    let mut widest = 1;
                    for input in inputs {
                        widest = widest.max(cut.chains[cut.chain(input)?].parallelism);
                    }
                    cut.start(Head::Exchange { gather: false }, widest)
                }
                StreamNode::Calc { input, .. }
                | StreamNode::PythonCalc { input, .. }
                | StreamNode::GroupAggregate { input, .. } => cut.chain(input)?,
            };
            cut.chain_of.insert(identity(node), chain);
            for input in inputs(node) {
                cut.consumers
                    .entry(identity(input))
                    .or_default()
                    .push(Consumer::Node(Arc::clone(node)));
            }
        }
        for (position, sink) in plan.sinks.iter().enumerate() {
            let own = cut.chain(&sink.input)?;
            let most = parallelism.sinks.get(position).copied().flatten();
            if let Some(most) = most
                && most < cut.chains[own].parallelism
            {
                let chain = cut.start(Head::Exchange { gather: true }, most.max(1));
                cut.sink_chains.insert(position, chain);
            }
            cut.consumers
                .entry(identity(&sink.input))
                .or_default()
                .push(Consumer::Sink(position));
        }
        for node in &nodes {
            if matches!(
                **node,
                StreamNode::TableSourceScan { .. }
                    | StreamNode::Values { .. }
                    | StreamNode::Exchange { .. }
                    | StreamNode::Union { .. }
            ) {
                let chain = cut.chain(node)?;
                let outputs = cut.expand(node, chain, &plan.sinks)?;
                cut.chains[chain].outputs = outputs;
            }
        }
        for (position, chain) in cut.sink_chains.clone() {
            cut.chains[chain].outputs = vec![Next::Stage(StageNode {
                operator: StageOperator::Sink(position),
                next: Vec::new(),
            })];
        }
        Ok(Self { chains: cut.chains })
    }

    /// How many subtasks the sink at this position of the plan has.
    pub(super) fn sink_parallelism(&self, position: usize) -> usize {
        fn contains(next: &[Next], position: usize) -> bool {
            next.iter().any(|next| match next {
                Next::Stage(stage) => {
                    matches!(stage.operator, StageOperator::Sink(sink) if sink == position)
                        || contains(&stage.next, position)
                }
                Next::Edge(_) => false,
            })
        }
        self.chains
            .iter()
            .find(|chain| contains(&chain.outputs, position))
            .map_or(1, |chain| chain.parallelism)
    }
}

enum Consumer {
    Node(Arc<StreamNode>),
    Sink(usize),
}

struct Cut {
    chains: Vec<Chain>,
    chain_of: HashMap<usize, usize>,
    consumers: HashMap<usize, Vec<Consumer>>,
    sink_chains: HashMap<usize, usize>,
}

impl Cut {
    fn start(&mut self, head: Head, parallelism: usize) -> usize {
        self.chains.push(Chain {
            head,
            parallelism,
            senders: 0,
            outputs: Vec::new(),
        });
        self.chains.len() - 1
    }

    fn chain(&self, node: &Arc<StreamNode>) -> Result<usize> {
        self.chain_of
            .get(&identity(node))
            .copied()
            .ok_or_else(|| EngineError::Internal {
                message: "a plan node was reached before its input".to_owned(),
            })
    }

    fn edge(&mut self, from: usize, target: usize, routing: Routing) -> Next {
        let first_sender = self.chains[target].senders;
        self.chains[target].senders += self.chains[from].parallelism;
        Next::Edge(Edge {
            target,
            routing,
            first_sender,
        })
    }

    /// What comes after `node`, which runs in `chain`.
    fn expand(&mut self, node: &Arc<StreamNode>, chain: usize, sinks: &[SinkNode]) -> Result<Vec<Next>> {
        let mut next = Vec::new();
        for consumer in self.consumers.remove(&identity(node)).unwrap_or_default() {
            next.push(match consumer {
                Consumer::Sink(position) => match self.sink_chains.get(&position).copied() {
                    None => Next::Stage(StageNode {
                        operator: StageOperator::Sink(position),
                        next: Vec::new(),
                    }),
                    Some(target) => {
                        let key = &sinks[position].upsert_key;
                        // Changes of one row must stay in order, so they meet at one writer.
                        let routing = if key.is_empty() {
                            Routing::Forward
                        } else {
                            Routing::Hash(key.clone())
                        };
                        self.edge(chain, target, routing)
                    }
                },
                Consumer::Node(reader) => match &*reader {
                    StreamNode::Exchange { distribution, .. } => {
                        let target = self.chain(&reader)?;
                        let routing = match distribution {
                            Distribution::Hash(columns) => Routing::Hash(columns.clone()),
                            Distribution::Single => Routing::Single,
                        };
                        self.edge(chain, target, routing)
                    }
                    StreamNode::Union { .. } => {
                        let target = self.chain(&reader)?;
                        self.edge(chain, target, Routing::Forward)
                    }
                    _ => Next::Stage(StageNode {
                        next: self.expand(&reader, chain, sinks)?,
                        operator: StageOperator::Node(reader),
                    }),
                },
            });
        }
        Ok(next)
    }
}
