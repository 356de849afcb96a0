//! Serving: opens the doors that were asked for, and closes them again.
//!
//! Nothing is printed here; the caller says what a user wants to read.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use nutkin_protocol::Address;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::door::tcp::TcpDoor;
use crate::door::{Hosts, Limits, Server};
use crate::gateway::Gateway;
use crate::{GatewayError, Result};

/// How long closing may take before what is left is abandoned.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);

/// Where and how to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Host and port of the TCP door; port 0 lets the system choose.
    pub tcp: Option<(String, u16)>,
    /// The path of the Unix socket door.
    pub unix: Option<PathBuf>,
    /// The secret of the TCP door; one is made if it is not given.
    pub token: Option<String>,
    /// What one peer may take.
    pub limits: Limits,
    /// How many calls are worked on at once, of all connections together.
    pub maximum_threads: usize,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            tcp: Some(("127.0.0.1".to_owned(), 0)),
            unix: None,
            token: None,
            limits: Limits::default(),
            maximum_threads: 128,
        }
    }
}

/// A gateway that serves. Dropping it closes the doors.
pub struct Serving {
    runtime: Option<Runtime>,
    doors: Vec<Box<dyn Server>>,
    addresses: Vec<Address>,
    token: Option<String>,
    shutdown: ShutdownHandle,
}

/// Closes the doors of a [`Serving`], from any thread.
#[derive(Clone)]
pub struct ShutdownHandle {
    stopping: Arc<watch::Sender<bool>>,
}

impl ShutdownHandle {
    /// Closes the doors. Sessions end; [`Serving::wait`] returns.
    pub fn shutdown(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether the doors were closed.
    #[must_use]
    pub fn is_shut_down(&self) -> bool {
        *self.stopping.borrow()
    }
}

/// Opens the doors of a gateway. When it returns, clients can connect.
///
/// # Errors
/// When no door was asked for, or one cannot listen.
pub fn serve(gateway: Arc<Gateway>, options: ServeOptions) -> Result<Serving> {
    let mut doors: Vec<Box<dyn Server>> = Vec::new();
    let mut token = None;
    if let Some((host, port)) = options.tcp {
        doors.push(Box::new(TcpDoor::new(host, port)));
        token = Some(match options.token {
            Some(token) => token,
            None => random_token()?,
        });
    }
    if let Some(path) = options.unix {
        doors.push(unix_door(path)?);
    }
    if doors.is_empty() {
        return Err(GatewayError::IllegalArgument {
            message: "A gateway needs an address to listen on.".to_owned(),
            hint: Some("give a TCP host and port, or the path of a Unix socket".to_owned()),
        });
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(options.maximum_threads.max(1))
        .thread_name("nutkin-gateway")
        .enable_all()
        .build()
        .map_err(|error| GatewayError::io("cannot start the network threads", &error))?;
    let (stopping, stopped) = watch::channel(false);
    let hosts = Hosts {
        gateway,
        limits: options.limits,
        token: token.as_deref().map(Arc::from),
        stopping: stopped,
    };
    for door in &mut doors {
        runtime.block_on(door.start(hosts.clone()))?;
    }
    Ok(Serving {
        runtime: Some(runtime),
        addresses: doors.iter().filter_map(|door| door.bound_address()).collect(),
        doors,
        token,
        shutdown: ShutdownHandle {
            stopping: Arc::new(stopping),
        },
    })
}

impl Serving {
    /// Where the doors listen, the TCP door first.
    #[must_use]
    pub fn addresses(&self) -> &[Address] {
        &self.addresses
    }

    /// The secret of the TCP door, if there is one.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// What closes the doors from another thread.
    #[must_use]
    pub fn shutdown_handle(&self) -> ShutdownHandle {
        self.shutdown.clone()
    }

    /// Waits until the doors were closed by a [`ShutdownHandle`], or for `timeout`; whether they were.
    #[must_use]
    pub fn wait(&self, timeout: Duration) -> bool {
        let Some(runtime) = &self.runtime else { return true };
        let mut stopping = self.shutdown.stopping.subscribe();
        runtime.block_on(async {
            tokio::time::timeout(timeout, stopping.wait_for(|stopping| *stopping))
                .await
                .is_ok()
        })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.shutdown.shutdown();
        let Some(runtime) = self.runtime.take() else {
            return;
        };
        let doors = &mut self.doors;
        runtime.block_on(async {
            let closing = async {
                for door in doors {
                    door.shutdown().await;
                }
            };
            // A connection that does not end in time is dropped with the runtime.
            let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, closing).await;
        });
        runtime.shutdown_timeout(Duration::from_secs(1));
    }
}

#[cfg(unix)]
fn unix_door(path: PathBuf) -> Result<Box<dyn Server>> {
    Ok(Box::new(crate::door::unix::UnixDoor::new(path)))
}

#[cfg(not(unix))]
fn unix_door(path: PathBuf) -> Result<Box<dyn Server>> {
    Err(GatewayError::Unsupported {
        what: format!("the Unix socket {}", path.display()),
        hint: "listen on TCP on this system".to_owned(),
    })
}

/// 32 hexadecimal digits from the system's random numbers.
fn random_token() -> Result<String> {
    use std::io::Read;

    let mut bytes = [0; 16];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut bytes))
        .map_err(|error| GatewayError::io("cannot make a token from /dev/urandom", &error))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
