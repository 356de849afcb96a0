//! The test vectors of the native protocol, which the decoder in plain Python passes as well.
//!
//! Each vector holds a message as JSON and its bytes, which were not made by this crate.

use std::path::Path;

use nutkin_protocol::client::ClientError;
use nutkin_protocol::frame::{Frame, HEADER_BYTES, Header};
use nutkin_protocol::{
    Batch, Callback, Credit, ErrorValue, Hello, HelloAcknowledgement, ObjectId, Open, Reply, Value, codec,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

fn vectors(section: &str) -> Vec<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/vectors.json");
    let text = std::fs::read_to_string(path).unwrap();
    let all: Json = serde_json::from_str(&text).unwrap();
    all[section].as_array().unwrap().clone()
}

fn bytes(vector: &Json, name: &str) -> Vec<u8> {
    let text = vector[name].as_str().unwrap();
    (0..text.len())
        .step_by(2)
        .map(|start| u8::from_str_radix(&text[start..start + 2], 16).unwrap())
        .collect()
}

/// Both ways, by the type of the message.
fn check<T: DeserializeOwned + Serialize>(vector: &Json) -> Result<(), ClientError> {
    let payload = bytes(vector, "bytes");
    let decoded: T = codec::decode(&payload)?;
    if vector["value"].is_null() && vector.get("value").is_none() {
        return Ok(());
    }
    // Compared as JSON, because a NaN is not equal to itself, nor 0.0 different from -0.0.
    assert_eq!(
        serde_json::to_value(&decoded).unwrap(),
        vector["value"],
        "{vector}"
    );
    let described: T = serde_json::from_value(vector["value"].clone()).unwrap();
    assert_eq!(codec::encode(&described)?, payload, "{vector}");
    Ok(())
}

fn check_message(vector: &Json) -> Result<(), ClientError> {
    match vector["message"].as_str().unwrap() {
        "Value" => check::<Value>(vector),
        "Hello" => check::<Hello>(vector),
        "HelloAcknowledgement" => check::<HelloAcknowledgement>(vector),
        "Batch" => check::<Batch>(vector),
        "Reply" | "CallbackReply" => check::<Reply>(vector),
        "Release" => check::<Vec<ObjectId>>(vector),
        "Goodbye" | "End" => check::<Option<ErrorValue>>(vector),
        "Open" => check::<Open>(vector),
        "Credit" => check::<Credit>(vector),
        "Callback" => check::<Callback>(vector),
        other => panic!("no message is called {other}"),
    }
}

#[test]
fn messages() {
    let vectors = vectors("messages");
    assert!(vectors.len() > 90);
    for vector in &vectors {
        check_message(vector).unwrap_or_else(|error| panic!("{vector}: {error}"));
    }
}

#[test]
fn invalid_messages() {
    for vector in &vectors("invalid") {
        assert!(check_message(vector).is_err(), "{vector}");
    }
}

#[test]
fn frames() {
    for vector in &vectors("frames") {
        let wire = bytes(vector, "bytes");
        let header: [u8; HEADER_BYTES] = wire[..HEADER_BYTES].try_into().unwrap();
        let header = Header::decode(&header, 1_000).unwrap();
        assert_eq!(u64::from(header.kind), vector["kind"].as_u64().unwrap());
        assert_eq!(
            header.request_id.to_string(),
            vector["request_id"].as_str().unwrap()
        );
        let frame = Frame::read(&mut wire.as_slice(), 1_000).unwrap();
        assert_eq!(frame.payload, bytes(vector, "payload"));
        let mut written = Vec::new();
        frame.write(&mut written, 1_000).unwrap();
        assert_eq!(written, wire);
    }
}

#[test]
fn nesting() {
    for vector in &vectors("nesting") {
        let decoded = codec::decode::<Value>(&bytes(vector, "bytes"));
        assert_eq!(decoded.is_ok(), vector["accepted"].as_bool().unwrap(), "{vector}");
    }
}
