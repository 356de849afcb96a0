//! `SHOW JOBS`, `DESCRIBE JOB` and `STOP JOB`: the jobs of the gateway.

use std::sync::Arc;

use nutkin_plan::PlanError;
use nutkin_plan::catalog::Column;
use nutkin_plan::expression::LiteralValue;
use nutkin_plan::sql::{Answer, StopJob};
use nutkin_plan::types::LogicalType;

use crate::Result;
use crate::job::Job;
use crate::session::NativeSession;

/// The columns of Flink's SQL gateway; it keeps no start time here.
const COLUMNS: [&str; 3] = ["job id", "job name", "status"];

/// The running jobs of a session.
pub(super) fn show_jobs(session: &NativeSession) -> Answer {
    answer(&session.running_jobs())
}

/// One job of a session.
///
/// # Errors
/// When there is none of that id.
pub(super) fn describe_job(session: &NativeSession, id: &str) -> Result<Answer> {
    Ok(answer(&[find(session, id)?]))
}

/// Cancels a job.
///
/// # Errors
/// When there is none of that id, or a savepoint is asked for.
pub(super) fn stop_job(session: &NativeSession, stop: &StopJob) -> Result<()> {
    if stop.savepoint || stop.drain {
        return Err(PlanError::unsupported(
            "STOP JOB ... WITH SAVEPOINT or WITH DRAIN",
            "There are no savepoints: STOP JOB without WITH cancels the job.",
        )
        .into());
    }
    find(session, &stop.id)?.cancel();
    Ok(())
}

fn find(session: &NativeSession, id: &str) -> Result<Arc<Job>> {
    session.find_job(id).ok_or_else(|| {
        PlanError::Table {
            message: format!("Could not find a job with the id {id} in this session."),
            hint: Some("SHOW JOBS lists the running jobs of the session".to_owned()),
        }
        .into()
    })
}

fn answer(jobs: &[Arc<Job>]) -> Answer {
    Answer {
        columns: COLUMNS
            .iter()
            .map(|name| Column {
                name: (*name).to_owned(),
                column_type: LogicalType::string(),
                comment: None,
            })
            .collect(),
        rows: jobs
            .iter()
            .map(|job| {
                [job.id(), job.name().to_owned(), job.status().to_string()]
                    .map(LiteralValue::String)
                    .to_vec()
            })
            .collect(),
    }
}
