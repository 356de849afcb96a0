//! Bytes worked out by hand from the specification in the module documentation.

use nutkin_protocol::codec;
use nutkin_protocol::frame::{Frame, FrameKind};
use nutkin_protocol::{Batch, Call, ErrorValue, ObjectReference, Properties, Reply, Target, Value};

#[test]
fn a_batch_frame() {
    let batch = Batch {
        calls: vec![Call {
            target: Target::Object(300),
            method: "select".to_owned(),
            arguments: vec![
                Value::List(vec![Value::Int(-3), Value::Boolean(true)]),
                Value::Null,
            ],
            result: 5,
        }],
        released: vec![250, 251],
        deadline_millis: 3000,
    };
    let payload = codec::encode(&batch).unwrap();
    let expected: &[u8] = &[
        1, // one call
        0, // Target::Object
        251, 0x2c, 0x01, // 300
        6, b's', b'e', b'l', b'e', b'c', b't', // method
        2,    // two arguments
        13, 2, // a list of two
        2, 5, // Int, -3 as zigzag
        1, 1, // Boolean, true
        0, // Null
        5, // result
        2, // two released
        250, 251, 251, 0, // 250 is one byte, 251 is three
        251, 0xb8, 0x0b, // 3000 milliseconds
    ];
    assert_eq!(payload, expected);

    let mut wire = Vec::new();
    Frame::new(FrameKind::Batch, 0x0102, payload)
        .write(&mut wire, 1000)
        .unwrap();
    let length = u8::try_from(9 + expected.len()).unwrap();
    assert_eq!(wire[..13], [length, 0, 0, 0, 3, 0x02, 0x01, 0, 0, 0, 0, 0, 0]);
    assert_eq!(&wire[13..], expected);
}

#[test]
fn replies() {
    let value = Reply::Value(Value::Object(ObjectReference {
        id: 1,
        class: "A".to_owned(),
    }));
    assert_eq!(codec::encode(&value).unwrap(), [0, 15, 1, 1, b'A']);
    let error = Reply::Error {
        call: 2,
        error: Box::new(ErrorValue::new("C", "m").with_hint("h")),
    };
    assert_eq!(
        codec::encode(&error).unwrap(),
        [1, 2, 1, b'C', 1, b'm', 1, 1, b'h', 0, 0]
    );
}

#[test]
fn numbers_texts_and_bytes() {
    let cases: [(Value, &[u8]); 6] = [
        (
            Value::Long(i64::MIN),
            &[3, 253, 255, 255, 255, 255, 255, 255, 255, 255],
        ),
        (Value::Double(1.0), &[4, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]),
        (Value::String("é".to_owned()), &[6, 2, 0xc3, 0xa9]),
        (Value::Bytes(vec![0, 255]), &[7, 2, 0, 255]),
        (Value::Map(vec![(Value::Null, Value::Date(1))]), &[14, 1, 0, 8, 2]),
        (Value::Arrow(vec![9]), &[16, 1, 9]),
    ];
    for (value, expected) in cases {
        assert_eq!(codec::encode(&value).unwrap(), expected);
        assert_eq!(codec::decode::<Value>(expected).unwrap(), value);
    }
}

#[test]
fn properties_are_pairs_of_texts() {
    let properties = Properties::default().with("a", 12).with("b", "x");
    assert_eq!(
        codec::encode(&properties).unwrap(),
        [2, 1, b'a', 2, b'1', b'2', 1, b'b', 1, b'x']
    );
    assert_eq!(properties.number("a"), Some(12));
    assert_eq!(properties.number("b"), None);
    assert_eq!(properties.get("c"), None);
}
