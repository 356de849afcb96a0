//! The life of an operator.

use std::time::Instant;

use crate::Result;
use crate::chunk::Chunk;
use crate::element::EventTimeMillis;

/// Where an operator puts what it produces: the next operator of its chain, or an exchange.
pub trait Output {
    /// Passes rows on.
    ///
    /// # Errors
    /// When a later operator of the chain fails, or the job is cancelled.
    fn chunk(&mut self, chunk: Chunk) -> Result<()>;

    /// Passes a watermark on.
    ///
    /// # Errors
    /// As [`Output::chunk`].
    fn watermark(&mut self, watermark: EventTimeMillis) -> Result<()>;
}

/// What an operator instance knows about its place in the job.
#[derive(Debug, Clone)]
pub struct OperatorContext {
    /// The operator's name in plans, such as `GroupAggregate(groupBy=[province])`.
    pub operator_name: std::sync::Arc<str>,
    /// Which of the parallel instances this is.
    pub subtask: usize,
    /// How many parallel instances there are.
    pub parallelism: usize,
}

/// One synchronous, single-threaded operator instance. It computes and never waits, except for
/// what it computes with (a Python function).
///
/// Calls come in this order: [`Operator::open`] once; any number of [`Operator::on_chunk`] and
/// [`Operator::on_watermark`]; [`Operator::end_input`] once for each input; [`Operator::close`] once,
/// also after a failure.
pub trait Operator: Send {
    /// Prepares the instance.
    ///
    /// # Errors
    /// When what it needs (state, a Python function) cannot be had.
    fn open(&mut self, context: &OperatorContext) -> Result<()> {
        let _ = context;
        Ok(())
    }

    /// Takes rows from one of the inputs.
    ///
    /// # Errors
    /// When the rows cannot be computed; the job fails with it.
    fn on_chunk(&mut self, input: usize, chunk: Chunk, output: &mut dyn Output) -> Result<()>;

    /// The watermark over all inputs moved. The default passes it on.
    ///
    /// # Errors
    /// As [`Operator::on_chunk`].
    fn on_watermark(&mut self, watermark: EventTimeMillis, output: &mut dyn Output) -> Result<()> {
        output.watermark(watermark)
    }

    /// When [`Operator::on_timer`] wants to be called although no row arrives; wall-clock time.
    fn next_timer(&self) -> Option<Instant> {
        None
    }

    /// The time of [`Operator::next_timer`] has come.
    ///
    /// # Errors
    /// As [`Operator::on_chunk`].
    fn on_timer(&mut self, output: &mut dyn Output) -> Result<()> {
        let _ = output;
        Ok(())
    }

    /// One of the inputs has ended.
    ///
    /// # Errors
    /// As [`Operator::on_chunk`].
    fn end_input(&mut self, input: usize, output: &mut dyn Output) -> Result<()> {
        let _ = (input, output);
        Ok(())
    }

    /// Releases what the instance holds. Called once, whether the job ended, failed or was cancelled.
    ///
    /// # Errors
    /// When releasing fails; the job fails with it unless it failed before.
    fn close(&mut self) -> Result<()> {
        Ok(())
    }
}
