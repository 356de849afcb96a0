//! The native protocol over a Unix socket. Only processes of the same user get in.

use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nutkin_protocol::Address;
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;

use super::server::{Hosts, Listener, Server, spawn_accept_loop};
use super::tcp::ACCEPT_PAUSE;
use crate::{GatewayError, Result};

/// The Unix socket door.
pub struct UnixDoor {
    path: PathBuf,
    bound: bool,
    accepting: Option<JoinHandle<()>>,
}

impl UnixDoor {
    /// A door that will listen at this path.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            bound: false,
            accepting: None,
        }
    }
}

#[async_trait::async_trait]
impl Server for UnixDoor {
    fn name(&self) -> &'static str {
        "unix"
    }

    async fn start(&mut self, hosts: Hosts) -> Result<()> {
        let failed = |error: &io::Error| {
            GatewayError::io(format!("cannot listen on unix:{}", self.path.display()), error)
        };
        remove_stale_socket(&self.path)
            .await
            .map_err(|error| failed(&error))?;
        let listener = UnixListener::bind(&self.path).map_err(|error| failed(&error))?;
        self.bound = true;
        let metadata = std::fs::symlink_metadata(&self.path).map_err(|error| failed(&error))?;
        std::fs::set_permissions(&self.path, std::fs::Permissions::from_mode(0o600))
            .map_err(|error| failed(&error))?;
        // The socket was made by this process, so its owner is the user to compare peers with.
        let listener = OwnUserListener {
            listener,
            user: metadata.uid(),
            hello: hosts.clone(),
        };
        self.accepting = Some(spawn_accept_loop(listener, Hosts { token: None, ..hosts }));
        Ok(())
    }

    fn bound_address(&self) -> Option<Address> {
        self.bound.then(|| Address::Unix(self.path.clone()))
    }

    async fn shutdown(&mut self) {
        if let Some(accepting) = self.accepting.take() {
            // A join error means that the loop panicked: the door is closed as well.
            let _ = accepting.await;
        }
    }
}

impl Drop for UnixDoor {
    fn drop(&mut self) {
        if self.bound {
            // Somebody else may have removed it; there is nobody to tell.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// A socket file that nobody listens on is left over from a process that was killed.
async fn remove_stale_socket(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::FileTypeExt;

    match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.file_type().is_socket() => {}
        // A file of another kind is not ours to remove; binding says that it is in the way.
        _ => return Ok(()),
    }
    match UnixStream::connect(path).await {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => std::fs::remove_file(path),
        _ => Ok(()),
    }
}

/// Takes connections of one user.
struct OwnUserListener {
    listener: UnixListener,
    user: u32,
    hello: Hosts,
}

#[async_trait::async_trait]
impl Listener for OwnUserListener {
    type Stream = UnixStream;

    async fn accept(&mut self) -> Option<UnixStream> {
        let Ok((stream, _)) = self.listener.accept().await else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            return None;
        };
        match stream.peer_cred() {
            Ok(peer) if peer.uid() == self.user => Some(stream),
            _ => {
                let refusal = GatewayError::AccessDenied {
                    message: "this socket serves another user".to_owned(),
                    hint: None,
                };
                super::connection::refuse(stream, &refusal, &self.hello.limits).await;
                None
            }
        }
    }
}
