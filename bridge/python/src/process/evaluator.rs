//! The evaluator of process mode: batches to a worker, result columns back.

use arrow::array::{ArrayRef, RecordBatch};
use nutkin_engine::EngineError;
use nutkin_engine::python::PythonEvaluator;

use super::batch_stream::{BatchDecoder, BatchEncoder};
use super::frame::FrameKind;
use super::worker_process::WorkerProcess;

/// Functions that are open in a worker process.
pub(super) struct ProcessEvaluator {
    worker: WorkerProcess,
    encoder: BatchEncoder,
    decoder: BatchDecoder,
    is_closed: bool,
}

impl ProcessEvaluator {
    pub(super) fn new(worker: WorkerProcess, encoder: BatchEncoder) -> Self {
        Self {
            worker,
            encoder,
            decoder: BatchDecoder::default(),
            is_closed: false,
        }
    }
}

impl PythonEvaluator for ProcessEvaluator {
    fn evaluate(&mut self, input: &RecordBatch) -> Result<Vec<ArrayRef>, EngineError> {
        let payload = self.encoder.encode(input)?;
        let answer = self.worker.ask(FrameKind::Batch, &payload)?;
        Ok(self.decoder.decode(answer.payload)?.columns().to_vec())
    }

    fn close(&mut self) -> Result<(), EngineError> {
        if std::mem::replace(&mut self.is_closed, true) {
            return Ok(());
        }
        self.worker.ask(FrameKind::Close, &[])?;
        self.worker.wait();
        Ok(())
    }
}
