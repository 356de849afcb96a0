//! The native protocol over TCP. Every client needs the token.

use std::io;
use std::time::Duration;

use nutkin_protocol::Address;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::server::{Hosts, Listener, Server, spawn_accept_loop};
use crate::{GatewayError, Result};

/// How long a failing listener rests, so that running out of descriptors does not become a busy loop.
pub(super) const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The TCP door.
pub struct TcpDoor {
    host: String,
    port: u16,
    bound: Option<Address>,
    accepting: Option<JoinHandle<()>>,
}

impl TcpDoor {
    /// A door that will listen here; port 0 lets the system choose.
    #[must_use]
    pub fn new(host: String, port: u16) -> Self {
        Self {
            host,
            port,
            bound: None,
            accepting: None,
        }
    }
}

#[async_trait::async_trait]
impl Server for TcpDoor {
    fn name(&self) -> &'static str {
        "tcp"
    }

    async fn start(&mut self, hosts: Hosts) -> Result<()> {
        if hosts.token.as_deref().is_none_or(str::is_empty) {
            return Err(GatewayError::IllegalArgument {
                message: "A gateway that listens on TCP needs a token.".to_owned(),
                hint: Some("leave the token out to have one generated".to_owned()),
            });
        }
        let wanted = Address::Tcp {
            host: self.host.clone(),
            port: self.port,
        };
        let failed = |error: &io::Error| GatewayError::io(format!("cannot listen on {wanted}"), error);
        let listener = TcpListener::bind((self.host.as_str(), self.port))
            .await
            .map_err(|error| failed(&error))?;
        let bound = listener.local_addr().map_err(|error| failed(&error))?;
        self.bound = Some(Address::Tcp {
            host: self.host.clone(),
            port: bound.port(),
        });
        self.accepting = Some(spawn_accept_loop(listener, hosts));
        Ok(())
    }

    fn bound_address(&self) -> Option<Address> {
        self.bound.clone()
    }

    async fn shutdown(&mut self) {
        if let Some(accepting) = self.accepting.take() {
            // A join error means that the loop panicked: the door is closed as well.
            let _ = accepting.await;
        }
    }
}

#[async_trait::async_trait]
impl Listener for TcpListener {
    type Stream = TcpStream;

    async fn accept(&mut self) -> Option<TcpStream> {
        match TcpListener::accept(self).await {
            // Frames are small and awaited: Nagle's algorithm would only hold them back.
            Ok((stream, _)) => stream.set_nodelay(true).ok().map(|()| stream),
            Err(_) => {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                None
            }
        }
    }
}
