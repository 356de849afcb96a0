//! A consumer with the partitions assigned to it, read message by message.

use std::sync::atomic::Ordering;
use std::time::Duration;

use nutkin_engine::Result;
use nutkin_engine::job::JobContext;
use rdkafka::consumer::Consumer;
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Message};
use rdkafka::{Offset, TopicPartitionList};

use super::client::{KafkaClient, KafkaConsumer};
use super::offsets::PartitionSplit;
use crate::format::{Decoded, RecordDecoder};

/// A consumer with the partitions it reads. A bounded reader has one a topic, because librdkafka names
/// the partition that reached its end without the topic; else there is one for all.
pub(super) struct AssignedConsumer {
    /// The consumer.
    pub(super) consumer: KafkaConsumer,
    /// Its partitions.
    pub(super) partitions: Vec<PartitionState>,
    /// The partition of the message before, which the next is most likely of, too.
    latest: usize,
}

/// How far a partition is read.
pub(super) struct PartitionState {
    /// The topic.
    pub(super) topic: String,
    /// The partition's number.
    pub(super) partition: i32,
    /// The offset after the last message taken; `None` before the first.
    pub(super) next_offset: Option<i64>,
    /// Whether `next_offset` was not yet stored for the group.
    pub(super) moved: bool,
    stop: Option<i64>,
    /// Whether the end of the log is the end for us, too.
    stops_at_end_of_log: bool,
    finished: bool,
}

impl AssignedConsumer {
    /// A consumer that reads nothing yet.
    pub(super) fn new(consumer: KafkaConsumer) -> Self {
        Self {
            consumer,
            partitions: Vec::new(),
            latest: 0,
        }
    }

    /// Whether it reads this topic.
    pub(super) fn has_topic(&self, topic: &str) -> bool {
        self.partitions.iter().any(|state| state.topic == topic)
    }

    /// Starts to read a partition.
    pub(super) fn add(&mut self, split: &PartitionSplit) -> Result<(), KafkaError> {
        let mut list = TopicPartitionList::new();
        list.add_partition_offset(&split.topic, split.partition, split.start)?;
        self.consumer.incremental_assign(&list)?;
        self.partitions.push(PartitionState {
            topic: split.topic.clone(),
            partition: split.partition,
            next_offset: match split.start {
                Offset::Offset(offset) => Some(offset),
                _ => None,
            },
            moved: false,
            stop: split.stop,
            stops_at_end_of_log: match (split.stop, split.end_at_start) {
                (Some(stop), Some(end)) => stop <= end,
                _ => false,
            },
            finished: false,
        });
        Ok(())
    }

    /// Whether every partition was read to its end.
    pub(super) fn is_finished(&self) -> bool {
        self.partitions.iter().all(|state| state.finished)
    }

    /// The last records of a log may be markers of transactions, which never arrive as messages; so
    /// the end of the log ends a partition, too.
    fn end_of_log(&mut self, partition: i32) {
        for state in &mut self.partitions {
            if state.partition == partition && state.stops_at_end_of_log {
                state.finished = true;
            }
        }
    }

    /// Waits for one message at most so long, and decodes it. False when none is there.
    pub(super) fn poll(
        &mut self,
        wait: Duration,
        decoder: &mut dyn RecordDecoder,
        client: &KafkaClient,
        context: &JobContext,
    ) -> Result<bool> {
        let message = match self.consumer.poll(wait) {
            None => return Ok(false),
            Some(Ok(message)) => message,
            Some(Err(KafkaError::PartitionEOF(partition))) => {
                self.end_of_log(partition);
                return Ok(true);
            }
            Some(Err(error)) => {
                client.check(&self.consumer, &error)?;
                return Ok(true);
            }
        };
        let is_of =
            |state: &PartitionState| state.partition == message.partition() && state.topic == message.topic();
        if !self.partitions.get(self.latest).is_some_and(is_of)
            && let Some(position) = self.partitions.iter().position(is_of)
        {
            self.latest = position;
        }
        if let Some(state) = self.partitions.get_mut(self.latest) {
            take(&message, state, decoder, client, context)?;
            if state.finished {
                pause(&self.consumer, state);
            }
        }
        Ok(true)
    }

    /// Messages that are wanted and not yet read, as far as the brokers told.
    pub(super) fn lag(&self) -> i64 {
        let context = self.consumer.context();
        self.partitions
            .iter()
            .filter(|state| !state.finished)
            .filter_map(|state| {
                let end = context.high_watermark(&state.topic, state.partition)?;
                let end = state.stop.map_or(end, |stop| stop.min(end));
                Some((end - state.next_offset?).max(0))
            })
            .sum()
    }
}

/// Decodes one message, unless it is past the partition's end.
fn take(
    message: &BorrowedMessage<'_>,
    state: &mut PartitionState,
    decoder: &mut dyn RecordDecoder,
    client: &KafkaClient,
    context: &JobContext,
) -> Result<()> {
    let offset = message.offset();
    if state.finished {
        return Ok(());
    }
    if state.stop.is_none_or(|stop| offset < stop) {
        // A message without a payload says that its key is gone; formats of values have no row for it.
        if let Some(payload) = message.payload() {
            match decoder.decode(payload) {
                Ok(Decoded::Rows(_)) => {}
                Ok(Decoded::Malformed) => {
                    context.metrics.parse_errors.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => {
                    return Err(client.error(
                        format!(
                            "topic '{}', partition {}, offset {offset}: {}",
                            state.topic, state.partition, error.reason
                        ),
                        error.hint,
                    ));
                }
            }
        }
        state.next_offset = Some(offset + 1);
        state.moved = true;
    }
    if state.stop.is_some_and(|stop| offset + 1 >= stop) {
        state.finished = true;
    }
    Ok(())
}

/// Stops fetching a partition that is read to its end. It costs only bandwidth if that fails.
fn pause(consumer: &KafkaConsumer, state: &PartitionState) {
    let mut list = TopicPartitionList::new();
    list.add_partition(&state.topic, state.partition);
    let _ = consumer.pause(&list);
}
