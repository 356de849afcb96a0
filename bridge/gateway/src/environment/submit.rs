//! Starting jobs.

use std::sync::Arc;

use nutkin_engine::job::{Cancellation, CollectSink, submit};
use nutkin_plan::catalog::CatalogTable;
use nutkin_plan::stream::{SinkRequest, plan};

use super::TableEnvironment;
use crate::Result;
use crate::configuration::JOB_NAME;
use crate::job::{Job, JobEnvironment, open_python, python_on_demand};
use crate::session::NativeSession;

/// What a job is for, which decides how long it lives.
pub(super) enum Purpose {
    /// It writes tables. It ends with its session, unless `execution.attached` is `false`.
    Insert,
    /// It serves the reader of this sink, and ends with the session in any case.
    Collect(Arc<CatalogTable>, Arc<CollectSink>),
}

impl TableEnvironment {
    /// Plans sinks that run together and starts their job. `pipeline.name` goes before `name`.
    ///
    /// # Errors
    /// When the sinks cannot be planned, or a connector or a Python file is wrong.
    pub(super) fn start(
        &self,
        session: &NativeSession,
        sinks: &[SinkRequest],
        name: &str,
        purpose: Purpose,
    ) -> Result<Arc<Job>> {
        let (options, detached, files, is_batch) = {
            let state = self.lock();
            let detached = state.configuration.is_detached() && matches!(purpose, Purpose::Insert);
            let is_batch = state.configuration.is_batch();
            (self.job_options(&state), detached, state.files.folder(), is_batch)
        };
        let name = options.get(JOB_NAME).map_or(name, String::as_str).to_owned();
        let collect = match purpose {
            Purpose::Insert => None,
            Purpose::Collect(table, sink) => Some((table, sink)),
        };
        let cancellation = Arc::new(Cancellation::default());
        let handle = if is_batch {
            let environment = JobEnvironment {
                python: python_on_demand(self.shared.python.as_ref(), &options, &cancellation),
                cancellation,
                collect,
            };
            nutkin_batch::submit(sinks, Arc::new(environment), name, options)?
        } else {
            let plan = plan(sinks, &options)?;
            let environment = JobEnvironment {
                python: open_python(&plan, self.shared.python.as_ref(), &options, &cancellation)?,
                cancellation,
                collect,
            };
            submit(plan, Arc::new(environment), name, options)?
        };
        let job = Arc::new(Job::new(handle, files));
        self.shared.jobs.add(Arc::clone(&job));
        if !detached {
            session.add_job(Arc::clone(&job));
        }
        Ok(job)
    }
}
