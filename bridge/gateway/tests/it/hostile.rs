//! Peers that do not keep to the protocol, on a bare socket.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use nutkin_gateway::door::Limits;
use nutkin_gateway::serve::{ServeOptions, Serving, serve};
use nutkin_protocol::frame::{Frame, FrameKind, PREFACE};
use nutkin_protocol::{Address, ErrorValue, Hello, PROTOCOL_VERSION, Properties, Reply, Value, codec};

use crate::support::{COUNTER, alive, calls, error, eventually, gateway, new, on_object, value};

const LIMIT: u32 = 1_000_000;

fn serving() -> Serving {
    let options = ServeOptions {
        token: Some("secret".to_owned()),
        limits: Limits {
            maximum_frame_bytes: LIMIT,
            maximum_batches: 2,
            hello_timeout: Duration::from_millis(300),
            ..Limits::default()
        },
        ..ServeOptions::default()
    };
    serve(gateway(), options).unwrap()
}

fn socket(serving: &Serving) -> TcpStream {
    let Address::Tcp { host, port } = &serving.addresses()[0] else {
        panic!("the TCP door comes first");
    };
    let stream = TcpStream::connect((host.as_str(), *port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream
}

fn hello(oldest_version: u16, newest_version: u16, token: &str) -> Frame {
    let hello = Hello {
        oldest_version,
        newest_version,
        properties: Properties::default()
            .with(Properties::TOKEN, token)
            .with("of-a-later-version", "x"),
    };
    Frame::new(FrameKind::Hello, 0, codec::encode(&hello).unwrap())
}

fn greeted(serving: &Serving) -> TcpStream {
    let mut stream = socket(serving);
    stream.write_all(&PREFACE).unwrap();
    send(
        &mut stream,
        &hello(PROTOCOL_VERSION, PROTOCOL_VERSION + 5, "secret"),
    );
    let answer = receive(&mut stream);
    assert_eq!(answer.kind, FrameKind::HelloAcknowledgement as u8);
    stream
}

fn send(stream: &mut TcpStream, frame: &Frame) {
    frame.write(stream, u32::MAX).unwrap();
}

fn receive(stream: &mut TcpStream) -> Frame {
    Frame::read(stream, u32::MAX).unwrap()
}

fn batch(request_id: u64, list: Vec<nutkin_protocol::Call>) -> Frame {
    Frame::new(FrameKind::Batch, request_id, codec::encode(&calls(list)).unwrap())
}

fn reply(frame: &Frame) -> Reply {
    assert_eq!(frame.kind, FrameKind::Reply as u8);
    codec::decode(&frame.payload).unwrap()
}

/// The next frame is a goodbye with this message, and then the connection is closed.
#[track_caller]
fn expect_goodbye(stream: &mut TcpStream, message: &str) {
    let frame = receive(stream);
    assert_eq!(frame.kind, FrameKind::Goodbye as u8);
    let reason: Option<ErrorValue> = codec::decode(&frame.payload).unwrap();
    let reason = reason.unwrap();
    assert!(reason.message.contains(message), "{}", reason.message);
    expect_closed(stream);
}

#[track_caller]
fn expect_closed(stream: &mut TcpStream) {
    let mut rest = Vec::new();
    // A reset is an end as well: the server closed while bytes were under way to it.
    if stream.read_to_end(&mut rest).is_ok() {
        assert!(rest.is_empty());
    }
}

#[test]
fn other_protocols_and_versions_are_refused() {
    let serving = serving();
    let mut http = socket(&serving);
    http.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    expect_goodbye(&mut http, "does not speak the Nutkin protocol");

    let mut newer = socket(&serving);
    newer.write_all(&PREFACE).unwrap();
    send(
        &mut newer,
        &hello(PROTOCOL_VERSION + 1, PROTOCOL_VERSION + 2, "secret"),
    );
    expect_goodbye(
        &mut newer,
        "speaks version 1 of the Nutkin protocol; the client speaks 2 to 3",
    );

    let mut wrong = socket(&serving);
    wrong.write_all(&PREFACE).unwrap();
    send(&mut wrong, &hello(1, 1, "no"));
    expect_goodbye(&mut wrong, "the token is wrong");

    let mut early = socket(&serving);
    early.write_all(&PREFACE).unwrap();
    send(&mut early, &batch(1, vec![new(COUNTER, "early", 1)]));
    expect_goodbye(&mut early, "a frame of kind 3 came before the hello");
    assert_eq!(alive("early"), 0);

    let mut long = socket(&serving);
    long.write_all(&PREFACE).unwrap();
    send(&mut long, &Frame::new(FrameKind::Hello, 0, vec![0; 20_000]));
    expect_goodbye(&mut long, "longer than the limit of 16384 bytes");
}

#[test]
fn a_peer_that_does_not_say_hello_is_dropped() {
    let serving = serving();
    let started = Instant::now();
    let mut silent = socket(&serving);
    silent.write_all(&PREFACE[..3]).unwrap();
    expect_closed(&mut silent);
    assert!(
        started.elapsed() < Duration::from_secs(4),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn unknown_kinds_are_skipped() {
    let serving = serving();
    let mut stream = greeted(&serving);
    for kind in [0, 16, 200, 255] {
        let frame = Frame {
            kind,
            request_id: 5,
            payload: vec![1, 2, 3],
        };
        send(&mut stream, &frame);
    }
    send(&mut stream, &Frame::new(FrameKind::Ping, 7, vec![1, 2]));
    assert_eq!(receive(&mut stream), Frame::new(FrameKind::Pong, 7, vec![1, 2]));
}

#[test]
fn garbage_ends_the_connection_and_its_session() {
    let serving = serving();
    let start = |label: &str| {
        let mut stream = greeted(&serving);
        send(&mut stream, &batch(1, vec![new(COUNTER, label, 1)]));
        value(reply(&receive(&mut stream)));
        assert_eq!(alive(label), 1);
        stream
    };
    let mut garbage = start("garbage");
    send(&mut garbage, &Frame::new(FrameKind::Batch, 2, vec![255; 40]));
    expect_goodbye(&mut garbage, "a frame of kind 3: cannot decode");
    assert!(eventually(|| alive("garbage") == 0));

    let mut oversized = start("oversized");
    oversized.write_all(&u32::MAX.to_le_bytes()).unwrap();
    oversized.write_all(&[3; 9]).unwrap();
    expect_goodbye(&mut oversized, "longer than the limit of 1000000 bytes");
    assert!(eventually(|| alive("oversized") == 0));

    let mut server_kind = start("server kind");
    send(&mut server_kind, &Frame::new(FrameKind::Reply, 1, vec![]));
    expect_goodbye(&mut server_kind, "a frame of kind 4 has no place here");

    let truncated = start("truncated");
    let mut cut = &truncated;
    cut.write_all(&[100, 0, 0, 0, 3]).unwrap();
    drop(truncated);
    assert!(eventually(|| alive("truncated") == 0));
}

#[test]
fn more_batches_than_allowed_are_answered_with_an_error() {
    let serving = serving();
    let mut stream = greeted(&serving);
    send(&mut stream, &batch(1, vec![new(COUNTER, "too many", 1)]));
    value(reply(&receive(&mut stream)));
    for request_id in 2..=4 {
        send(
            &mut stream,
            &batch(
                request_id,
                vec![on_object(1, "sleepUntilInterrupted", vec![], request_id)],
            ),
        );
    }
    let refused = receive(&mut stream);
    assert_eq!(refused.request_id, 4);
    let (_, failure) = error(reply(&refused));
    assert_eq!(failure.class, "java.util.concurrent.RejectedExecutionException");
    assert_eq!(
        failure.message,
        "The connection has 2 batches in flight, which is the limit."
    );
    // Cancelling one gives its reply, and room.
    send(&mut stream, &Frame::new(FrameKind::Cancel, 3, vec![]));
    let cancelled = receive(&mut stream);
    assert_eq!(cancelled.request_id, 3);
    assert_eq!(error(reply(&cancelled)).1.class, "java.lang.InterruptedException");
    assert!(eventually(|| {
        send(&mut stream, &batch(5, vec![on_object(1, "get", vec![], 50)]));
        matches!(reply(&receive(&mut stream)), Reply::Value(Value::Long(0)))
    }));
}

#[test]
fn a_peer_that_stops_reading_is_dropped() {
    let options = ServeOptions {
        token: Some("secret".to_owned()),
        limits: Limits {
            write_timeout: Duration::from_millis(300),
            ..Limits::default()
        },
        ..ServeOptions::default()
    };
    let serving = serve(gateway(), options).unwrap();
    let mut stream = greeted(&serving);
    send(&mut stream, &batch(1, vec![new(COUNTER, "stops reading", 1)]));
    value(reply(&receive(&mut stream)));
    // 30 replies of 3 MB, more than the buffers of the sockets take; none of them is read.
    for request_id in 2..32 {
        let echo = on_object(1, "echo", vec![Value::Bytes(vec![1; 3_000_000])], request_id);
        if batch(request_id, vec![echo])
            .write(&mut stream, u32::MAX)
            .is_err()
        {
            break;
        }
    }
    assert!(eventually(|| alive("stops reading") == 0));
}
