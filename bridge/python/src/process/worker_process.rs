//! One worker process: starting it, talking to it, and telling how it ended.

use std::io::{self, ErrorKind};
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use nutkin_engine::EngineError;
use nutkin_engine::job::Cancellation;
use pyo3::prelude::*;

use super::frame::{Frame, FrameKind, read_frame, write_frame};
use crate::failure::plain_error;

/// How long the socket may be silent before cancellation is looked at.
const TICK: Duration = Duration::from_millis(50);

/// How long a worker may take to start and connect.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// How long a worker that closed its socket may take to end.
const END_TIMEOUT: Duration = Duration::from_secs(2);

/// A running worker. Dropping it kills the process.
pub(super) struct WorkerProcess {
    child: Child,
    stream: UnixStream,
    functions: String,
    cancellation: Arc<Cancellation>,
}

impl WorkerProcess {
    /// Starts a worker and waits until it has connected. `functions` names what it is for.
    pub(super) fn start(
        executable: &str,
        functions: String,
        cancellation: Arc<Cancellation>,
    ) -> Result<Self, EngineError> {
        let failed = |error: io::Error| EngineError::Io {
            doing: "Making a socket for a Python worker process".to_owned(),
            message: error.to_string(),
        };
        let folder = tempfile::Builder::new()
            .prefix("nutkin-worker-")
            .tempdir()
            .map_err(failed)?;
        let path = folder.path().join("socket");
        let listener = UnixListener::bind(&path).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let mut child = Command::new(executable)
            .arg(launcher()?)
            .args(["nutkin._worker", "--socket"])
            .arg(&path)
            .stdin(Stdio::null())
            // Ctrl-C in a terminal is for the program, which then ends its workers itself.
            .process_group(0)
            .spawn()
            .map_err(|error| {
                plain_error(
                    format!("The Python interpreter '{executable}' cannot be started: {error}"),
                    Some("set 'python.executable' to the path of a Python interpreter that has nutkin installed"),
                )
            })?;
        let stream = match accept(&listener, &mut child, executable, &cancellation) {
            Ok(stream) => stream,
            Err(error) => {
                end(&mut child);
                return Err(error);
            }
        };
        let worker = Self {
            child,
            stream,
            functions,
            cancellation,
        };
        worker.stream.set_read_timeout(Some(TICK)).map_err(failed)?;
        worker.stream.set_write_timeout(Some(TICK)).map_err(failed)?;
        Ok(worker)
    }

    /// Sends a frame and waits for the answer. A failure that the worker tells is the error.
    pub(super) fn ask(&mut self, kind: FrameKind, payload: &[u8]) -> Result<Frame, EngineError> {
        let cancellation = Arc::clone(&self.cancellation);
        let mut on_wait = move || match cancellation.is_cancelled() {
            true => Err(io::Error::from(ErrorKind::ConnectionAborted)),
            false => Ok(()),
        };
        let answer = write_frame(&mut self.stream, kind, payload, &mut on_wait)
            .and_then(|()| read_frame(&mut self.stream, &mut on_wait));
        match answer {
            Ok(Some(frame)) if frame.kind == FrameKind::Failure => {
                Err(super::message::FailureMessage::decode(&frame.payload))
            }
            Ok(Some(frame)) => Ok(frame),
            _ if self.cancellation.is_cancelled() => {
                end(&mut self.child);
                Err(EngineError::Cancelled)
            }
            // A worker that is gone has closed its end, which a writer learns as an error.
            Ok(None) | Err(_) => Err(self.death()),
        }
    }

    /// Waits for the worker to end by itself.
    pub(super) fn wait(&mut self) {
        let _ = wait_until(&mut self.child, Instant::now() + END_TIMEOUT);
    }

    /// The error of a worker that has closed its socket.
    fn death(&mut self) -> EngineError {
        let id = self.child.id();
        let status = wait_until(&mut self.child, Instant::now() + END_TIMEOUT);
        let (how, hint) = status.map_or(
            ("it closed its socket but still runs".to_owned(), None),
            describe_end,
        );
        plain_error(
            format!(
                "The Python worker process {id} of {} is gone: {how}",
                self.functions
            ),
            hint,
        )
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// The script that starts a worker with this package, whether the interpreter has it installed or not.
fn launcher() -> Result<std::path::PathBuf, EngineError> {
    let find = |py: Python<'_>| -> PyResult<std::path::PathBuf> {
        let package: std::path::PathBuf = py.import("nutkin")?.getattr("__file__")?.extract()?;
        Ok(package.with_file_name("_by_path.py"))
    };
    Python::attach(find).map_err(|error| {
        plain_error(
            format!("The package of Python workers cannot be found: {error}"),
            None,
        )
    })
}

fn accept(
    listener: &UnixListener,
    child: &mut Child,
    executable: &str,
    cancellation: &Cancellation,
) -> Result<UnixStream, EngineError> {
    let deadline = Instant::now() + START_TIMEOUT;
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false).map_err(|error| EngineError::Io {
                    doing: "Talking to a Python worker process".to_owned(),
                    message: error.to_string(),
                })?;
                return Ok(stream);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => {
                return Err(EngineError::Io {
                    doing: "Waiting for a Python worker process".to_owned(),
                    message: error.to_string(),
                });
            }
        }
        if let Ok(Some(status)) = child.try_wait() {
            let (how, _) = describe_end(status);
            return Err(plain_error(
                format!("A Python worker process of '{executable}' ended before it was ready: {how}"),
                Some(
                    "its own messages are above; 'python.executable' needs nutkin installed, in this version",
                ),
            ));
        }
        if Instant::now() >= deadline {
            return Err(plain_error(
                format!(
                    "A Python worker process of '{executable}' was not ready after {} seconds",
                    START_TIMEOUT.as_secs()
                ),
                Some("see whether 'python.executable' starts by itself: it runs '-m nutkin._worker'"),
            ));
        }
        if cancellation.wait(Duration::from_millis(2)) {
            return Err(EngineError::Cancelled);
        }
    }
}

fn wait_until(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(5)),
            _ => return None,
        }
    }
}

/// Kills a process that may have ended already, and takes note of its end.
fn end(child: &mut Child) {
    // Both fail only for a process that has ended and was waited for.
    let _ = child.kill();
    let _ = child.wait();
}

/// How a process ended, and what to do about it.
fn describe_end(status: ExitStatus) -> (String, Option<&'static str>) {
    if let Some(signal) = status.signal() {
        let (name, hint) = match signal {
            4 => (" (SIGILL)", Some(NATIVE_CRASH)),
            6 => (" (SIGABRT)", Some(NATIVE_CRASH)),
            7 => (" (SIGBUS)", Some(NATIVE_CRASH)),
            9 => (
                " (SIGKILL)",
                Some("the system kills processes when memory runs out; the function may need too much"),
            ),
            11 => (" (SIGSEGV)", Some(NATIVE_CRASH)),
            15 => (" (SIGTERM)", None),
            _ => ("", None),
        };
        return (format!("it was killed by signal {signal}{name}"), hint);
    }
    let code = status.code().unwrap_or_default();
    (
        format!("it exited with status {code}"),
        Some("a function, or a module it imports, ended the process; what it printed is above"),
    )
}

const NATIVE_CRASH: &str =
    "native code that a function calls has crashed; 'python -X faulthandler' shows where";
