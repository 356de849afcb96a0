//! Calls Python functions over chunks.
//!
//! The functions themselves run behind [`PythonRuntime`]; this operator puts their result columns
//! beside the forwarded ones. Row kinds pass through unchanged.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::datatypes::SchemaRef;
use nutkin_plan::stream::PythonCall;

use super::{Operator, OperatorContext, Output};
use crate::chunk::Chunk;
use crate::python::{PythonEvaluator, PythonRuntime};
use crate::{EngineError, Result};

/// The operator of [`nutkin_plan::stream::StreamNode::PythonCalc`].
pub struct PythonCalc {
    runtime: Arc<dyn PythonRuntime>,
    calls: Arc<[PythonCall]>,
    forwarded: Vec<usize>,
    input: SchemaRef,
    output: SchemaRef,
    evaluator: Option<Box<dyn PythonEvaluator>>,
}

impl PythonCalc {
    /// An instance that opens its functions with `runtime` when it is opened itself.
    #[must_use]
    pub fn new(
        runtime: Arc<dyn PythonRuntime>,
        calls: Arc<[PythonCall]>,
        forwarded: Vec<usize>,
        input: SchemaRef,
        output: SchemaRef,
    ) -> Self {
        Self {
            runtime,
            calls,
            forwarded,
            input,
            output,
            evaluator: None,
        }
    }
}

impl Operator for PythonCalc {
    fn open(&mut self, context: &OperatorContext) -> Result<()> {
        self.evaluator = Some(self.runtime.open(&self.calls, Arc::clone(&self.input), context)?);
        Ok(())
    }

    fn on_chunk(&mut self, _input: usize, chunk: Chunk, output: &mut dyn Output) -> Result<()> {
        let Some(evaluator) = &mut self.evaluator else {
            return Err(EngineError::Internal {
                message: "a Python operator got rows before it was opened".to_owned(),
            });
        };
        let results = evaluator.evaluate(&chunk.data)?;
        let columns: Vec<ArrayRef> = self
            .forwarded
            .iter()
            .map(|&index| Arc::clone(chunk.data.column(index)))
            .chain(results)
            .collect();
        let options = RecordBatchOptions::new().with_row_count(Some(chunk.row_count()));
        let data = RecordBatch::try_new_with_options(Arc::clone(&self.output), columns, &options)?;
        output.chunk(Chunk {
            data,
            kinds: chunk.kinds,
        })
    }

    fn close(&mut self) -> Result<()> {
        match self.evaluator.take() {
            Some(mut evaluator) => evaluator.close(),
            None => Ok(()),
        }
    }
}
