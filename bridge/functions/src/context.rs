//! What the value of an expression depends on beside its arguments: the session and the query.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::Result;
use crate::time_zone::SessionTimeZone;

/// The option with the session's time zone.
const TIME_ZONE: &str = "table.local-time-zone";

/// How a query runs, which decides what "now" is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExecutionMode {
    /// The current time is the one at which the query started.
    Batch,
    /// The current time is the one at which a record is computed.
    Streaming,
}

/// The session and the query that an expression is computed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvaluationContext {
    /// The session's time zone.
    pub time_zone: SessionTimeZone,
    /// When the query started, in milliseconds since 1970-01-01T00:00:00Z.
    pub query_start_millis: i64,
    /// How the query runs.
    pub mode: ExecutionMode,
}

impl EvaluationContext {
    /// The context of a query with these options that starts now.
    ///
    /// # Errors
    /// When `table.local-time-zone` names no zone.
    pub fn starting_now(options: &BTreeMap<String, String>, mode: ExecutionMode) -> Result<Self> {
        Ok(Self {
            time_zone: match options.get(TIME_ZONE) {
                Some(name) => SessionTimeZone::parse(name)?,
                None => SessionTimeZone::system(),
            },
            query_start_millis: now_millis(),
            mode,
        })
    }

    /// The current time for a record that is computed now, in milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn current_millis(&self) -> i64 {
        match self.mode {
            ExecutionMode::Batch => self.query_start_millis,
            ExecutionMode::Streaming => now_millis(),
        }
    }
}

/// A streaming query in UTC that starts now.
impl Default for EvaluationContext {
    fn default() -> Self {
        Self {
            time_zone: SessionTimeZone::UTC,
            query_start_millis: now_millis(),
            mode: ExecutionMode::Streaming,
        }
    }
}

/// The clock of this machine, in milliseconds since 1970-01-01T00:00:00Z.
pub(crate) fn now_millis() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}
