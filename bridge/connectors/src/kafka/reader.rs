//! One subtask's reader: polls its consumer and decodes into columns.

use std::sync::Arc;
use std::time::{Duration, Instant};

use nutkin_engine::Result;
use nutkin_engine::chunk::Chunk;
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{SourceEvent, SourceReader};
use rdkafka::consumer::Consumer;
use rdkafka::{Offset, TopicPartitionList};

use super::assigned::AssignedConsumer;
use super::client::{KafkaClient, KafkaConsumer, close};
use super::discovery::Inbox;
use super::lag::LagShare;
use super::offsets::PartitionSplit;
use crate::format::RecordDecoder;

/// Rows of a chunk under load. When messages come slowly, a chunk is what is there.
const CHUNK_ROWS: usize = 8192;

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
                    self.consumers.push(AssignedConsumer::new(self.new_consumer()?));
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
                    if !assigned.poll(wait, self.decoder.as_mut(), &self.client, &self.context)? {
                        break;
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
