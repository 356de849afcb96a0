//! Where jobs get their Python runtime from.
//!
//! The extension module hands the gateway a factory: whatever links PyO3 needs an interpreter, and
//! this crate is built and tested without one.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use nutkin_engine::job::Cancellation;
use nutkin_engine::operator::OperatorContext;
use nutkin_engine::python::{PythonEvaluator, PythonRuntime, PythonRuntimeFactory};
use nutkin_engine::{EngineError, Result};
use nutkin_plan::stream::{PythonCall, StreamNode, StreamPlan};

/// The runtime for a plan: a real one if the plan calls Python functions, else one that is never asked.
pub(crate) fn open_python(
    plan: &StreamPlan,
    factory: Option<&Arc<dyn PythonRuntimeFactory>>,
    options: &BTreeMap<String, String>,
    cancellation: &Arc<Cancellation>,
) -> Result<Arc<dyn PythonRuntime>> {
    if !plan.sinks.iter().any(|sink| calls_python(&sink.input)) {
        return Ok(Arc::new(NoPython));
    }
    match factory {
        Some(factory) => factory.create(options, Arc::clone(cancellation)),
        None => Err(no_python()),
    }
}

/// A runtime that is made when the first function is opened.
pub(crate) fn python_on_demand(
    factory: Option<&Arc<dyn PythonRuntimeFactory>>,
    options: &BTreeMap<String, String>,
    cancellation: &Arc<Cancellation>,
) -> Arc<dyn PythonRuntime> {
    match factory {
        Some(factory) => Arc::new(PythonOnDemand {
            factory: Arc::clone(factory),
            options: options.clone(),
            cancellation: Arc::clone(cancellation),
            made: OnceLock::new(),
        }),
        None => Arc::new(NoPython),
    }
}

struct PythonOnDemand {
    factory: Arc<dyn PythonRuntimeFactory>,
    options: BTreeMap<String, String>,
    cancellation: Arc<Cancellation>,
    made: OnceLock<Result<Arc<dyn PythonRuntime>>>,
}

impl PythonRuntime for PythonOnDemand {
    fn open(
        &self,
        calls: &[PythonCall],
        input: arrow::datatypes::SchemaRef,
        context: &OperatorContext,
    ) -> Result<Box<dyn PythonEvaluator>> {
        let made = self
            .made
            .get_or_init(|| self.factory.create(&self.options, Arc::clone(&self.cancellation)));
        match made {
            Ok(runtime) => runtime.open(calls, input, context),
            Err(error) => Err(error.clone()),
        }
    }
}

fn calls_python(node: &StreamNode) -> bool {
    match node {
        StreamNode::PythonCalc { .. } => true,
        StreamNode::TableSourceScan { .. } | StreamNode::Values { .. } => false,
        StreamNode::Calc { input, .. }
        | StreamNode::Exchange { input, .. }
        | StreamNode::GroupAggregate { input, .. } => calls_python(input),
        StreamNode::Union { inputs, .. } => inputs.iter().any(|input| calls_python(input)),
    }
}

struct NoPython;

impl PythonRuntime for NoPython {
    fn open(
        &self,
        _calls: &[PythonCall],
        _input: arrow::datatypes::SchemaRef,
        _context: &OperatorContext,
    ) -> Result<Box<dyn PythonEvaluator>> {
        Err(no_python())
    }
}

fn no_python() -> EngineError {
    EngineError::PythonRuntime {
        message: "this gateway was started without Python".to_owned(),
        traceback: None,
        hint: Some("start it with 'nutkin serve'".to_owned()),
    }
}
