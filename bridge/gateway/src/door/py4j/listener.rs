//! Listening: takes connections, gives each a thread, and closes them together.

use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::callback::CallbackClient;
use super::connection::serve;
use super::state::State;
use super::watchdog;
use crate::gateway::Gateway;
use crate::{GatewayError, Result};

/// How often a listener that has nothing to do looks whether the door closes.
const TICK: Duration = Duration::from_millis(20);

/// How long the end of a door waits for its connections.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(3);

/// Where and how a door listens.
#[derive(Debug, Clone)]
pub struct Py4JOptions {
    /// The address; only loopback addresses can do without a token.
    pub address: SocketAddr,
    /// What clients have to show first.
    pub token: Option<String>,
    /// Where the client's callback server listens, until the client says so itself.
    pub python_port: u16,
    /// Whether calls of the client's objects go over the connection of the call that makes them, as
    /// Py4J's `ClientServer` wants it. PyFlink does not.
    pub pinned_threads: bool,
    /// Whether the door closes when the client's watchdog no longer answers, or never comes.
    pub ends_with_client: bool,
}

impl Default for Py4JOptions {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            token: None,
            python_port: 25_334,
            pinned_threads: false,
            ends_with_client: false,
        }
    }
}

/// An open door. Dropping it closes it and ends its session.
pub struct Py4JDoor {
    state: Arc<State>,
    port: u16,
    accepting: Option<JoinHandle<()>>,
}

impl Py4JDoor {
    /// Opens a door. When it returns, clients can connect.
    ///
    /// # Errors
    /// When the address cannot be bound, or is open to other machines without a token.
    pub fn open(gateway: &Gateway, options: Py4JOptions) -> Result<Self> {
        if options.token.is_none() && !is_loopback(options.address.ip()) {
            return Err(GatewayError::IllegalArgument {
                message: format!("A Py4J door at {} needs a token.", options.address),
                hint: Some("give a token, or listen on 127.0.0.1".to_owned()),
            });
        }
        let failed = |error: &std::io::Error| {
            GatewayError::io(
                format!("cannot listen for Py4J clients on {}", options.address),
                error,
            )
        };
        let listener = TcpListener::bind(options.address).map_err(|error| failed(&error))?;
        listener.set_nonblocking(true).map_err(|error| failed(&error))?;
        let port = listener.local_addr().map_err(|error| failed(&error))?.port();
        let client = CallbackClient::new(
            options.python_port,
            port,
            options.token.clone(),
            Arc::new(AtomicBool::new(false)),
        );
        let state = State::new(gateway, client, options.token, options.pinned_threads);
        if options.ends_with_client {
            watchdog::start(&state).map_err(|error| failed(&error))?;
        }
        let shared = Arc::clone(&state);
        let accepting = std::thread::Builder::new()
            .name("nutkin-py4j".to_owned())
            .spawn(move || accept(&listener, &shared))
            .map_err(|error| failed(&error))?;
        Ok(Self {
            state,
            port,
            accepting: Some(accepting),
        })
    }

    /// The port that the door listens at.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where the client's callback server listens.
    #[must_use]
    pub fn python_port(&self) -> u16 {
        use crate::java::Callbacks as _;
        self.state.client.ports().1
    }

    /// How many objects clients hold.
    #[must_use]
    pub fn object_count(&self) -> usize {
        self.state.objects.len()
    }

    /// Whether a client has closed the door.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.state.stopping.load(Ordering::SeqCst)
    }
}

impl Drop for Py4JDoor {
    fn drop(&mut self) {
        self.state.stopping.store(true, Ordering::SeqCst);
        if let Some(accepting) = self.accepting.take() {
            // An error means that the thread panicked: the door is closed as well.
            let _ = accepting.join();
        }
        self.state.end();
    }
}

fn is_loopback(address: IpAddr) -> bool {
    address.is_loopback()
}

fn accept(listener: &TcpListener, state: &Arc<State>) {
    let mut connections: Vec<JoinHandle<()>> = Vec::new();
    let mut idle = 0u32;
    while !state.stopping.load(Ordering::SeqCst) {
        match listener.accept() {
            Ok((stream, _)) => {
                idle = 0;
                connections.retain(|connection| !connection.is_finished());
                connections.extend(start(stream, state));
            }
            Err(_) => {
                // Right after a connection another one is likely.
                idle = idle.saturating_add(1);
                std::thread::sleep(if idle < 50 { TICK / 20 } else { TICK / 4 });
            }
        }
    }
    let deadline = Instant::now() + CLOSE_TIMEOUT;
    while connections.iter().any(|connection| !connection.is_finished()) && Instant::now() < deadline {
        std::thread::sleep(TICK);
    }
}

fn start(stream: TcpStream, state: &Arc<State>) -> Option<JoinHandle<()>> {
    stream.set_nonblocking(false).ok()?;
    let state = Arc::clone(state);
    std::thread::Builder::new()
        .name("nutkin-py4j-connection".to_owned())
        .spawn(move || {
            // A connection that breaks is one whose client is gone: there is nobody to tell.
            let _ = serve(stream, &state);
        })
        .ok()
}
