//! Operators of one chain at work: a tree of direct calls.

use std::time::Instant;

use crate::Result;
use crate::chunk::Chunk;
use crate::element::EventTimeMillis;
use crate::exchange::ExchangeWriter;
use crate::operator::{Operator, OperatorContext, Output};

/// An operator instance with what comes after it.
pub(super) struct Stage {
    pub(super) operator: Box<dyn Operator>,
    pub(super) context: OperatorContext,
    pub(super) next: Vec<StageOutput>,
}

/// Where a stage's rows go.
pub(super) enum StageOutput {
    /// To an operator of the same chain.
    Stage(Box<Stage>),
    /// To another chain.
    Exchange(Box<ExchangeWriter>),
}

/// Passes everything to each of some outputs.
pub(super) struct Fan<'a>(pub(super) &'a mut [StageOutput]);

impl Output for Fan<'_> {
    fn chunk(&mut self, chunk: Chunk) -> Result<()> {
        if chunk.row_count() == 0 {
            return Ok(());
        }
        let Some((last, others)) = self.0.split_last_mut() else {
            return Ok(());
        };
        for output in others {
            output.chunk(chunk.clone())?;
        }
        last.chunk(chunk)
    }

    fn watermark(&mut self, watermark: EventTimeMillis) -> Result<()> {
        self.0
            .iter_mut()
            .try_for_each(|output| output.watermark(watermark))
    }
}

impl Output for StageOutput {
    fn chunk(&mut self, chunk: Chunk) -> Result<()> {
        match self {
            Self::Stage(stage) => stage.operator.on_chunk(0, chunk, &mut Fan(&mut stage.next)),
            Self::Exchange(writer) => writer.chunk(chunk),
        }
    }

    fn watermark(&mut self, watermark: EventTimeMillis) -> Result<()> {
        match self {
            Self::Stage(stage) => stage.operator.on_watermark(watermark, &mut Fan(&mut stage.next)),
            Self::Exchange(writer) => writer.watermark(watermark),
        }
    }
}

/// Opens all operators, the last ones of the chain first.
pub(super) fn open(outputs: &mut [StageOutput]) -> Result<()> {
    for output in outputs {
        if let StageOutput::Stage(stage) = output {
            open(&mut stage.next)?;
            stage.operator.open(&stage.context)?;
        }
    }
    Ok(())
}

/// Tells all operators, in the order of the chain, that their input has ended.
pub(super) fn end(outputs: &mut [StageOutput]) -> Result<()> {
    for output in outputs {
        match output {
            StageOutput::Stage(stage) => {
                stage.operator.end_input(0, &mut Fan(&mut stage.next))?;
                end(&mut stage.next)?;
            }
            StageOutput::Exchange(writer) => writer.end()?,
        }
    }
    Ok(())
}

/// Closes all operators, whatever happens; the first error is kept.
pub(super) fn close(outputs: &mut [StageOutput]) -> Result<()> {
    let mut result = Ok(());
    for output in outputs {
        if let StageOutput::Stage(stage) = output {
            let closed = stage.operator.close();
            let later = close(&mut stage.next);
            result = result.and(closed).and(later);
        }
    }
    result
}

/// The earliest time at which an operator wants to be called.
pub(super) fn next_timer(outputs: &[StageOutput]) -> Option<Instant> {
    outputs
        .iter()
        .filter_map(|output| match output {
            StageOutput::Stage(stage) => {
                let own = stage.operator.next_timer();
                own.into_iter().chain(next_timer(&stage.next)).min()
            }
            StageOutput::Exchange(_) => None,
        })
        .min()
}

/// Calls the operators whose time has come.
pub(super) fn fire_timers(outputs: &mut [StageOutput], now: Instant) -> Result<()> {
    for output in outputs {
        if let StageOutput::Stage(stage) = output {
            if stage.operator.next_timer().is_some_and(|time| time <= now) {
                stage.operator.on_timer(&mut Fan(&mut stage.next))?;
            }
            fire_timers(&mut stage.next, now)?;
        }
    }
    Ok(())
}
