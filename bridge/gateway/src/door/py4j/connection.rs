//! One connection: a Java thread that the client talks to.

use std::io::{self, BufRead as _, BufReader, ErrorKind, Read, Write as _};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::command::{self, Reply};
use super::lines::read_command;
use super::state::State;
use super::text;
use crate::caller::Caller;
use crate::dispatch::panicked;
use crate::interrupt::Interrupt;
use crate::java::JavaThread;

/// How long a read waits before the end of the door is looked at.
const TICK: Duration = Duration::from_millis(200);

/// How long a client may take to read a reply before it is given up.
const WRITE_TIMEOUT: Duration = Duration::from_secs(60);

/// Reads from a connection until the door closes.
struct Source {
    stream: TcpStream,
    stopping: Arc<AtomicBool>,
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.stream.read(buffer) {
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    if self.stopping.load(Ordering::Relaxed) {
                        return Ok(0);
                    }
                }
                other => return other,
            }
        }
    }
}

/// A connection whose calls of the client's objects go over itself.
pub(super) struct Pinned {
    reader: Mutex<BufReader<Source>>,
    writer: TcpStream,
}

/// Whether the client of a call is still there.
struct Presence {
    stream: TcpStream,
    stopping: Arc<AtomicBool>,
}

impl Interrupt for Presence {
    fn is_interrupted(&self) -> bool {
        if self.stopping.load(Ordering::Relaxed) {
            return true;
        }
        // The thread that asks is the one that reads: nobody else looks at the stream now.
        if self.stream.set_nonblocking(true).is_err() {
            return false;
        }
        let peeked = self.stream.peek(&mut [0]);
        let restored = self.stream.set_nonblocking(false);
        restored.is_err() || matches!(peeked, Ok(0))
    }
}

/// What a call asks of its client goes through the objects that the client registered.
impl Caller for Presence {}

/// Serves a connection until the client or the door closes it.
pub(super) fn serve(stream: TcpStream, state: &Arc<State>) -> io::Result<()> {
    // Replies are written whole: waiting for more would only hold them back.
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(TICK))?;
    stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
    let stopping = Arc::clone(&state.stopping);
    let connection = Arc::new(Pinned {
        reader: Mutex::new(BufReader::with_capacity(
            1 << 16,
            Source {
                stream: stream.try_clone()?,
                stopping: Arc::clone(&stopping),
            },
        )),
        writer: stream.try_clone()?,
    });
    let presence = Arc::new(Presence { stream, stopping });
    let pinned: Option<Arc<dyn std::any::Any + Send + Sync>> = match state.pinned {
        true => Some(Arc::clone(&connection) as _),
        false => None,
    };
    let thread = JavaThread::new(state.next_thread(), presence, pinned);
    let mut is_open = state.token.is_none();
    loop {
        let read = read_command(&mut *connection.lock());
        let lines = match read {
            Ok(Some(lines)) => lines,
            Ok(None) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                return connection.write(&fatal(&error.to_string()));
            }
            Err(error) => return Err(error),
        };
        if !is_open || lines[0] == "A" {
            match authenticate(&lines, state) {
                Ok(()) => {
                    is_open = true;
                    connection.write("!yv\n")?;
                    continue;
                }
                Err(reply) => return connection.write(&reply),
            }
        }
        if !connection.answer(&lines, state, &thread)? {
            return Ok(());
        }
    }
}

impl Pinned {
    /// Calls an object of the client, and serves what the client asks meanwhile.
    pub(super) fn ask(&self, command: &str, state: &Arc<State>, thread: &JavaThread) -> io::Result<String> {
        self.write(command)?;
        loop {
            // An answer begins with a mark that no command begins with.
            let is_answer = self.lock().fill_buf()?.first() == Some(&b'!');
            if is_answer {
                let line = super::lines::read_line(&mut *self.lock())?;
                return line.ok_or_else(|| ErrorKind::UnexpectedEof.into());
            }
            let lines = read_command(&mut *self.lock())?;
            let lines = lines.ok_or(ErrorKind::UnexpectedEof)?;
            if !self.answer(&lines, state, thread)? {
                return Err(ErrorKind::ConnectionAborted.into());
            }
        }
    }

    /// Runs a command and writes its reply; whether the connection goes on.
    fn answer(&self, lines: &[String], state: &Arc<State>, thread: &JavaThread) -> io::Result<bool> {
        // A command that panics has a bug; the connection goes on without it.
        let reply =
            catch_unwind(AssertUnwindSafe(|| command::run(lines, state, thread))).unwrap_or_else(|panic| {
                let error = panicked(&lines.join(" "), panic.as_ref());
                Reply::Text(error_text(&error.to_string()))
            });
        match reply {
            Reply::Text(text) => self.write(&text).map(|()| true),
            Reply::Raw(text, bytes) => {
                self.write(&text)?;
                (&self.writer).write_all(&bytes)?;
                Ok(true)
            }
            Reply::Fatal(message) => self.write(&fatal(&message)).map(|()| false),
            Reply::Close => Ok(false),
        }
    }

    fn write(&self, text: &str) -> io::Result<()> {
        (&self.writer).write_all(text.as_bytes())
    }

    fn lock(&self) -> MutexGuard<'_, BufReader<Source>> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Checks the token of a connection's first command.
fn authenticate(lines: &[String], state: &State) -> Result<(), String> {
    let refused = |why: &str| error_text(&format!("Authentication error: {why}"));
    let Some(token) = &state.token else {
        return Err(fatal("py4j.Py4JException: Unknown command received: A"));
    };
    match lines {
        [command, given] if command == "A" => {
            if same(text::unescape(given).as_bytes(), token.as_bytes()) {
                Ok(())
            } else {
                Err(refused("bad authentication token."))
            }
        }
        _ => Err(refused("unexpected command.")),
    }
}

/// Compares in a time that does not tell how much is right.
fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .fold(0, |all, (left, right)| all | (left ^ right))
            == 0
}

fn error_text(message: &str) -> String {
    let mut reply = "!xs".to_owned();
    text::escape(message, &mut reply);
    reply.push('\n');
    reply
}

fn fatal(message: &str) -> String {
    let mut reply = "!zs".to_owned();
    text::escape(message, &mut reply);
    reply.push('\n');
    reply
}
