//! What the gateway asks its clients while it works on their batches.

use nutkin_gateway::door::{InProcess, Limits};
use nutkin_gateway::serve::{ServeOptions, serve};
use nutkin_protocol::client::{Caller, Client, ClientOptions};
use nutkin_protocol::{Batch, Callback, ErrorValue, ObjectId, Reply, Value};

use crate::support::{COUNTER, calls, error, gateway, new, on_object, value};

/// Answers a question of depth n by asking again with depth n - 1, and the last one by its calls so far.
struct Answering<'a> {
    batch: &'a dyn Fn(Batch, &mut dyn Caller) -> Reply,
    next_id: ObjectId,
    asked: Vec<String>,
}

impl Caller for Answering<'_> {
    fn go_on(&mut self) -> bool {
        true
    }

    fn call_back(&mut self, callback: Callback) -> Reply {
        assert_eq!(callback.function, "answer");
        let [Value::String(question)] = callback.arguments.as_slice() else {
            panic!("{callback:?}");
        };
        self.asked.push(question.clone());
        let depth: u32 = match question.parse() {
            Ok(depth) => depth,
            Err(_) => {
                return Reply::Error {
                    call: 0,
                    error: Box::new(ErrorValue::new("a.b.NoAnswer", "nobody knows").with_hint("ask less")),
                };
            }
        };
        if depth == 0 {
            return Reply::Value(Value::String(format!("asked {}", self.asked.join(","))));
        }
        self.next_id += 1;
        let question = Value::String((depth - 1).to_string());
        let batch = self.batch;
        batch(
            calls(vec![on_object(1, "ask", vec![question], self.next_id)]),
            self,
        )
    }
}

fn asks(batch: &dyn Fn(Batch, &mut dyn Caller) -> Reply) {
    let mut caller = Answering {
        batch,
        next_id: 100,
        asked: Vec::new(),
    };
    let ask = |text: &str, id| {
        calls(vec![on_object(
            1,
            "ask",
            vec![Value::String(text.to_owned())],
            id,
        )])
    };
    value(batch(calls(vec![new(COUNTER, "callbacks", 1)]), &mut || true));
    // Three deep, each level a batch inside the answer to the one around it.
    assert_eq!(
        value(batch(ask("3", 2), &mut caller)),
        Value::String("asked 3,2,1,0".to_owned())
    );
    // The client's error arrives as it is.
    let (call, failure) = error(batch(ask("why?", 3), &mut caller));
    assert_eq!(call, 0);
    assert_eq!(
        failure,
        ErrorValue::new("a.b.NoAnswer", "nobody knows").with_hint("ask less")
    );
    // A client without answers says so, and the session goes on.
    let (_, failure) = error(batch(ask("0", 4), &mut || true));
    assert_eq!(
        failure.message,
        "this client does not answer the callback 'answer'"
    );
    assert_eq!(
        value(batch(calls(vec![on_object(1, "get", vec![], 5)]), &mut || true)),
        Value::Long(0)
    );
}

#[test]
fn in_process() {
    let door = InProcess::connect(&gateway());
    asks(&|batch, caller| door.batch(batch, caller));
}

#[test]
fn over_a_connection() {
    let options = ServeOptions {
        limits: Limits::default(),
        ..ServeOptions::default()
    };
    let serving = serve(gateway(), options).unwrap();
    let client = Client::connect(
        &serving.addresses()[0],
        &ClientOptions {
            token: serving.token().map(str::to_owned),
            ..ClientOptions::default()
        },
    )
    .unwrap();
    asks(&|batch, caller| client.batch(&batch, caller).unwrap());
}

#[test]
fn a_client_that_never_answers_can_still_give_up() {
    struct Silent;
    impl Caller for Silent {
        fn go_on(&mut self) -> bool {
            true
        }
        fn call_back(&mut self, _: Callback) -> Reply {
            // Longer than the deadline of the batch; the reply comes too late to matter.
            std::thread::sleep(std::time::Duration::from_millis(400));
            Reply::Value(Value::Null)
        }
    }
    let serving = serve(gateway(), ServeOptions::default()).unwrap();
    let client = Client::connect(
        &serving.addresses()[0],
        &ClientOptions {
            token: serving.token().map(str::to_owned),
            ..ClientOptions::default()
        },
    )
    .unwrap();
    value(
        client
            .batch(&calls(vec![new(COUNTER, "silent", 1)]), &mut || true)
            .unwrap(),
    );
    let batch = Batch {
        deadline_millis: 100,
        ..calls(vec![on_object(1, "ask", vec![Value::String("?".to_owned())], 2)])
    };
    let (_, failure) = error(client.batch(&batch, &mut Silent).unwrap());
    assert_eq!(failure.class, "java.util.concurrent.TimeoutException");
    assert_eq!(failure.message, "The batch was not done within 100 ms.");
}

#[test]
fn a_deadline_ends_a_call_that_waits() {
    let serving = serve(gateway(), ServeOptions::default()).unwrap();
    let client = Client::connect(
        &serving.addresses()[0],
        &ClientOptions {
            token: serving.token().map(str::to_owned),
            ..ClientOptions::default()
        },
    )
    .unwrap();
    value(
        client
            .batch(&calls(vec![new(COUNTER, "deadline of a batch", 1)]), &mut || true)
            .unwrap(),
    );
    let batch = Batch {
        deadline_millis: 80,
        ..calls(vec![on_object(1, "sleepUntilInterrupted", vec![], 2)])
    };
    let started = std::time::Instant::now();
    let (_, failure) = error(client.batch(&batch, &mut || true).unwrap());
    assert_eq!(failure.class, "java.util.concurrent.TimeoutException");
    assert!(started.elapsed() >= std::time::Duration::from_millis(80));
}
