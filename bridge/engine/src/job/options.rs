//! Options of a job that the engine itself reads.

use nutkin_plan::PlanError;
use nutkin_plan::stream::JobOptions;

use crate::Result;
use crate::exchange::MAX_PARALLELISM;

const PARALLELISM: &str = "parallelism.default";

/// How many subtasks an operator has: `parallelism.default`, else the number of cores.
pub(super) fn parallelism(options: &JobOptions) -> Result<usize> {
    let Some(value) = options.get(PARALLELISM) else {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        return Ok(cores.min(MAX_PARALLELISM));
    };
    match value.trim().parse::<usize>() {
        Ok(parallelism) if (1..=MAX_PARALLELISM).contains(&parallelism) => Ok(parallelism),
        _ => Err(PlanError::validation_with_hint(
            format!("Could not parse value '{value}' for key '{PARALLELISM}'."),
            format!("the parallelism is an integer from 1 to {MAX_PARALLELISM}"),
        )
        .into()),
    }
}
