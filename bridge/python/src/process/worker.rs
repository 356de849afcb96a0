//! The worker's side: frames in, function calls, frames out.

use crossbeam_channel::{Receiver, Sender, bounded};
use std::io;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::datatypes::{Field, Schema, SchemaRef};
use nutkin_engine::EngineError;
use nutkin_engine::job::Cancellation;
use nutkin_engine::python::PythonEvaluator;
use pyo3::intern;
use pyo3::prelude::*;

use super::batch_stream::{BatchDecoder, BatchEncoder};
use super::frame::{Frame, FrameKind, read_frame, write_frame};
use super::message::{FailureMessage, OpenMessage};
use crate::failure::{plain_error, runtime_error};
use crate::thread::{Interruption, RowEvaluator, SearchPath};

/// How long a function may go on after the gateway is gone.
const ORPHAN_GRACE: Duration = Duration::from_secs(1);

/// Serves one operator instance over the socket at `path`; returns when the job is done with it.
///
/// # Errors
/// When the socket cannot be reached or breaks.
pub fn run_worker(py: Python<'_>, path: &Path) -> io::Result<()> {
    let mut stream = UnixStream::connect(path)?;
    let incoming = stream.try_clone()?;
    // One frame waits while another is worked on.
    let (sender, frames) = bounded(1);
    std::thread::Builder::new()
        .name("nutkin-worker-reader".to_owned())
        .spawn(move || read_frames(incoming, sender))?;
    let mut state = WorkerState::default();
    while let Some(frame) = py.detach(|| next_frame(&frames)) {
        let is_last = frame.kind == FrameKind::Close;
        let answer = state.answer(py, frame);
        // What functions printed is seen before the job goes on, and is not lost when it is killed.
        flush_output(py);
        let (kind, payload) = match answer {
            Ok(answer) => answer,
            Err(error) => (FrameKind::Failure, FailureMessage::encode(error)),
        };
        py.detach(|| write_frame(&mut stream, kind, &payload, &mut || Ok(())))?;
        if is_last {
            break;
        }
    }
    Ok(())
}

fn next_frame(frames: &Receiver<Frame>) -> Option<Frame> {
    frames.recv().ok()
}

/// Reads until the gateway closes the socket. The process ends then, whatever a function is doing: a
/// gateway that was killed leaves no workers behind.
fn read_frames(mut stream: UnixStream, sender: Sender<Frame>) {
    while let Ok(Some(frame)) = read_frame(&mut stream, &mut || Ok(())) {
        if sender.send(frame).is_err() {
            return;
        }
    }
    drop(sender);
    std::thread::sleep(ORPHAN_GRACE);
    std::process::exit(1);
}

/// What the frames so far have set up.
#[derive(Default)]
struct WorkerState {
    evaluator: Option<RowEvaluator>,
    search_path: Option<SearchPath>,
    results: Option<(SchemaRef, BatchEncoder)>,
    batches: BatchDecoder,
}

impl WorkerState {
    fn answer(&mut self, py: Python<'_>, frame: Frame) -> Result<(FrameKind, Vec<u8>), EngineError> {
        match frame.kind {
            FrameKind::Open => self.open(py, &frame.payload)?,
            FrameKind::Batch => return Ok((FrameKind::Result, self.evaluate(frame.payload)?)),
            FrameKind::Close => {
                if let Some(evaluator) = &mut self.evaluator {
                    evaluator.close()?;
                }
                self.search_path = None;
            }
            FrameKind::Done | FrameKind::Result | FrameKind::Failure => return Err(out_of_order()),
        }
        Ok((FrameKind::Done, Vec::new()))
    }

    fn open(&mut self, py: Python<'_>, payload: &[u8]) -> Result<(), EngineError> {
        let message = OpenMessage::decode(payload)?;
        append_fallbacks(py, &message.fallback_path)
            .map_err(|error| runtime_error(py, "Python's module search path cannot be set", &error, None))?;
        self.search_path = Some(SearchPath::extend(&message.search_path)?);
        self.evaluator = Some(RowEvaluator::open(
            py,
            &message.calls,
            message.input,
            &message.surroundings,
            // A worker is cancelled by killing it.
            Arc::new(Cancellation::default()),
            Arc::new(Interruption::default()),
        )?);
        let fields: Vec<Field> = message
            .calls
            .iter()
            .map(|call| call.function.result_type.to_field(&call.name))
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let encoder = BatchEncoder::new(&schema)?;
        self.results = Some((schema, encoder));
        Ok(())
    }

    fn evaluate(&mut self, payload: Vec<u8>) -> Result<Vec<u8>, EngineError> {
        let (Some(evaluator), Some((schema, encoder))) = (&mut self.evaluator, &mut self.results) else {
            return Err(out_of_order());
        };
        let input = self.batches.decode(payload)?;
        let columns: Vec<ArrayRef> = evaluator.evaluate(&input)?;
        let options = RecordBatchOptions::new().with_row_count(Some(input.num_rows()));
        let results = RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)?;
        encoder.encode(&results)
    }
}

/// Lets the worker import what the program can import, after what it can import itself.
fn append_fallbacks(py: Python<'_>, fallbacks: &[String]) -> PyResult<()> {
    let path = py.import(intern!(py, "sys"))?.getattr(intern!(py, "path"))?;
    for fallback in fallbacks {
        if !path.contains(fallback)? {
            path.call_method1(intern!(py, "append"), (fallback,))?;
        }
    }
    Ok(())
}

fn flush_output(py: Python<'_>) {
    let flush = |name: &str| -> PyResult<()> {
        let stream = py.import(intern!(py, "sys"))?.getattr(name)?;
        if !stream.is_none() {
            stream.call_method0(intern!(py, "flush"))?;
        }
        Ok(())
    };
    // Output that cannot be written is no reason to lose rows.
    let _ = flush("stdout");
    let _ = flush("stderr");
}

fn out_of_order() -> EngineError {
    plain_error("A Python worker process got a message out of order", None)
}
