//! The source: finds partitions and deals them out to readers.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use arrow::datatypes::SchemaRef;
use nutkin_engine::job::JobContext;
use nutkin_engine::source::{Source, SourceReader};
use nutkin_engine::{EngineError, Result};
use rdkafka::Offset;
use rdkafka::consumer::Consumer;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use super::client::{KafkaClient, KafkaConsumer, close};
use super::discovery::{Discovery, Inbox};
use super::offsets::{OffsetResolver, PartitionSplit};
use super::options::{BoundedMode, KafkaOptions};
use super::reader::KafkaReader;
use crate::format::DecodingFormat;
use crate::options::nearest;

/// A Kafka table as a source.
pub(super) struct KafkaSource {
    options: KafkaOptions,
    client: KafkaClient,
    decoding: Arc<dyn DecodingFormat>,
}

impl KafkaSource {
    pub(super) fn new(options: KafkaOptions, client: KafkaClient, decoding: Arc<dyn DecodingFormat>) -> Self {
        Self {
            options,
            client,
            decoding,
        }
    }

    /// The partitions of every topic, in order.
    fn partitions(&self, consumer: &KafkaConsumer, context: &JobContext) -> Result<Vec<(String, i32)>> {
        let mut partitions = Vec::new();
        for topic in &self.options.topics {
            match topic_partitions(&self.client, consumer, context, topic)? {
                Some(count) => partitions.extend((0..count).map(|partition| (topic.clone(), partition))),
                None => return Err(self.unknown_topic(consumer, context, topic)),
            }
        }
        Ok(partitions)
    }

    fn unknown_topic(&self, consumer: &KafkaConsumer, context: &JobContext, topic: &str) -> EngineError {
        let topics = self
            .client
            .request(consumer, context, "asking for the topics", |timeout| {
                consumer.fetch_metadata(None, timeout)
            });
        let names: Vec<String> = match topics {
            Ok(metadata) => metadata
                .topics()
                .iter()
                .map(|topic| topic.name().to_owned())
                .filter(|name| !name.starts_with("__"))
                .collect(),
            Err(error) => return error,
        };
        let hint = match nearest(topic, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean '{near}'?"),
            None if names.is_empty() => "the broker has no topics yet; create it first".to_owned(),
            None => format!("create it first; there are {}", some_of(names)),
        };
        self.client.error(
            format!(
                "there is no topic '{topic}' at {}",
                self.client.properties.bootstrap_servers
            ),
            Some(hint),
        )
    }
}

/// How many partitions a topic has; `None` if there is no such topic.
pub(super) fn topic_partitions(
    client: &KafkaClient,
    consumer: &KafkaConsumer,
    context: &JobContext,
    topic: &str,
) -> Result<Option<i32>> {
    let doing = format!("asking for the partitions of topic '{topic}'");
    let metadata = client.request(consumer, context, &doing, |timeout| {
        let metadata = consumer.fetch_metadata(Some(topic), timeout)?;
        match metadata.topics().first().and_then(|found| found.error()) {
            // A topic that was just made has no leader for some moments.
            Some(error) if RDKafkaErrorCode::from(error) == RDKafkaErrorCode::LeaderNotAvailable => {
                Err(KafkaError::MetadataFetch(RDKafkaErrorCode::LeaderNotAvailable))
            }
            _ => Ok(metadata),
        }
    })?;
    let Some(found) = metadata.topics().first() else {
        return Ok(None);
    };
    match found.error().map(RDKafkaErrorCode::from) {
        None => {
            Ok(Some(i32::try_from(found.partitions().len()).unwrap_or(i32::MAX)).filter(|count| *count > 0))
        }
        Some(RDKafkaErrorCode::UnknownTopicOrPartition | RDKafkaErrorCode::UnknownTopic) => Ok(None),
        Some(RDKafkaErrorCode::TopicAuthorizationFailed) => Err(client.error(
            format!(
                "the broker does not let {} read topic '{topic}'",
                client
                    .properties
                    .user
                    .as_ref()
                    .map_or_else(|| "anybody".to_owned(), |user| format!("user '{user}'"))
            ),
            Some("grant it the operations Read and Describe on the topic".to_owned()),
        )),
        Some(code) => Err(client.error(format!("{doing} failed: {code}"), None)),
    }
}

/// The first names, and how many more there are.
fn some_of(mut names: Vec<String>) -> String {
    const SHOWN: usize = 10;
    names.sort();
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let list = names.join(", ");
    if more > 0 {
        format!("{list} and {more} more")
    } else {
        list
    }
}

impl Source for KafkaSource {
    fn is_bounded(&self) -> bool {
        self.options.bounded != BoundedMode::Unbounded
    }

    fn schema(&self) -> SchemaRef {
        self.decoding.schema()
    }

    fn create_readers(
        &self,
        parallelism: usize,
        context: &Arc<JobContext>,
    ) -> Result<Vec<Box<dyn SourceReader>>> {
        let consumer = self.client.consumer(&[])?;
        let partitions = self.partitions(&consumer, context)?;
        let splits = OffsetResolver {
            client: &self.client,
            consumer: &consumer,
            context,
        }
        .resolve(&partitions, &self.options.startup, &self.options.bounded)?;
        let reading = self
            .options
            .parallelism
            .unwrap_or(parallelism)
            .min(parallelism)
            .max(1);
        let mut shares: Vec<Vec<PartitionSplit>> = vec![Vec::new(); parallelism];
        let dealt = splits.len();
        for (position, split) in splits.into_iter().enumerate() {
            if let Some(share) = shares.get_mut(position % reading) {
                share.push(split);
            }
        }
        // Two sources of one job add up; the first to come makes the lag known.
        let lag = &context.metrics.lag;
        let _ = lag.compare_exchange(-1, 0, Ordering::Relaxed, Ordering::Relaxed);
        let inboxes: Vec<Option<Arc<Inbox>>> = (0..parallelism)
            .map(|subtask| {
                (self.options.discovery_interval.is_some() && subtask < reading)
                    .then(|| Arc::new(Inbox::default()))
            })
            .collect();
        let mut readers: Vec<Box<dyn SourceReader>> = Vec::with_capacity(parallelism);
        for (share, inbox) in shares.into_iter().zip(&inboxes) {
            readers.push(Box::new(KafkaReader::new(
                self.client.clone(),
                self.decoding.decoder()?,
                share,
                self.is_bounded(),
                inbox.clone(),
                Arc::clone(context),
            )?));
        }
        match self.options.discovery_interval {
            None => close(vec![consumer], Duration::ZERO),
            Some(interval) => Discovery {
                client: self.client.clone(),
                consumer,
                topics: self.options.topics.clone(),
                known: partitions.into_iter().collect(),
                next_reader: dealt,
                inboxes: inboxes.iter().flatten().map(Arc::downgrade).collect(),
                interval,
                context: Arc::clone(context),
            }
            .start()?,
        }
        Ok(readers)
    }
}

/// A partition that appeared while the job was running is read from its beginning, as Flink does.
pub(super) fn discovered(topic: &str, partition: i32) -> PartitionSplit {
    PartitionSplit {
        topic: topic.to_owned(),
        partition,
        start: Offset::Beginning,
        stop: None,
        end_at_start: None,
    }
}
