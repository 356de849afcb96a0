//! The session of a job: how much memory it may use, where it spills, and how it is optimized.

use std::sync::Arc;

use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::{FairSpillPool, TrackConsumersPool};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::prelude::SessionConfig;
use nutkin_engine::Result;
use nutkin_engine::job::parallelism;
use nutkin_plan::PlanError;
use nutkin_plan::stream::JobOptions;

use crate::error::planning;

/// How much memory the operators of a job may hold; goes before [`MANAGED_MEMORY`].
pub(crate) const MEMORY: &str = "nutkin.batch.memory";
/// Flink's key for the same.
pub(crate) const MANAGED_MEMORY: &str = "taskmanager.memory.managed.size";
/// Flink's key for operators that a plan must not have.
pub(crate) const DISABLED_OPERATORS: &str = "table.exec.disabled-operators";
/// The names of hash joins in [`DISABLED_OPERATORS`].
const HASH_JOINS: [&str; 3] = ["HashJoin", "ShuffleHashJoin", "BroadcastHashJoin"];
/// Where operators spill to; several directories are separated by `,` or `:`.
const TEMPORARY_DIRECTORIES: &str = "io.tmp.dirs";
/// How many of the operators that hold most memory an error names.
const NAMED_CONSUMERS: usize = 3;
/// What a sort keeps back at most.
const SORT_RESERVATION_BYTES: usize = 10 << 20;
/// The part of the memory that one sort keeps back is one of this many.
const SORT_SHARES: usize = 8;
/// What a job may use if the machine does not say how much memory it has.
const DEFAULT_MEMORY_BYTES: usize = 1 << 30;

/// The session that plans and runs a job with these options.
///
/// # Errors
/// When an option has a value that means nothing.
pub(crate) fn session(options: &JobOptions) -> Result<SessionState> {
    // A hash join holds one side in memory; a join by sorting spills. DataFusion makes one only of inputs
    // that are divided.
    let sorts_joins = options
        .get(DISABLED_OPERATORS)
        .is_some_and(|names| names.split(',').any(|name| HASH_JOINS.contains(&name.trim())));
    let partitions = parallelism(options)?.max(if sorts_joins { 2 } else { 1 });
    let mut config = SessionConfig::new()
        .with_target_partitions(partitions)
        .with_collect_statistics(true)
        .with_information_schema(false);
    let settings = config.options_mut();
    let pool_bytes = memory_bytes(options)?;
    settings.optimizer.prefer_hash_join = !sorts_joins;
    // Every partition that sorts keeps this much back to merge what it spilled.
    settings.execution.sort_spill_reservation_bytes =
        SORT_RESERVATION_BYTES.min(pool_bytes / (SORT_SHARES * partitions));
    let pool = TrackConsumersPool::new(FairSpillPool::new(pool_bytes), named_consumers());
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(pool))
        .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(spill_mode(options)))
        .build_arc()
        .map_err(planning)?;
    Ok(SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(runtime)
        .with_default_features()
        .build())
}

fn named_consumers() -> std::num::NonZeroUsize {
    std::num::NonZeroUsize::new(NAMED_CONSUMERS).unwrap_or(std::num::NonZeroUsize::MIN)
}

fn spill_mode(options: &JobOptions) -> DiskManagerMode {
    match options.get(TEMPORARY_DIRECTORIES) {
        None => DiskManagerMode::OsTmpDirectory,
        Some(value) => DiskManagerMode::Directories(
            value
                .split([',', ':'])
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(Into::into)
                .collect(),
        ),
    }
}

/// The limit in bytes: an own key, Flink's key, or half of the machine's memory.
fn memory_bytes(options: &JobOptions) -> Result<usize> {
    for key in [MEMORY, MANAGED_MEMORY] {
        if let Some(text) = options.get(key) {
            return parse_memory_size(text).ok_or_else(|| {
                PlanError::validation_with_hint(
                    format!("Could not parse value '{text}' for key '{key}'."),
                    "write a size such as '512 mb' or '4 gb'",
                )
                .into()
            });
        }
    }
    Ok(machine_memory_bytes().map_or(DEFAULT_MEMORY_BYTES, |bytes| bytes / 2))
}

/// Reads a size as `org.apache.flink.configuration.MemorySize` does: a number of bytes, or one with a unit.
///
/// `None` is a text that is no size, or no bytes.
#[must_use]
pub fn parse_memory_size(text: &str) -> Option<usize> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number: usize = text[..digits].parse().ok()?;
    let factor: usize = match text[digits..].trim().to_lowercase().as_str() {
        "" | "b" | "bytes" => 1,
        "k" | "kb" | "kibibytes" => 1 << 10,
        "m" | "mb" | "mebibytes" => 1 << 20,
        "g" | "gb" | "gibibytes" => 1 << 30,
        "t" | "tb" | "tebibytes" => 1 << 40,
        _ => return None,
    };
    number.checked_mul(factor).filter(|bytes| *bytes > 0)
}

/// How much memory the machine has.
fn machine_memory_bytes() -> Option<usize> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    parse_memory_size(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_flink_reads_them() {
        for (text, bytes) in [
            ("1024", Some(1024)),
            ("64 mb", Some(64 << 20)),
            ("2g", Some(2 << 30)),
            ("  16318480 kB", Some(16_318_480 << 10)),
            ("0", None),
            ("many", None),
            ("3 parsecs", None),
        ] {
            assert_eq!(parse_memory_size(text), bytes, "{text}");
        }
    }
}
