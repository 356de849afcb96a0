//! What the tests are written in: chunks as text, plans in a few words, sources and sinks in memory.

mod chunks;
mod connectors;
mod plans;

pub(crate) use chunks::{chunk, schema_of, show, show_all};
pub(crate) use connectors::{Endless, MemorySink, MemorySource, OneChunk, TestEnvironment, wait};
pub(crate) use plans::{
    aggregate, calc, column, count_star, exchange, group, project, scan, single, sink, union,
};

use nutkin_engine::Result;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::operator::{Operator, OperatorContext, Output};

/// Keeps what an operator puts out.
#[derive(Default)]
pub(crate) struct Collected {
    pub(crate) chunks: Vec<Chunk>,
}

impl Output for Collected {
    fn chunk(&mut self, chunk: Chunk) -> Result<()> {
        self.chunks.push(chunk);
        Ok(())
    }

    fn watermark(&mut self, _watermark: i64) -> Result<()> {
        Ok(())
    }
}

/// Runs chunks through an operator; the rows it puts out, one line each.
pub(crate) fn run(operator: &mut dyn Operator, chunks: &[Chunk]) -> Result<Vec<String>> {
    let context = OperatorContext {
        operator_name: "test".into(),
        subtask: 0,
        parallelism: 1,
    };
    let mut output = Collected::default();
    operator.open(&context)?;
    for chunk in chunks {
        operator.on_chunk(0, chunk.clone(), &mut output)?;
    }
    operator.end_input(0, &mut output)?;
    operator.close()?;
    Ok(show_all(&output.chunks))
}
