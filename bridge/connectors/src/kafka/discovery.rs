//! Looks for partitions that appear while a job is running.
//!
//! One thread a source asks for the topics' metadata and puts new partitions into the inboxes of the
//! readers, round robin. It ends when the job is cancelled or its readers are gone.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use nutkin_engine::job::JobContext;
use nutkin_engine::{EngineError, Result};

use super::client::{KafkaClient, KafkaConsumer};
use super::offsets::PartitionSplit;
use super::source::{discovered, topic_partitions};

/// How often the thread looks whether it is still needed.
const TICK: Duration = Duration::from_millis(500);

/// New partitions on their way to a reader.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    filled: AtomicBool,
    splits: Mutex<Vec<PartitionSplit>>,
}

impl Inbox {
    /// Takes out what is there; looks at a flag only when there is nothing.
    pub(super) fn take(&self) -> Vec<PartitionSplit> {
        if !self.filled.swap(false, Ordering::AcqRel) {
            return Vec::new();
        }
        std::mem::take(&mut *self.splits.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, split: PartitionSplit) {
        self.splits
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(split);
        self.filled.store(true, Ordering::Release);
    }
}

/// What the thread works with.
pub(super) struct Discovery {
    pub(super) client: KafkaClient,
    pub(super) consumer: KafkaConsumer,
    pub(super) topics: Vec<String>,
    pub(super) known: BTreeSet<(String, i32)>,
    pub(super) next_reader: usize,
    pub(super) inboxes: Vec<Weak<Inbox>>,
    pub(super) interval: Duration,
    pub(super) context: Arc<JobContext>,
}

impl Discovery {
    /// Starts the thread.
    pub(super) fn start(mut self) -> Result<()> {
        thread::Builder::new()
            .name("kafka-discovery".to_owned())
            .spawn(move || {
                let mut last = Instant::now();
                while self.is_needed() && !self.context.cancellation.wait(TICK.min(self.interval)) {
                    if last.elapsed() >= self.interval {
                        self.look();
                        last = Instant::now();
                    }
                }
            })
            .map(|_| ())
            .map_err(|error| EngineError::Io {
                doing: "starting the thread that looks for new Kafka partitions".to_owned(),
                message: error.to_string(),
            })
    }

    fn is_needed(&self) -> bool {
        self.inboxes.iter().any(|inbox| inbox.strong_count() > 0)
    }

    fn look(&mut self) {
        for topic in self.topics.clone() {
            // Brokers that are away now are asked again after the interval; the readers say what fails.
            let Ok(Some(count)) = topic_partitions(&self.client, &self.consumer, &self.context, &topic)
            else {
                continue;
            };
            for partition in 0..count {
                if self.known.insert((topic.clone(), partition)) {
                    self.deal(discovered(&topic, partition));
                }
            }
        }
    }

    fn deal(&mut self, split: PartitionSplit) {
        let reader = self.next_reader % self.inboxes.len().max(1);
        self.next_reader += 1;
        if let Some(inbox) = self.inboxes.get(reader).and_then(Weak::upgrade) {
            inbox.put(split);
        }
    }
}
