//! Options of a job that the engine itself reads.

use nutkin_plan::PlanError;
use nutkin_plan::stream::JobOptions;

use crate::Result;
use crate::exchange::MAX_PARALLELISM;

const PARALLELISM: &str = "parallelism.default";
const TABLE_PARALLELISM: &str = "table.exec.resource.default-parallelism";

/// How many subtasks an operator has: `table.exec.resource.default-parallelism` unless it is -1, else
/// `parallelism.default`, else the number of cores.
///
/// # Errors
/// When the value is not a number that is possible.
pub fn parallelism(options: &JobOptions) -> Result<usize> {
    let of_tables = options
        .get(TABLE_PARALLELISM)
        .filter(|value| value.trim() != "-1")
        .map(|value| (TABLE_PARALLELISM, value));
    let general = options.get(PARALLELISM).map(|value| (PARALLELISM, value));
    let Some((key, value)) = of_tables.or(general) else {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        return Ok(cores.min(MAX_PARALLELISM));
    };
    match value.trim().parse::<usize>() {
        Ok(parallelism) if (1..=MAX_PARALLELISM).contains(&parallelism) => Ok(parallelism),
        _ => Err(PlanError::validation_with_hint(
            format!("Could not parse value '{value}' for key '{key}'."),
            format!("the parallelism is an integer from 1 to {MAX_PARALLELISM}"),
        )
        .into()),
    }
}
