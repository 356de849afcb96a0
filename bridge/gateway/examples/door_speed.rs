//! How many calls a second go through the doors: `cargo run --release -p nutkin-gateway --example door_speed`.
//!
//! The calls are those that build an expression, `lit(1)` and `plus`, so that little is measured beside the
//! door itself: dispatch, checks of arguments, the registry.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for the developer at the terminal"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use nutkin_gateway::Gateway;
use nutkin_gateway::door::InProcess;
use nutkin_gateway::serve::{ServeOptions, serve};
use nutkin_protocol::client::{Client, ClientOptions};
use nutkin_protocol::{Address, Batch, Call, ObjectId, ObjectReference, Reply, Target, Value};

const EXPRESSIONS: &str = "org.apache.flink.table.api.Expressions";
const MEASURED: Duration = Duration::from_secs(2);
const BATCH: usize = 1_000;
/// How many objects are kept before they are let go.
const KEPT: u64 = 10_000;

type Door<'a> = dyn Fn(&Batch) -> Reply + 'a;

/// Makes calls on one session, with ids of its own.
struct Session<'a> {
    door: &'a Door<'a>,
    last_id: ObjectId,
    released: ObjectId,
}

impl Session<'_> {
    fn literal(&mut self) -> Call {
        self.last_id += 1;
        Call {
            target: Target::Class(EXPRESSIONS.to_owned()),
            method: "lit".to_owned(),
            arguments: vec![Value::Int(1)],
            result: self.last_id,
        }
    }

    /// `plus` of the last object and itself.
    fn plus(&mut self) -> Call {
        let id = self.last_id;
        self.last_id += 1;
        Call {
            target: Target::Object(id),
            method: "plus".to_owned(),
            arguments: vec![Value::Object(ObjectReference {
                id,
                class: String::new(),
            })],
            result: self.last_id,
        }
    }

    fn make(&mut self, calls: Vec<Call>) {
        let released = if self.last_id > self.released + KEPT {
            let first = self.released + 1;
            // The last one may still be referred to.
            self.released = self.last_id - calls.len() as u64 - 1;
            (first..=self.released).collect()
        } else {
            Vec::new()
        };
        let reply = (self.door)(&Batch {
            calls,
            released,
            deadline_millis: 0,
        });
        assert!(matches!(reply, Reply::Value(_)), "{reply:?}");
    }
}

/// Calls a second: one call a batch, and a thousand.
fn measure(name: &str, door: &Door<'_>) {
    let mut session = Session {
        door,
        last_id: 0,
        released: 0,
    };
    let mut count = 0_u64;
    let started = Instant::now();
    while started.elapsed() < MEASURED {
        let call = session.literal();
        session.make(vec![call]);
        count += 1;
    }
    report(name, "awaited", count, started);
    let mut count = 0_u64;
    let started = Instant::now();
    while started.elapsed() < MEASURED {
        // An expression of two calls, again and again: deep trees would measure their own dropping.
        let calls = (0..BATCH / 2)
            .flat_map(|_| [session.literal(), session.plus()])
            .collect();
        session.make(calls);
        count += BATCH as u64;
    }
    report(name, "batched", count, started);
}

fn report(name: &str, kind: &str, count: u64, started: Instant) {
    let rate = count as f64 / started.elapsed().as_secs_f64();
    println!("{name} {kind} {rate:.0} calls/s");
}

fn environments(gateway: &Gateway) {
    let door = InProcess::connect(gateway);
    let count = 2_000;
    let started = Instant::now();
    for number in 0..count {
        let id = number * 3 + 1;
        let settings = "org.apache.flink.table.api.EnvironmentSettings";
        let call = |target, method: &str, arguments, result| Call {
            target,
            method: method.to_owned(),
            arguments,
            result,
        };
        let reference = Value::Object(ObjectReference {
            id: id + 1,
            class: String::new(),
        });
        let reply = door.batch(
            Batch {
                calls: vec![
                    call(Target::Class(settings.to_owned()), "newInstance", vec![], id),
                    call(Target::Object(id), "build", vec![], id + 1),
                    call(
                        Target::Class("org.apache.flink.table.api.TableEnvironment".to_owned()),
                        "create",
                        vec![reference],
                        id + 2,
                    ),
                ],
                released: Vec::new(),
                deadline_millis: 0,
            },
            &mut || true,
        );
        assert!(matches!(reply, Reply::Value(_)), "{reply:?}");
    }
    let micros = started.elapsed().as_secs_f64() * 1e6 / count as f64;
    println!("in-process TableEnvironment {micros:.1} µs");
}

fn main() {
    let gateway = Arc::new(Gateway::new(None));
    let in_process = InProcess::connect(&gateway);
    measure("in-process", &|batch| {
        in_process.batch(batch.clone(), &mut || true)
    });
    environments(&gateway);
    let folder = tempfile::tempdir().unwrap();
    let options = ServeOptions {
        unix: Some(folder.path().join("gateway")),
        ..ServeOptions::default()
    };
    let serving = serve(Arc::clone(&gateway), options).unwrap();
    for address in serving.addresses() {
        let name = match address {
            Address::Tcp { .. } => "tcp",
            Address::Unix(_) => "unix",
        };
        let options = ClientOptions {
            token: serving.token().map(str::to_owned),
            ..ClientOptions::default()
        };
        let client = Client::connect(address, &options).unwrap();
        measure(name, &|batch| client.batch(batch, &mut || true).unwrap());
    }
}
