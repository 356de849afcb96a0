//! What the connections of a door share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::callback::CallbackClient;
use super::objects::Objects;
use super::view::View;
use crate::gateway::Gateway;
use crate::java::{Callbacks, GatewayServer, JavaValue, Machine};

/// What the connections of a door share.
pub(super) struct State {
    pub(super) machine: Arc<Machine>,
    pub(super) objects: Objects,
    pub(super) client: Arc<CallbackClient>,
    /// What a connection has to show before its first command.
    pub(super) token: Option<String>,
    /// Whether calls of the client's objects go over the connection of the call that makes them.
    pub(super) pinned: bool,
    /// Becomes true when the door closes.
    pub(super) stopping: Arc<AtomicBool>,
    threads: AtomicU64,
}

impl State {
    /// The state of a door that listens at a port.
    pub(super) fn new(
        gateway: &Gateway,
        client: CallbackClient,
        token: Option<String>,
        pinned: bool,
    ) -> Arc<Self> {
        let machine = Machine::new(gateway);
        let stopping = Arc::clone(&client.stopping);
        let state = Arc::new(Self {
            machine,
            objects: Objects::default(),
            client: Arc::new(client),
            token,
            pinned,
            stopping,
            threads: AtomicU64::new(1),
        });
        state.client.attach(&state);
        let callbacks: Arc<dyn Callbacks> = state.client.clone();
        state.machine.set_callbacks(&callbacks);
        let entry_point = Arc::clone(&state.machine.entry_point);
        state.objects.add_named("t", entry_point.into());
        state
            .objects
            .add_named("j", JavaValue::object(View::new("default")));
        state
            .objects
            .add_named("GATEWAY_SERVER", JavaValue::object(GatewayServer));
        state
    }

    /// The way to the client's objects.
    pub(super) fn callbacks(&self) -> Arc<dyn Callbacks> {
        self.client.clone()
    }

    /// The number of the next thread.
    pub(super) fn next_thread(&self) -> u64 {
        self.threads.fetch_add(1, Ordering::Relaxed)
    }

    /// Frees everything.
    pub(super) fn end(&self) {
        self.stopping.store(true, Ordering::SeqCst);
        self.machine.end();
        self.objects.clear();
    }
}
