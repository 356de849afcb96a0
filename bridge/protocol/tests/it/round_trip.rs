//! What is written is read.

use nutkin_protocol::Value;
use nutkin_protocol::codec;
use nutkin_protocol::frame::{DEFAULT_MAXIMUM_FRAME_BYTES, Frame, FrameError};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::strategy;

proptest! {
    #[test]
    fn batches(batch in strategy::batch()) {
        let payload = codec::encode(&batch).unwrap();
        prop_assert_eq!(codec::decode::<nutkin_protocol::Batch>(&payload).unwrap(), batch);
    }

    #[test]
    fn replies(reply in strategy::reply()) {
        let payload = codec::encode(&reply).unwrap();
        prop_assert_eq!(codec::decode::<nutkin_protocol::Reply>(&payload).unwrap(), reply);
    }

    #[test]
    fn frames_of_any_kind_one_after_another(
        frames in vec((any::<u8>(), any::<u64>(), vec(any::<u8>(), 0..500)), 0..8)
    ) {
        let frames: Vec<Frame> = frames
            .into_iter()
            .map(|(kind, request_id, payload)| Frame { kind, request_id, payload })
            .collect();
        let mut wire = Vec::new();
        for frame in &frames {
            frame.write(&mut wire, DEFAULT_MAXIMUM_FRAME_BYTES).unwrap();
        }
        let mut reader = wire.as_slice();
        for frame in &frames {
            prop_assert_eq!(&Frame::read(&mut reader, DEFAULT_MAXIMUM_FRAME_BYTES).unwrap(), frame);
        }
        let end = Frame::read(&mut reader, DEFAULT_MAXIMUM_FRAME_BYTES);
        prop_assert!(matches!(end, Err(FrameError::Closed)));
    }
}

#[test]
fn the_bits_of_a_nan_survive() {
    let bits = 0x7ff8_0000_dead_beef;
    let payload = codec::encode(&Value::Double(f64::from_bits(bits))).unwrap();
    let Value::Double(number) = codec::decode(&payload).unwrap() else {
        panic!("not a double");
    };
    assert_eq!(number.to_bits(), bits);
}

#[test]
fn large_payloads_of_every_decoding_step() {
    for length in [0, 1, 1000, 1025, 70_000, 5_000_000] {
        let value = Value::Bytes(vec![7; length]);
        let payload = codec::encode(&value).unwrap();
        assert_eq!(codec::decode::<Value>(&payload).unwrap(), value);
        // The densest claim on the decoder's bound: integers of one byte each.
        let list = Value::List(vec![Value::Long(1); length / 10]);
        let payload = codec::encode(&list).unwrap();
        assert_eq!(codec::decode::<Value>(&payload).unwrap(), list);
    }
}
