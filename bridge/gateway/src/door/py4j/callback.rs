//! Calls of the client's objects: over connections to its callback server, or, with pinned threads, over
//! the connection of the call that makes them.

use std::io::{self, BufReader, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use super::connection::Pinned;
use super::lines::read_line;
use super::state::State;
use super::text;
use crate::java::{Callbacks, Failure, JavaThread, JavaValue, Outcome, Throwable};

/// How long connecting to the client may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The client of the client's callback server.
pub(super) struct CallbackClient {
    address: Mutex<(String, u16)>,
    /// Connections that nobody uses, the last used one at the end.
    idle: Mutex<Vec<Link>>,
    token: Option<String>,
    listening_port: u16,
    pub(super) stopping: Arc<AtomicBool>,
    state: OnceLock<Weak<State>>,
    released: Mutex<Option<Sender<String>>>,
}

/// A connection to the callback server.
struct Link {
    reader: BufReader<TcpStream>,
}

impl CallbackClient {
    /// A client that will call this port.
    pub(super) fn new(
        python_port: u16,
        listening_port: u16,
        token: Option<String>,
        stopping: Arc<AtomicBool>,
    ) -> Self {
        Self {
            address: Mutex::new(("127.0.0.1".to_owned(), python_port)),
            idle: Mutex::default(),
            token,
            listening_port,
            stopping,
            state: OnceLock::new(),
            released: Mutex::new(None),
        }
    }

    /// Says whose client it is.
    pub(super) fn attach(&self, state: &Arc<State>) {
        // Only the first one counts, and there is only one.
        let _ = self.state.set(Arc::downgrade(state));
    }

    fn link(&self) -> io::Result<Link> {
        if let Some(link) = lock(&self.idle).pop() {
            return Ok(link);
        }
        let (host, port) = lock(&self.address).clone();
        let address = (host.as_str(), port)
            .to_socket_addrs()?
            .next()
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("unknown host {host}")))?;
        let stream = TcpStream::connect_timeout(&address, CONNECT_TIMEOUT)?;
        stream.set_nodelay(true)?;
        let mut link = Link {
            reader: BufReader::new(stream),
        };
        if let Some(token) = &self.token {
            let mut command = "A\n".to_owned();
            text::escape(token, &mut command);
            command.push_str("\ne\n");
            let answer = link.ask(&command)?;
            if !answer.starts_with("!y") {
                return Err(io::Error::new(
                    io::ErrorKind::PermissionDenied,
                    "the client refused the token",
                ));
            }
        }
        Ok(link)
    }

    /// Sends a command over a connection of the pool. One that broke while it lay idle is replaced.
    fn ask(&self, command: &str) -> io::Result<String> {
        loop {
            let reused = !lock(&self.idle).is_empty();
            let mut link = self.link()?;
            match link.send(command) {
                Ok(()) => {}
                Err(_) if reused => continue,
                Err(error) => return Err(error),
            }
            let answer = link.receive()?;
            lock(&self.idle).push(link);
            return Ok(answer);
        }
    }
}

impl Link {
    fn send(&mut self, command: &str) -> io::Result<()> {
        self.reader.get_mut().write_all(command.as_bytes())
    }

    fn receive(&mut self) -> io::Result<String> {
        read_line(&mut self.reader)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn ask(&mut self, command: &str) -> io::Result<String> {
        self.send(command)?;
        self.receive()
    }
}

impl Callbacks for CallbackClient {
    fn call(&self, thread: &JavaThread, object: &str, method: &str, arguments: &[JavaValue]) -> Outcome {
        let gone = || Failure::thrown("py4j.Py4JNetworkException", "The door is closed");
        let state = self.state.get().and_then(Weak::upgrade).ok_or_else(gone)?;
        let mut command = format!("c\n{object}\n{method}\n");
        for argument in arguments {
            text::write(argument, &state, &mut command);
            command.push('\n');
        }
        command.push_str("e\n");
        let pinned = thread
            .connection
            .clone()
            .and_then(|connection| connection.downcast::<Pinned>().ok());
        let answer = match pinned {
            Some(connection) => connection.ask(&command, &state, thread),
            None => self.ask(&command),
        };
        let answer = answer.map_err(|error| {
            Failure::thrown(
                "py4j.Py4JNetworkException",
                format!("Error while sending a command to the Python side: {error}"),
            )
        })?;
        read_answer(&answer, &state)
    }

    fn release(&self, object: &str) {
        if self.stopping.load(Ordering::Relaxed) {
            return;
        }
        let mut sender = lock(&self.released);
        if sender.is_none() {
            // One thread tells the client what is no longer needed, so that nobody waits for it.
            let (new, released) = channel::<String>();
            let state = self.state.get().cloned();
            let started = std::thread::Builder::new()
                .name("nutkin-py4j-release".to_owned())
                .spawn(move || {
                    for object in released {
                        let Some(state) = state.as_ref().and_then(Weak::upgrade) else {
                            return;
                        };
                        // A client that is gone has let go of everything.
                        let _ = state.client.ask(&format!("g\n{object}\ne\n"));
                    }
                });
            if started.is_ok() {
                *sender = Some(new);
            }
        }
        if let Some(sender) = &*sender {
            // The receiver lives as long as the sender.
            let _ = sender.send(object.to_owned());
        }
    }

    fn reset(&self, host: &str, port: u16) -> Outcome<()> {
        *lock(&self.address) = (host.to_owned(), port);
        lock(&self.idle).clear();
        Ok(())
    }

    fn ports(&self) -> (u16, u16) {
        (self.listening_port, lock(&self.address).1)
    }

    fn shutdown(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }
}

/// What a callback answered.
pub(super) fn read_answer(answer: &str, state: &State) -> Outcome {
    if let Some(part) = answer.strip_prefix("!y") {
        if part.is_empty() {
            return Ok(JavaValue::Void);
        }
        return text::read(part, state).map_err(|message| Failure::thrown("py4j.Py4JException", message));
    }
    if let Some(id) = answer.strip_prefix("!xr")
        && let Some(throwable) = state
            .objects
            .get(id)
            .and_then(|value| value.downcast::<Throwable>())
    {
        return Err(Failure::Thrown(throwable));
    }
    let message = answer.strip_prefix("!xs").map(text::unescape).unwrap_or_default();
    Err(Failure::thrown(
        "py4j.Py4JException",
        format!("An exception was raised by the Python Proxy. Return Message: {message}"),
    ))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
