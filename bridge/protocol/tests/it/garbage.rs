//! Truncated, oversized and random input ends in an error, never in a panic or a large allocation.

use nutkin_protocol::codec::{self, CodecError};
use nutkin_protocol::frame::{Frame, FrameError, FrameKind, HEADER_BYTES, Header};
use nutkin_protocol::{Batch, ErrorValue, Hello, MAXIMUM_NESTING, Reply, Value};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::strategy;

proptest! {
    #[test]
    fn random_payloads_decode_or_fail(bytes in vec(any::<u8>(), 0..300)) {
        // Decoding ends and what was decoded can be encoded again.
        if let Ok(batch) = codec::decode::<Batch>(&bytes) {
            prop_assert!(codec::encode(&batch).is_ok());
        }
        if let Ok(reply) = codec::decode::<Reply>(&bytes) {
            prop_assert!(codec::encode(&reply).is_ok());
        }
        if let Ok(hello) = codec::decode::<Hello>(&bytes) {
            prop_assert!(codec::encode(&hello).is_ok());
        }
    }

    #[test]
    fn every_cut_of_a_batch_is_an_error(batch in strategy::batch(), cut in any::<prop::sample::Index>()) {
        let payload = codec::encode(&batch).unwrap();
        let cut = cut.index(payload.len());
        prop_assert!(codec::decode::<Batch>(&payload[..cut]).is_err());
    }

    #[test]
    fn every_cut_of_a_frame_is_an_error(payload in vec(any::<u8>(), 0..50), cut in any::<prop::sample::Index>()) {
        let mut wire = Vec::new();
        Frame::new(FrameKind::Batch, 7, payload).write(&mut wire, 1000).unwrap();
        let cut = cut.index(wire.len());
        let read = Frame::read(&mut &wire[..cut], 1000);
        if cut == 0 {
            prop_assert!(matches!(read, Err(FrameError::Closed)));
        } else {
            prop_assert!(matches!(read, Err(FrameError::Truncated)));
        }
    }
}

#[test]
fn lengths_outside_the_limits_are_refused_from_the_header_alone() {
    let header = |length: u32| {
        let mut bytes = [0; HEADER_BYTES];
        bytes[..4].copy_from_slice(&length.to_le_bytes());
        bytes
    };
    assert!(matches!(
        Header::decode(&header(8), 100),
        Err(FrameError::TooShort { length: 8 })
    ));
    assert_eq!(Header::decode(&header(9), 100).unwrap().payload_bytes, 0);
    assert_eq!(Header::decode(&header(100), 100).unwrap().payload_bytes, 91);
    assert!(matches!(
        Header::decode(&header(u32::MAX), 100),
        Err(FrameError::TooLong {
            length: 0xffff_ffff,
            limit: 100
        })
    ));
    let frame = Frame::new(FrameKind::Batch, 1, vec![0; 92]);
    let mut wire = Vec::new();
    assert!(matches!(
        frame.write(&mut wire, 100),
        Err(FrameError::TooLong {
            length: 101,
            limit: 100
        })
    ));
    assert!(wire.is_empty());
}

#[test]
fn a_text_that_claims_more_than_arrived_is_refused() {
    // Variant 6 is a string; 253 announces a length of eight bytes.
    for length in [1 << 20, 1 << 40, u64::MAX] {
        let mut payload = vec![6, 253];
        payload.extend_from_slice(&length.to_le_bytes());
        assert!(matches!(
            codec::decode::<Value>(&payload),
            Err(CodecError::Decode(_))
        ));
        // Variant 7 is bytes, 13 a list.
        for variant in [7, 13] {
            payload[0] = variant;
            assert!(matches!(
                codec::decode::<Value>(&payload),
                Err(CodecError::Decode(_))
            ));
        }
    }
}

#[test]
fn nesting_is_bounded() {
    let nested = |levels: usize| {
        // Each level is a list of one element; the innermost value is null.
        let mut payload = [13, 1].repeat(levels);
        payload.push(0);
        payload
    };
    assert!(codec::decode::<Value>(&nested(MAXIMUM_NESTING)).is_ok());
    let error = codec::decode::<Value>(&nested(MAXIMUM_NESTING + 1)).unwrap_err();
    assert!(
        error.to_string().contains("nest deeper than 64 levels"),
        "{error}"
    );
    assert!(codec::decode::<Value>(&nested(1_000_000)).is_err());
    // The bound holds for the next message as well: a failure leaves nothing behind.
    assert!(codec::decode::<Value>(&nested(MAXIMUM_NESTING)).is_ok());

    // An error: empty class and message, no hint, no traceback, a cause.
    let chain = [0, 0, 0, 0, 1].repeat(1_000_000);
    assert!(codec::decode::<ErrorValue>(&chain).is_err());
}

#[test]
fn bytes_after_the_message_are_an_error() {
    let mut payload = codec::encode(&Value::Int(5)).unwrap();
    payload.extend_from_slice(&[1, 2]);
    assert!(matches!(
        codec::decode::<Value>(&payload),
        Err(CodecError::Trailing(2))
    ));
}

#[test]
fn unknown_kinds_have_no_meaning() {
    for kind in 1..=15 {
        assert_eq!(FrameKind::from_byte(kind).unwrap() as u8, kind);
    }
    assert_eq!(FrameKind::from_byte(0), None);
    assert_eq!(FrameKind::from_byte(16), None);
    assert_eq!(FrameKind::from_byte(255), None);
}
