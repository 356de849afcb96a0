//! One subtask's reader: polls its consumer and decodes into columns.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use nutkin_engine::Result;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{SourceEvent, SourceReader};
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Message};
use rdkafka::{Offset, TopicPartitionList};

use super::client::{KafkaClient, KafkaConsumer, SourceContext, close, is_authentication, is_transient};
use super::discovery::Inbox;
use super::offsets::PartitionSplit;
use crate::format::{Decoded, RecordDecoder};

/// Rows of a chunk under load. When messages come slowly, a chunk is what is there.
const CHUNK_ROWS: usize = 8192;

/// How often the lag is counted.
const LAG_INTERVAL: Duration = Duration::from_secs(1);

/// How long a cancelled job waits for its last offsets to be committed.
const SHORT_PATIENCE: Duration = Duration::from_millis(500);

/// How long one of several consumers is waited for before the next is looked at.
const TURN: Duration = Duration::from_millis(5);

/// Reads some partitions.
pub(super) struct KafkaReader {
    client: KafkaClient,
    decoder: Box<dyn RecordDecoder>,
    consumers: Vec<AssignedConsumer>,
    bounded: bool,
    inbox: Option<Arc<Inbox>>,
    context: Arc<JobContext>,
    lag: LagShare,
    finished: bool,
}

/// A consumer with the partitions it reads. A bounded reader has one a topic, because librdkafka names
/// the partition that reached its end without the topic; else there is one for all.
struct AssignedConsumer {
    consumer: KafkaConsumer,
    partitions: Vec<PartitionState>,
    /// The partition of the message before, which the next is most likely of, too.
    latest: usize,
}

/// How far a partition is read.
struct PartitionState {
    topic: String,
    partition: i32,
    /// The offset after the last message taken; `None` before the first.
    next_offset: Option<i64>,
    /// Whether `next_offset` was not yet stored for the group.
    moved: bool,
    stop: Option<i64>,
    /// Whether the end of the log is the end for us, too.
    stops_at_end_of_log: bool,
    finished: bool,
}

impl KafkaReader {
    pub(super) fn new(
        client: KafkaClient,
        decoder: Box<dyn RecordDecoder>,
        splits: Vec<PartitionSplit>,
        bounded: bool,
        inbox: Option<Arc<Inbox>>,
        context: Arc<JobContext>,
    ) -> Result<Self> {
        let mut reader = Self {
            client,
            decoder,
            consumers: Vec::new(),
            bounded,
            inbox,
            lag: LagShare::new(Arc::clone(&context)),
            context,
            finished: false,
        };
        reader.assign(splits.into_iter().filter(|split| !split.is_empty()).collect())?;
        Ok(reader)
    }

    /// Starts to read more partitions.
    fn assign(&mut self, splits: Vec<PartitionSplit>) -> Result<()> {
        for split in splits {
            let position = self
                .consumers
                .iter()
                .position(|assigned| !self.bounded || assigned.has_topic(&split.topic));
            let position = match position {
                Some(position) => position,
                None => {
                    self.consumers.push(AssignedConsumer {
                        consumer: self.new_consumer()?,
                        partitions: Vec::new(),
                        latest: 0,
                    });
                    self.consumers.len() - 1
                }
            };
            if let Some(assigned) = self.consumers.get_mut(position) {
                assigned.add(&split).map_err(|error| {
                    self.client.error(
                        format!("{}-{} cannot be read: {error}", split.topic, split.partition),
                        None,
                    )
                })?;
            }
        }
        Ok(())
    }

    fn new_consumer(&self) -> Result<KafkaConsumer> {
        let end_of_partition = if self.bounded { "true" } else { "false" };
        self.client
            .consumer(&[("enable.partition.eof", end_of_partition)])
    }

    /// Takes messages until a chunk is full, or none is there at once after the first.
    fn fill(&mut self, timeout: Duration) -> Result<()> {
        let deadline = Instant::now() + timeout;
        loop {
            let turn = if self.consumers.len() > 1 {
                TURN
            } else {
                deadline.saturating_duration_since(Instant::now())
            };
            for assigned in &mut self.consumers {
                if assigned.is_finished() {
                    continue;
                }
                let mut wait = turn;
                while self.decoder.rows() < CHUNK_ROWS {
                    if self.decoder.rows() > 0 {
                        wait = Duration::ZERO;
                    }
                    match assigned.consumer.poll(wait) {
                        None => break,
                        Some(Ok(message)) => {
                            take(
                                &message,
                                &mut assigned.partitions,
                                &mut assigned.latest,
                                &assigned.consumer,
                                self.decoder.as_mut(),
                                &self.client,
                                &self.context,
                            )?;
                        }
                        Some(Err(KafkaError::PartitionEOF(partition))) => assigned.end_of_log(partition),
                        Some(Err(error)) => check(&self.client, &assigned.consumer, &error)?,
                    }
                    if assigned.is_finished() || Instant::now() > deadline {
                        break;
                    }
                }
            }
            let done = self.decoder.rows() > 0
                || Instant::now() >= deadline
                || self.consumers.iter().all(AssignedConsumer::is_finished);
            if done {
                return Ok(());
            }
        }
    }
}

impl SourceReader for KafkaReader {
    fn poll(&mut self, timeout: Duration) -> Result<SourceEvent> {
        if self.finished {
            return Ok(SourceEvent::Finished);
        }
        // The rows of the last poll have left this task by now.
        self.store_offsets()?;
        if let Some(inbox) = self.inbox.clone() {
            self.assign(inbox.take())?;
        }
        if self.consumers.iter().all(AssignedConsumer::is_finished) {
            if self.inbox.is_some() {
                // Partitions may come; a cancelled job is noticed by the caller.
                let _ = self.context.cancellation.wait(timeout);
                return Ok(SourceEvent::Idle);
            }
            self.finished = true;
            self.lag.set(0);
            self.close();
            return Ok(SourceEvent::Finished);
        }
        self.fill(timeout)?;
        if self.lag.is_due() {
            self.lag
                .set(self.consumers.iter().map(AssignedConsumer::lag).sum());
        }
        if self.decoder.rows() == 0 {
            return Ok(SourceEvent::Idle);
        }
        Ok(SourceEvent::Chunk(Chunk::inserts(self.decoder.finish()?)))
    }
}

impl Drop for KafkaReader {
    fn drop(&mut self) {
        self.close();
    }
}

impl KafkaReader {
    /// Ends the consumers. Offsets that were stored are committed with that, so a table that commits
    /// waits for it: a job that ended by itself as long as for any request, a cancelled one only shortly.
    fn close(&mut self) {
        let consumers = std::mem::take(&mut self.consumers);
        if consumers.is_empty() {
            return;
        }
        let patience = if !self.client.properties.auto_commit {
            Duration::ZERO
        } else if self.finished {
            self.client.properties.api_timeout
        } else {
            SHORT_PATIENCE
        };
        close(
            consumers.into_iter().map(|assigned| assigned.consumer).collect(),
            patience,
        );
    }

    /// Notes how far was read, for the client to commit if the table wants that.
    fn store_offsets(&mut self) -> Result<()> {
        if !self.client.properties.auto_commit {
            return Ok(());
        }
        for assigned in &mut self.consumers {
            let mut list = TopicPartitionList::new();
            for state in assigned.partitions.iter_mut().filter(|state| state.moved) {
                if let Some(offset) = state.next_offset {
                    list.add_partition_offset(&state.topic, state.partition, Offset::Offset(offset))
                        .map_err(|error| self.client.error(error.to_string(), None))?;
                }
                state.moved = false;
            }
            if list.count() > 0 {
                assigned.consumer.store_offsets(&list).map_err(|error| {
                    self.client
                        .error(format!("offsets cannot be stored: {error}"), None)
                })?;
            }
        }
        Ok(())
    }
}

impl AssignedConsumer {
    fn has_topic(&self, topic: &str) -> bool {
        self.partitions.iter().any(|state| state.topic == topic)
    }

    fn add(&mut self, split: &PartitionSplit) -> Result<(), KafkaError> {
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

    fn is_finished(&self) -> bool {
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

    fn lag(&self) -> i64 {
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
    partitions: &mut [PartitionState],
    latest: &mut usize,
    consumer: &KafkaConsumer,
    decoder: &mut dyn RecordDecoder,
    client: &KafkaClient,
    context: &JobContext,
) -> Result<()> {
    let is_of =
        |state: &PartitionState| state.partition == message.partition() && state.topic == message.topic();
    if !partitions.get(*latest).is_some_and(is_of) {
        let Some(position) = partitions.iter().position(is_of) else {
            return Ok(());
        };
        *latest = position;
    }
    let Some(state) = partitions.get_mut(*latest) else {
        return Ok(());
    };
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
        pause(consumer, state);
    }
    Ok(())
}

/// Stops fetching a partition that is read to its end. It costs only bandwidth if that fails.
fn pause(consumer: &BaseConsumer<SourceContext>, state: &PartitionState) {
    let mut list = TopicPartitionList::new();
    list.add_partition(&state.topic, state.partition);
    let _ = consumer.pause(&list);
}

/// Lets errors pass that librdkafka gets over by itself.
fn check(client: &KafkaClient, consumer: &KafkaConsumer, error: &KafkaError) -> Result<()> {
    let code = error.rdkafka_error_code();
    if code.is_some_and(is_authentication) {
        let reason = consumer
            .context()
            .authentication_failure()
            .unwrap_or_else(|| error.to_string());
        return Err(client.authentication_error(&reason));
    }
    let fatal = matches!(error, KafkaError::MessageConsumptionFatal(_));
    if !fatal && code.is_some_and(is_transient) {
        return Ok(());
    }
    let hint = match code {
        Some(RDKafkaErrorCode::UnknownTopicOrPartition | RDKafkaErrorCode::UnknownTopic) => {
            Some("the topic was deleted while the job was reading it".to_owned())
        }
        Some(RDKafkaErrorCode::TopicAuthorizationFailed) => {
            Some("grant the operations Read and Describe on the topic".to_owned())
        }
        Some(RDKafkaErrorCode::AutoOffsetReset | RDKafkaErrorCode::OffsetOutOfRange) => Some(
            "the records wanted next were removed from the topic: set 'scan.startup.mode' or \
             'properties.auto.offset.reset', and raise the topic's retention"
                .to_owned(),
        ),
        Some(RDKafkaErrorCode::GroupAuthorizationFailed) => Some(
            "grant the operation Read on the consumer group, or set another 'properties.group.id'".to_owned(),
        ),
        _ => None,
    };
    Err(client.error(format!("reading failed: {error}"), hint))
}

/// What a reader adds to the job's lag.
struct LagShare {
    context: Arc<JobContext>,
    reported: i64,
    next: Instant,
}

impl LagShare {
    fn new(context: Arc<JobContext>) -> Self {
        Self {
            context,
            reported: 0,
            next: Instant::now(),
        }
    }

    fn is_due(&mut self) -> bool {
        let now = Instant::now();
        if now < self.next {
            return false;
        }
        self.next = now + LAG_INTERVAL;
        true
    }

    fn set(&mut self, lag: i64) {
        self.context
            .metrics
            .lag
            .fetch_add(lag - self.reported, Ordering::Relaxed);
        self.reported = lag;
    }
}

impl Drop for LagShare {
    fn drop(&mut self) {
        self.set(0);
    }
}
