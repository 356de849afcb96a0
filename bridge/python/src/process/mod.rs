//! Functions in worker processes.
//!
//! Data flow: [`ProcessRuntime`] starts one worker process an operator instance, `python -m
//! nutkin._worker`, which connects back over a Unix socket. The functions are sent once
//! ([`message`]); then [`frame`]s carry Arrow batches ([`batch_stream`]) there and result columns back.
//! On the worker's side [`run_worker`] feeds them to [`crate::thread::RowEvaluator`], so that both modes
//! behave alike. A worker that dies fails its job; a worker whose gateway dies ends by itself.

mod batch_stream;
mod evaluator;
mod frame;
mod message;
mod runtime;
mod worker;
mod worker_process;

pub use runtime::ProcessRuntime;
pub use worker::run_worker;
