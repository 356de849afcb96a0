use std::collections::HashMap;
use std::time::Duration;

use nutkin_engine::element::Element;
use nutkin_engine::exchange::{
    Envelope, ExchangeInput, HashPartitioner, InputEvent, MAX_PARALLELISM, Partitioner, channels,
};

use crate::kit::{chunk, show};

#[test]
fn equal_keys_meet_and_nothing_is_lost() {
    let mut text = "op k:STRING n:INT v:BIGINT\n".to_owned();
    for row in 0..500 {
        text.push_str(&format!("+I k{} {} {row}\n", row % 50, row % 2));
    }
    let rows = chunk(&text);
    for receivers in [1, 2, 3, 7, MAX_PARALLELISM] {
        let mut owner: HashMap<String, usize> = HashMap::new();
        let mut seen = Vec::new();
        // Two senders agree on the receiver of a key.
        for _ in 0..2 {
            let mut partitioner = HashPartitioner::new(vec![0, 1], receivers);
            for (receiver, part) in partitioner.split(rows.clone()).unwrap() {
                assert!(receiver < receivers);
                for line in show(&part) {
                    let key = line.rsplit_once(' ').unwrap().0.to_owned();
                    assert_eq!(*owner.entry(key).or_insert(receiver), receiver, "{line}");
                    seen.push(line);
                }
            }
        }
        let mut expected = [show(&rows), show(&rows)].concat();
        expected.sort();
        seen.sort();
        assert_eq!(seen, expected);
        let used: std::collections::HashSet<usize> = owner.values().copied().collect();
        assert!(receivers > 7 || used.len() == receivers, "{receivers}: {used:?}");
    }
}

fn poll(input: &mut ExchangeInput) -> InputEvent {
    input.poll(Duration::from_millis(200)).unwrap()
}

#[test]
fn small_chunks_are_gathered_but_not_the_first() {
    let (senders, receivers) = channels(1);
    let mut input = ExchangeInput::new(receivers[0].clone(), 2, true);
    let send = |sender, element| senders[0].send(Envelope { sender, element }).unwrap();
    for value in 1..=4 {
        send(value % 2, Element::Chunk(chunk(&format!("op v:INT\n+I {value}"))));
    }
    send(0, Element::End);
    send(1, Element::End);
    let mut batches = Vec::new();
    while let InputEvent::Chunk(batch) = poll(&mut input) {
        batches.push(show(&batch));
    }
    assert_eq!(batches, [vec!["+I 1"], vec!["+I 2", "+I 3", "+I 4"]]);
    assert!(matches!(poll(&mut input), InputEvent::Finished));
}

#[test]
fn watermarks_are_the_least_of_all_senders_and_follow_the_rows() {
    let (senders, receivers) = channels(1);
    let mut input = ExchangeInput::new(receivers[0].clone(), 2, true);
    let send = |sender, element| senders[0].send(Envelope { sender, element }).unwrap();
    send(0, Element::Chunk(chunk("op v:INT\n+I 1")));
    assert!(matches!(poll(&mut input), InputEvent::Chunk(_)));
    send(0, Element::Watermark(50));
    assert!(matches!(poll(&mut input), InputEvent::Idle));
    send(1, Element::Chunk(chunk("op v:INT\n+I 2")));
    send(1, Element::Watermark(40));
    assert!(matches!(poll(&mut input), InputEvent::Chunk(_)));
    assert!(matches!(poll(&mut input), InputEvent::Watermark(40)));
    // A sender that has ended holds nothing back.
    send(1, Element::End);
    assert!(matches!(poll(&mut input), InputEvent::Watermark(50)));
    send(0, Element::End);
    assert!(matches!(poll(&mut input), InputEvent::Finished));
}
