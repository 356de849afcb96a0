//! The listening doors, with the client of the protocol crate.

use std::sync::Arc;
use std::time::{Duration, Instant};

use nutkin_gateway::door::Limits;
use nutkin_gateway::serve::{ServeOptions, Serving, serve};
use nutkin_protocol::client::{Client, ClientError, ClientOptions};
use nutkin_protocol::frame::FrameError;
use nutkin_protocol::{Address, Value};

use crate::support::{COUNTER, alive, calls, error, eventually, gateway, new, on_object, value};

fn serve_both(limits: Limits) -> (Serving, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let options = ServeOptions {
        unix: Some(folder.path().join("gateway.sock")),
        token: Some("secret".to_owned()),
        limits,
        ..ServeOptions::default()
    };
    (serve(gateway(), options).unwrap(), folder)
}

fn with_token(token: Option<&str>) -> ClientOptions {
    ClientOptions {
        token: token.map(str::to_owned),
        ..ClientOptions::default()
    }
}

fn connect(serving: &Serving, address: usize) -> Client {
    Client::connect(&serving.addresses()[address], &with_token(Some("secret"))).unwrap()
}

#[test]
fn both_doors_serve_the_same_calls() {
    let (serving, _folder) = serve_both(Limits::default());
    for address in serving.addresses() {
        let client = Client::connect(address, &with_token(serving.token())).unwrap();
        assert!(
            client.server_identity().starts_with("nutkin "),
            "{}",
            client.server_identity()
        );
        let batch = calls(vec![
            new(COUNTER, "doors", 1),
            on_object(1, "add", vec![Value::Long(7)], 2),
            on_object(2, "get", vec![], 3),
        ]);
        assert_eq!(value(client.batch(&batch, &mut || true).unwrap()), Value::Long(7));
        let batch = calls(vec![on_object(1, "fail", vec![], 4)]);
        let (_, failure) = error(client.batch(&batch, &mut || true).unwrap());
        assert_eq!(failure.hint.as_deref(), Some("do not ask"));
        assert!(client.ping(Duration::from_secs(5)).unwrap() < Duration::from_secs(5));
        // Larger than what the reader makes room for at once.
        let bytes = vec![42; 3_000_000];
        let batch = calls(vec![on_object(1, "echo", vec![Value::Bytes(bytes.clone())], 5)]);
        assert_eq!(
            value(client.batch(&batch, &mut || true).unwrap()),
            Value::Bytes(bytes)
        );
        client.release(&[1, 2]).unwrap();
        assert!(eventually(|| alive("doors") == 0));
    }
}

#[test]
fn tcp_needs_the_token() {
    let (serving, _folder) = serve_both(Limits::default());
    let Address::Tcp { port, .. } = serving.addresses()[0] else {
        panic!("the TCP door comes first");
    };
    assert_ne!(port, 0);
    for (token, message) in [
        (
            Some("Secret"),
            "the gateway refused the connection: the token is wrong",
        ),
        (None, "the gateway refused the connection: a token is needed"),
    ] {
        let refusal = Client::connect(&serving.addresses()[0], &with_token(token)).unwrap_err();
        assert_eq!(refusal.to_string(), message);
        let error = refusal.to_error_value();
        assert_eq!(error.class, "java.io.IOException");
        assert!(error.hint.unwrap().contains("token"));
        assert_eq!(error.cause.unwrap().class, "java.lang.SecurityException");
    }
    // The Unix socket knows its peer by the user.
    Client::connect(&serving.addresses()[1], &with_token(None)).unwrap();
}

#[test]
fn a_token_is_made_if_none_is_given() {
    let tokens: Vec<String> = (0..2)
        .map(|_| {
            let serving = serve(gateway(), ServeOptions::default()).unwrap();
            Client::connect(&serving.addresses()[0], &with_token(serving.token())).unwrap();
            serving.token().unwrap().to_owned()
        })
        .collect();
    assert_eq!(tokens[0].len(), 32);
    assert_ne!(tokens[0], tokens[1]);
}

#[test]
fn connections_are_sessions() {
    let (serving, _folder) = serve_both(Limits::default());
    let first = connect(&serving, 0);
    let second = connect(&serving, 1);
    assert_ne!(first.session(), second.session());
    first
        .batch(&calls(vec![new(COUNTER, "connections", 1)]), &mut || true)
        .unwrap();
    let (_, failure) = error(
        second
            .batch(&calls(vec![on_object(1, "get", vec![], 2)]), &mut || true)
            .unwrap(),
    );
    assert_eq!(failure.message, "There is no object 1 in this session.");
    assert_eq!(alive("connections"), 1);
    drop(first);
    assert!(eventually(|| alive("connections") == 0));
}

#[test]
fn a_waiting_call_does_not_hold_up_others_and_can_be_cancelled() {
    let (serving, _folder) = serve_both(Limits::default());
    let client = Arc::new(connect(&serving, 0));
    client
        .batch(&calls(vec![new(COUNTER, "cancel", 1)]), &mut || true)
        .unwrap();
    let waiting = Arc::clone(&client);
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let thread = std::thread::spawn(move || {
        let batch = calls(vec![on_object(1, "sleepUntilInterrupted", vec![], 2)]);
        waiting.batch(&batch, &mut || stopped.try_recv().is_err())
    });
    for result in 10..20 {
        let reply = client
            .batch(&calls(vec![on_object(1, "get", vec![], result)]), &mut || true)
            .unwrap();
        assert_eq!(value(reply), Value::Long(0));
    }
    let started = Instant::now();
    stop.send(()).unwrap();
    assert!(matches!(thread.join().unwrap(), Err(ClientError::Interrupted)));
    assert!(
        started.elapsed() < Duration::from_secs(1),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_deadline_cancels_the_batch() {
    let (serving, _folder) = serve_both(Limits::default());
    let options = ClientOptions {
        deadline: Some(Duration::from_millis(150)),
        ..with_token(Some("secret"))
    };
    let client = Client::connect(&serving.addresses()[0], &options).unwrap();
    client
        .batch(&calls(vec![new(COUNTER, "deadline", 1)]), &mut || true)
        .unwrap();
    let batch = calls(vec![on_object(1, "sleepUntilInterrupted", vec![], 2)]);
    let error = client.batch(&batch, &mut || true).unwrap_err();
    assert!(matches!(error, ClientError::DeadlineExceeded), "{error}");
    // The connection is still good.
    let reply = client
        .batch(&calls(vec![on_object(1, "get", vec![], 3)]), &mut || true)
        .unwrap();
    assert_eq!(value(reply), Value::Long(0));
}

#[test]
fn a_dropped_connection_interrupts_its_calls_and_frees_its_objects() {
    let (serving, _folder) = serve_both(Limits::default());
    let client = Arc::new(connect(&serving, 1));
    client
        .batch(&calls(vec![new(COUNTER, "dropped", 1)]), &mut || true)
        .unwrap();
    let waiting = Arc::clone(&client);
    let thread = std::thread::spawn(move || {
        waiting.batch(
            &calls(vec![on_object(1, "sleepUntilInterrupted", vec![], 2)]),
            &mut || true,
        )
    });
    std::thread::sleep(Duration::from_millis(100));
    client.close();
    assert!(matches!(thread.join().unwrap(), Err(ClientError::Closed { .. })));
    assert!(eventually(|| alive("dropped") == 0));
    let error = client.batch(&calls(vec![]), &mut || true).unwrap_err();
    assert!(matches!(error, ClientError::Closed { .. }), "{error}");
}

#[test]
fn limits_are_kept_by_both_sides() {
    let (serving, _folder) = serve_both(Limits {
        maximum_frame_bytes: 100_000,
        maximum_batches: 2,
        ..Limits::default()
    });
    let client = Arc::new(connect(&serving, 0));
    client
        .batch(&calls(vec![new(COUNTER, "limits", 1)]), &mut || true)
        .unwrap();
    // The client knows the server's limit and does not send what is too long.
    let batch = calls(vec![on_object(
        1,
        "echo",
        vec![Value::Bytes(vec![0; 100_000])],
        2,
    )]);
    let error = client.batch(&batch, &mut || true).unwrap_err();
    assert!(
        matches!(
            error,
            ClientError::Frame(FrameError::TooLong { limit: 100_000, .. })
        ),
        "{error}"
    );
    // It waits for room when as many batches are in flight as the server takes.
    let waiters: Vec<_> = (0..2)
        .map(|number| {
            let client = Arc::clone(&client);
            std::thread::spawn(move || {
                let started = Instant::now();
                let batch = calls(vec![on_object(1, "sleepUntilInterrupted", vec![], 10 + number)]);
                client.batch(&batch, &mut || started.elapsed() < Duration::from_millis(300))
            })
        })
        .collect();
    std::thread::sleep(Duration::from_millis(100));
    let started = Instant::now();
    let reply = client
        .batch(&calls(vec![on_object(1, "get", vec![], 20)]), &mut || true)
        .unwrap();
    assert_eq!(value(reply), Value::Long(0));
    assert!(
        started.elapsed() >= Duration::from_millis(100),
        "{:?}",
        started.elapsed()
    );
    for waiter in waiters {
        assert!(matches!(waiter.join().unwrap(), Err(ClientError::Interrupted)));
    }
    // The server refuses a reply that the client would not take.
    let small = ClientOptions {
        maximum_frame_bytes: 20_000,
        ..with_token(Some("secret"))
    };
    let client = Client::connect(&serving.addresses()[0], &small).unwrap();
    client
        .batch(&calls(vec![new(COUNTER, "limits", 1)]), &mut || true)
        .unwrap();
    let batch = calls(vec![on_object(1, "echo", vec![Value::Bytes(vec![0; 50_000])], 2)]);
    let (_, failure) = crate::support::error(client.batch(&batch, &mut || true).unwrap());
    assert!(
        failure
            .message
            .starts_with("the reply cannot be sent: a frame of 50"),
        "{}",
        failure.message
    );
}

#[test]
fn shutdown_says_goodbye_and_frees_the_addresses() {
    let (serving, _folder) = serve_both(Limits::default());
    let addresses = serving.addresses().to_vec();
    let client = connect(&serving, 0);
    let handle = serving.shutdown_handle();
    assert!(!serving.wait(Duration::from_millis(10)));
    handle.shutdown();
    assert!(serving.wait(Duration::from_secs(5)));
    drop(serving);
    let error = client.batch(&calls(vec![]), &mut || true).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the connection to the gateway was closed: the gateway is shutting down"
    );
    for address in &addresses {
        let error = Client::connect(address, &with_token(Some("secret"))).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with(&format!("cannot connect to the gateway at {address}: "))
        );
        assert!(error.to_error_value().hint.unwrap().contains("nutkin serve"));
    }
}

#[test]
fn addresses_that_are_taken_are_named() {
    let (serving, folder) = serve_both(Limits::default());
    let Address::Tcp { port, .. } = serving.addresses()[0] else {
        panic!("the TCP door comes first");
    };
    let options = ServeOptions {
        tcp: Some(("127.0.0.1".to_owned(), port)),
        ..ServeOptions::default()
    };
    let error = serve(gateway(), options).err().unwrap();
    assert!(
        error
            .to_string()
            .starts_with(&format!("cannot listen on tcp://127.0.0.1:{port}: ")),
        "{error}"
    );
    let path = folder.path().join("gateway.sock");
    let unix = ServeOptions {
        tcp: None,
        unix: Some(path.clone()),
        ..ServeOptions::default()
    };
    let error = serve(gateway(), unix.clone()).err().unwrap();
    assert!(
        error
            .to_string()
            .starts_with(&format!("cannot listen on unix:{}: ", path.display())),
        "{error}"
    );
    // A socket that nobody listens on any more is replaced; a file of another kind is not.
    let stale = folder.path().join("stale.sock");
    drop(std::os::unix::net::UnixListener::bind(&stale).unwrap());
    let options = |path: &std::path::Path| ServeOptions {
        unix: Some(path.to_path_buf()),
        ..unix.clone()
    };
    assert!(serve(gateway(), options(&stale)).is_ok());
    let file = folder.path().join("file");
    std::fs::write(&file, "precious").unwrap();
    assert!(serve(gateway(), options(&file)).is_err());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
}
