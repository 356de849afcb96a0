//! Sources and sinks in memory, and the environment that hands them to a job.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use arrow::datatypes::SchemaRef;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::{JobContext, JobHandle, JobResult};
use nutkin_engine::python::{Environment, PythonRuntime};
use nutkin_engine::sink::{Sink, SinkWriter};
use nutkin_engine::source::{Source, SourceEvent, SourceReader};
use nutkin_engine::{EngineError, Result};
use nutkin_plan::stream::{ConnectorTable, SinkNode};

use super::show_all;

/// A bounded source: one split a list of chunks.
pub(crate) struct MemorySource {
    pub(crate) splits: Vec<Vec<Chunk>>,
}

impl Source for MemorySource {
    fn is_bounded(&self) -> bool {
        true
    }

    fn schema(&self) -> SchemaRef {
        self.splits[0][0].data.schema()
    }

    fn create_readers(
        &self,
        parallelism: usize,
        _context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>> {
        let mut shares: Vec<Vec<Chunk>> = vec![Vec::new(); parallelism.min(self.splits.len())];
        let readers = shares.len();
        for (index, split) in self.splits.iter().enumerate() {
            shares[index % readers].extend(split.iter().cloned());
        }
        Ok(shares
            .into_iter()
            .map(|mut share| -> Box<dyn SourceReader> {
                share.reverse();
                Box::new(MemoryReader { left: share })
            })
            .collect())
    }
}

struct MemoryReader {
    left: Vec<Chunk>,
}

impl SourceReader for MemoryReader {
    fn poll(&mut self, _timeout: Duration) -> Result<SourceEvent> {
        Ok(match self.left.pop() {
            Some(chunk) => SourceEvent::Chunk(chunk),
            None => SourceEvent::Finished,
        })
    }
}

/// A source that gives the same chunk for ever, and may fail or panic after some polls.
pub(crate) struct Endless {
    pub(crate) chunk: Chunk,
    pub(crate) fail_after: Option<u64>,
    pub(crate) panic_after: Option<u64>,
}

impl Source for Endless {
    fn is_bounded(&self) -> bool {
        false
    }

    fn schema(&self) -> SchemaRef {
        self.chunk.data.schema()
    }

    fn create_readers(
        &self,
        parallelism: usize,
        _context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>> {
        Ok((0..parallelism)
            .map(|subtask| -> Box<dyn SourceReader> {
                Box::new(EndlessReader {
                    chunk: self.chunk.clone(),
                    polls: 0,
                    // Only one of the readers goes wrong.
                    fail_after: self.fail_after.filter(|_| subtask == 0),
                    panic_after: self.panic_after.filter(|_| subtask == 0),
                })
            })
            .collect())
    }
}

struct EndlessReader {
    chunk: Chunk,
    polls: u64,
    fail_after: Option<u64>,
    panic_after: Option<u64>,
}

impl SourceReader for EndlessReader {
    fn poll(&mut self, _timeout: Duration) -> Result<SourceEvent> {
        self.polls += 1;
        if self.fail_after.is_some_and(|polls| self.polls > polls) {
            return Err(EngineError::Connector {
                connector: "test".to_owned(),
                message: "line 7 is no CSV".to_owned(),
                hint: Some("set 'csv.ignore-parse-errors'".to_owned()),
            });
        }
        assert!(
            self.panic_after.is_none_or(|polls| self.polls <= polls),
            "a bug of the reader"
        );
        Ok(SourceEvent::Chunk(self.chunk.clone()))
    }
}

/// An unbounded source with one chunk, after which nothing comes.
pub(crate) struct OneChunk(pub(crate) Chunk);

impl Source for OneChunk {
    fn is_bounded(&self) -> bool {
        false
    }

    fn schema(&self) -> SchemaRef {
        self.0.data.schema()
    }

    fn create_readers(
        &self,
        _parallelism: usize,
        _context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>> {
        Ok(vec![Box::new(OneChunkReader(Some(self.0.clone())))])
    }
}

struct OneChunkReader(Option<Chunk>);

impl SourceReader for OneChunkReader {
    fn poll(&mut self, timeout: Duration) -> Result<SourceEvent> {
        Ok(match self.0.take() {
            Some(chunk) => SourceEvent::Chunk(chunk),
            None => {
                std::thread::sleep(timeout);
                SourceEvent::Idle
            }
        })
    }
}

/// What a [`MemorySink`] got.
#[derive(Default)]
pub(crate) struct Kept {
    /// Chunks by writer.
    pub(crate) chunks: Vec<Vec<Chunk>>,
    pub(crate) flushes: AtomicU64,
    pub(crate) closes: AtomicU64,
    pub(crate) finishes: AtomicU64,
}

/// A sink that keeps its rows; slow or with few writers if asked.
#[derive(Clone, Default)]
pub(crate) struct MemorySink {
    pub(crate) kept: Arc<Mutex<Kept>>,
    pub(crate) delay: Option<Duration>,
    pub(crate) most: Option<usize>,
    /// How long after a row the writer wants to be flushed.
    pub(crate) interval: Option<Duration>,
    /// Whether writing fails.
    pub(crate) broken: bool,
}

impl MemorySink {
    /// All rows, one line each, writer by writer.
    pub(crate) fn rows(&self) -> Vec<String> {
        let kept = self.kept.lock().unwrap();
        kept.chunks.iter().flat_map(|chunks| show_all(chunks)).collect()
    }

    /// All rows in the order of their text.
    pub(crate) fn sorted_rows(&self) -> Vec<String> {
        let mut rows = self.rows();
        rows.sort();
        rows
    }

    /// The rows of each writer.
    pub(crate) fn rows_by_writer(&self) -> Vec<Vec<String>> {
        let kept = self.kept.lock().unwrap();
        kept.chunks.iter().map(|chunks| show_all(chunks)).collect()
    }

    /// Flushes, closes and finishes so far.
    pub(crate) fn calls(&self) -> (u64, u64, u64) {
        let kept = self.kept.lock().unwrap();
        (
            kept.flushes.load(Ordering::SeqCst),
            kept.closes.load(Ordering::SeqCst),
            kept.finishes.load(Ordering::SeqCst),
        )
    }
}

impl Sink for MemorySink {
    fn create_writers(
        &self,
        parallelism: usize,
        _context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SinkWriter>>> {
        self.kept.lock().unwrap().chunks.resize(parallelism, Vec::new());
        Ok((0..parallelism)
            .map(|writer| -> Box<dyn SinkWriter> {
                Box::new(MemoryWriter {
                    sink: self.clone(),
                    writer,
                    next_flush: None,
                })
            })
            .collect())
    }

    fn max_parallelism(&self) -> Option<usize> {
        self.most
    }

    fn finish(&self) -> Result<()> {
        self.kept.lock().unwrap().finishes.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

struct MemoryWriter {
    sink: MemorySink,
    writer: usize,
    next_flush: Option<Instant>,
}

impl SinkWriter for MemoryWriter {
    fn write(&mut self, chunk: Chunk) -> Result<()> {
        if self.sink.broken {
            return Err(EngineError::Connector {
                connector: "test".to_owned(),
                message: "the table is gone".to_owned(),
                hint: None,
            });
        }
        if let Some(delay) = self.sink.delay {
            std::thread::sleep(delay);
        }
        self.sink.kept.lock().unwrap().chunks[self.writer].push(chunk);
        self.next_flush = self.sink.interval.map(|interval| Instant::now() + interval);
        Ok(())
    }

    fn next_flush(&self) -> Option<Instant> {
        self.next_flush
    }

    fn flush(&mut self) -> Result<()> {
        self.next_flush = None;
        self.sink
            .kept
            .lock()
            .unwrap()
            .flushes
            .fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        self.sink
            .kept
            .lock()
            .unwrap()
            .closes
            .fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

/// Hands out sources and sinks by the name of their table.
#[derive(Default)]
pub(crate) struct TestEnvironment {
    pub(crate) sources: HashMap<String, Arc<dyn Source>>,
    pub(crate) sinks: HashMap<String, Arc<dyn Sink>>,
    pub(crate) python: Option<Arc<dyn PythonRuntime>>,
}

impl TestEnvironment {
    pub(crate) fn source(mut self, name: &str, source: impl Source + 'static) -> Self {
        self.sources.insert(name.to_owned(), Arc::new(source));
        self
    }

    pub(crate) fn sink(mut self, name: &str, sink: impl Sink + 'static) -> Self {
        self.sinks.insert(name.to_owned(), Arc::new(sink));
        self
    }
}

impl Environment for TestEnvironment {
    fn source(&self, table: &ConnectorTable) -> Result<Arc<dyn Source>> {
        Ok(Arc::clone(&self.sources[&table.table.identifier.object]))
    }

    fn sink(&self, node: &SinkNode) -> Result<Arc<dyn Sink>> {
        Ok(Arc::clone(&self.sinks[&node.target.table.identifier.object]))
    }

    fn python(&self) -> Arc<dyn PythonRuntime> {
        match &self.python {
            Some(python) => Arc::clone(python),
            None => Arc::new(NoPython),
        }
    }
}

struct NoPython;

impl PythonRuntime for NoPython {
    fn open(
        &self,
        _calls: &[nutkin_plan::stream::PythonCall],
        _input: SchemaRef,
        _context: &nutkin_engine::operator::OperatorContext,
    ) -> Result<Box<dyn nutkin_engine::python::PythonEvaluator>> {
        panic!("no Python function is called here")
    }
}

/// Waits for the end of a job, which must come soon.
pub(crate) fn wait(job: &JobHandle) -> Result<JobResult> {
    job.wait(Some(Duration::from_secs(20)))
        .expect("the job does not end")
}
