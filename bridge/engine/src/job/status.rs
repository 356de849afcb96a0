//! The states of a job, under Flink's names.

use std::fmt;

/// Mirrors `org.apache.flink.api.common.JobStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobStatus {
    /// Sources and sinks are being created.
    Initializing,
    /// Tasks run.
    Running,
    /// A task failed; the others are being stopped.
    Failing,
    /// The job failed.
    Failed,
    /// The job was asked to stop; tasks are ending.
    Cancelling,
    /// The job was stopped on request.
    Canceled,
    /// All inputs ended and all rows are where they should be.
    Finished,
}

impl JobStatus {
    /// The constant's name in Flink.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Initializing => "INITIALIZING",
            Self::Running => "RUNNING",
            Self::Failing => "FAILING",
            Self::Failed => "FAILED",
            Self::Cancelling => "CANCELLING",
            Self::Canceled => "CANCELED",
            Self::Finished => "FINISHED",
        }
    }

    /// Whether the job has ended for good.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Failed | Self::Canceled | Self::Finished)
    }
}

impl fmt::Display for JobStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
