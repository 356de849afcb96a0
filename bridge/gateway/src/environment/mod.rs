//! A table environment: catalogs, configuration and what is buffered, without its Java face.
//!
//! The classes of [`crate::class`] call this. Statements are run in [`statement`], inserts made and
//! started in [`insert`], queries started in [`query`]; planning is the plan crate's, running the
//! engine's. One lock guards the state; jobs are started outside of it.

mod analyze;
mod catalog_statement;
mod change_statement;
mod compiled_plan;
mod described;
mod explain;
mod insert;
mod job_statement;
mod python_files;
mod query;
mod refused_statement;
mod statement;
mod stream_settings;
mod submit;
mod tables;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use nutkin_plan::catalog::CatalogManager;
use nutkin_plan::function::PythonFunction;
use nutkin_plan::operation::OperationBuilder;
use nutkin_plan::sql::PlanContext;
use nutkin_plan::stream::{JobOptions, SinkRequest};

use crate::Result;
use crate::configuration::Configuration;
use crate::gateway::Shared;
pub(crate) use compiled_plan::CompiledPlan;
pub(crate) use explain::explain_details;
use python_files::UploadedFiles;
pub(crate) use stream_settings::StreamSettings;

/// A table environment.
pub(crate) struct TableEnvironment {
    shared: Arc<Shared>,
    /// The environment of streams that it was made with, whose parallelism it runs with.
    stream: Option<Arc<StreamSettings>>,
    state: Mutex<State>,
}

struct State {
    catalogs: CatalogManager,
    configuration: Configuration,
    /// Inserts of the API before 1.11, until `execute` runs them.
    buffered: Vec<SinkRequest>,
    /// The inserts since `BEGIN STATEMENT SET`.
    statement_set: Option<Vec<SinkRequest>>,
    /// Functions that the client fetched for a statement, by `module.object`.
    provided_functions: BTreeMap<String, Arc<PythonFunction>>,
    files: UploadedFiles,
    /// How many tables without a name there were.
    anonymous_tables: usize,
    /// How many tables were given a name because a string refers to them.
    unnamed_views: usize,
}

impl TableEnvironment {
    /// An environment with one empty database.
    pub(crate) fn new(
        shared: &Arc<Shared>,
        catalog: &str,
        database: &str,
        configuration: Configuration,
        stream: Option<Arc<StreamSettings>>,
    ) -> Self {
        Self {
            shared: Arc::clone(shared),
            stream,
            state: Mutex::new(State {
                catalogs: CatalogManager::new(catalog, database),
                configuration,
                buffered: Vec::new(),
                statement_set: None,
                provided_functions: BTreeMap::new(),
                files: UploadedFiles::default(),
                anonymous_tables: 0,
                unnamed_views: 0,
            }),
        }
    }

    /// Does something with the catalogs.
    pub(crate) fn with_catalogs<T>(&self, work: impl FnOnce(&mut CatalogManager) -> T) -> T {
        work(&mut self.lock().catalogs)
    }

    /// Does something with the configuration.
    pub(crate) fn with_configuration<T>(&self, work: impl FnOnce(&mut Configuration) -> T) -> T {
        work(&mut self.lock().configuration)
    }

    /// Builds an operation of the Table API with the functions of this environment.
    ///
    /// # Errors
    /// Those of the builder.
    pub(crate) fn build<T>(
        &self,
        work: impl FnOnce(&OperationBuilder<'_>) -> nutkin_plan::Result<T>,
    ) -> Result<T> {
        let state = self.lock();
        let is_streaming = !state.configuration.is_batch();
        Ok(work(&OperationBuilder::new(&state.catalogs, is_streaming))?)
    }

    /// Keeps a function that a statement asked the client for.
    pub(crate) fn provide_python_function(&self, path: &str, function: Arc<PythonFunction>) {
        self.lock().provided_functions.insert(path.to_owned(), function);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn job_options(&self, state: &State) -> JobOptions {
        let parallelism = self.stream.as_ref().and_then(|stream| stream.parallelism());
        state.configuration.job_options(parallelism)
    }
}

impl State {
    /// Does something with what queries can refer to.
    fn with_context<T>(&self, work: impl FnOnce(&PlanContext<'_>) -> nutkin_plan::Result<T>) -> Result<T> {
        let context = PlanContext {
            catalogs: &self.catalogs,
            options: self.configuration.values(),
        };
        Ok(work(&context)?)
    }
}
