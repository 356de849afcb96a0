//! What all listening doors have in common.

use std::sync::Arc;

use nutkin_protocol::Address;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use super::{Limits, connection};
use crate::Result;
use crate::gateway::Gateway;

/// What a door needs to serve its connections.
#[derive(Clone)]
pub struct Hosts {
    /// Where sessions come from.
    pub gateway: Arc<Gateway>,
    /// What one peer may take.
    pub limits: Limits,
    /// The secret that a hello must carry; `None` at doors that know their peers otherwise.
    pub token: Option<Arc<str>>,
    /// Becomes true when the doors close.
    pub stopping: watch::Receiver<bool>,
}

/// A listening door.
#[async_trait::async_trait]
pub trait Server: Send {
    /// What the door is called in messages: `tcp` or `unix`.
    fn name(&self) -> &'static str;

    /// Binds the address and starts to take connections. When it returns, clients can connect.
    ///
    /// # Errors
    /// When the address cannot be bound.
    async fn start(&mut self, hosts: Hosts) -> Result<()>;

    /// Where the door listens, with the port that the system chose; `None` before it was started.
    fn bound_address(&self) -> Option<Address>;

    /// Waits until the door has closed: after [`Hosts::stopping`], when its connections have ended.
    async fn shutdown(&mut self);
}

/// A bound socket that connections come from.
#[async_trait::async_trait]
pub(super) trait Listener: Send + 'static {
    type Stream: AsyncRead + AsyncWrite + Send + Unpin + 'static;

    /// The next connection; `None` when a peer was turned away or left again.
    async fn accept(&mut self) -> Option<Self::Stream>;
}

/// Takes connections until the doors close, then waits for those that are open.
pub(super) fn spawn_accept_loop(mut listener: impl Listener, hosts: Hosts) -> JoinHandle<()> {
    tokio::spawn(async move {
        let places = Arc::new(Semaphore::new(hosts.limits.maximum_connections));
        let mut stopping = hosts.stopping.clone();
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => {
                    let Some(stream) = accepted else { continue };
                    // Without a place the stream is dropped, which closes it.
                    if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
                        let hosts = hosts.clone();
                        connections.spawn(async move {
                            connection::serve(stream, hosts).await;
                            drop(place);
                        });
                    }
                }
                Some(_) = connections.join_next(), if !connections.is_empty() => {}
                _ = stopping.wait_for(|stopping| *stopping) => break,
            }
        }
        drop(listener);
        while connections.join_next().await.is_some() {}
    })
}
