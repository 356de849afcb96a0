//! Where each partition starts and ends.

use std::collections::BTreeMap;
use std::time::Duration;

use nutkin_engine::Result;
use nutkin_engine::job::JobContext;
use rdkafka::consumer::Consumer;
use rdkafka::error::KafkaResult;
use rdkafka::{Offset, TopicPartitionList};

use super::client::{KafkaClient, KafkaConsumer};
use super::options::{BoundedMode, StartupMode};
use super::properties::OffsetReset;

/// A partition with what is to be read of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PartitionSplit {
    /// The topic.
    pub(super) topic: String,
    /// The partition's number.
    pub(super) partition: i32,
    /// Where reading starts.
    pub(super) start: Offset,
    /// The first offset that is not read; `None` if there is no end.
    pub(super) stop: Option<i64>,
    /// The partition's end when the job started; known if there is a `stop`.
    pub(super) end_at_start: Option<i64>,
}

impl PartitionSplit {
    /// Whether nothing of it is to be read.
    pub(super) fn is_empty(&self) -> bool {
        match (self.start, self.stop) {
            (Offset::Offset(start), Some(stop)) => start >= stop,
            (_, Some(stop)) => stop <= 0,
            _ => false,
        }
    }
}

/// Decides where the partitions of all topics start and end.
pub(super) struct OffsetResolver<'a> {
    pub(super) client: &'a KafkaClient,
    pub(super) consumer: &'a KafkaConsumer,
    pub(super) context: &'a JobContext,
}

impl OffsetResolver<'_> {
    /// One split a partition, in the order given.
    pub(super) fn resolve(
        &self,
        partitions: &[(String, i32)],
        startup: &StartupMode,
        bounded: &BoundedMode,
    ) -> Result<Vec<PartitionSplit>> {
        let starts = self.starts(partitions, startup)?;
        let stops = self.stops(partitions, bounded)?;
        Ok(partitions
            .iter()
            .zip(starts)
            .zip(stops)
            .map(|(((topic, partition), start), stop)| PartitionSplit {
                topic: topic.clone(),
                partition: *partition,
                start: match (start, stop) {
                    // The beginning may be past what a bounded job wants; then there is nothing to wait for.
                    (Offset::Beginning, Some(range)) => Offset::Offset(range.low),
                    (start, _) => start,
                },
                stop: stop.map(|range| range.stop),
                end_at_start: stop.map(|range| range.high),
            })
            .collect())
    }

    fn starts(&self, partitions: &[(String, i32)], startup: &StartupMode) -> Result<Vec<Offset>> {
        match startup {
            StartupMode::Earliest => Ok(vec![Offset::Beginning; partitions.len()]),
            StartupMode::Latest => partitions
                .iter()
                .map(|(topic, partition)| {
                    self.watermarks(topic, *partition)
                        .map(|(_, high)| Offset::Offset(high))
                })
                .collect(),
            StartupMode::Timestamp(millis) => partitions
                .iter()
                .zip(self.offsets_at(partitions, *millis)?)
                .map(|((topic, partition), offset)| match offset {
                    Some(offset) => Ok(Offset::Offset(offset)),
                    // Nothing is that young: what comes next is.
                    None => self
                        .watermarks(topic, *partition)
                        .map(|(_, high)| Offset::Offset(high)),
                })
                .collect(),
            StartupMode::GroupOffsets => self.committed_or_reset(partitions),
            StartupMode::SpecificOffsets(offsets) => partitions
                .iter()
                .zip(self.committed(partitions)?)
                .map(|((_, partition), committed)| {
                    // As Flink: what is not listed goes by the group, else from the beginning.
                    Ok(offsets
                        .get(partition)
                        .copied()
                        .or(committed)
                        .map_or(Offset::Beginning, Offset::Offset))
                })
                .collect(),
        }
    }

    fn committed_or_reset(&self, partitions: &[(String, i32)]) -> Result<Vec<Offset>> {
        let committed = self.committed(partitions)?;
        let undefined: Vec<String> = partitions
            .iter()
            .zip(&committed)
            .filter(|(_, offset)| offset.is_none())
            .map(|((topic, partition), _)| format!("{topic}-{partition}"))
            .collect();
        if !undefined.is_empty() && self.client.properties.offset_reset == OffsetReset::None {
            return Err(self.client.error(
                format!(
                    "Undefined offset with no reset policy for partitions: [{}]; group '{}' has committed \
                     nothing there",
                    undefined.join(", "),
                    self.client.properties.config.get("group.id").map_or("", String::as_str)
                ),
                Some(
                    "set 'properties.auto.offset.reset' to 'earliest' or 'latest', or 'scan.startup.mode' to \
                     'earliest-offset' or 'latest-offset'"
                        .to_owned(),
                ),
            ));
        }
        partitions
            .iter()
            .zip(committed)
            .map(|((topic, partition), offset)| match offset {
                Some(offset) => Ok(Offset::Offset(offset)),
                None if self.client.properties.offset_reset == OffsetReset::Earliest => Ok(Offset::Beginning),
                None => self
                    .watermarks(topic, *partition)
                    .map(|(_, high)| Offset::Offset(high)),
            })
            .collect()
    }

    fn stops(&self, partitions: &[(String, i32)], bounded: &BoundedMode) -> Result<Vec<Option<Range>>> {
        let wanted: Vec<Option<i64>> = match bounded {
            BoundedMode::Unbounded => return Ok(vec![None; partitions.len()]),
            BoundedMode::Latest => vec![None; partitions.len()],
            BoundedMode::Timestamp(millis) => self.offsets_at(partitions, *millis)?,
            BoundedMode::GroupOffsets => self.known_ends(partitions, self.committed(partitions)?)?,
            BoundedMode::SpecificOffsets(offsets) => {
                let committed = self.committed(partitions)?;
                let ends = partitions
                    .iter()
                    .zip(committed)
                    .map(|((_, partition), committed)| offsets.get(partition).copied().or(committed))
                    .collect();
                self.known_ends(partitions, ends)?
            }
        };
        partitions
            .iter()
            .zip(wanted)
            .map(|((topic, partition), wanted)| {
                let (low, high) = self.watermarks(topic, *partition)?;
                Ok(Some(Range {
                    low,
                    high,
                    stop: wanted.unwrap_or(high),
                }))
            })
            .collect()
    }

    /// Refuses partitions of which nobody says where they end.
    fn known_ends(&self, partitions: &[(String, i32)], ends: Vec<Option<i64>>) -> Result<Vec<Option<i64>>> {
        let unknown: Vec<String> = partitions
            .iter()
            .zip(&ends)
            .filter(|(_, end)| end.is_none())
            .map(|((topic, partition), _)| format!("{topic}-{partition}"))
            .collect();
        if unknown.is_empty() {
            return Ok(ends);
        }
        Err(self.client.error(
            format!(
                "there is no offset to stop at for partitions: [{}]; group '{}' has committed nothing there",
                unknown.join(", "),
                self.client
                    .properties
                    .config
                    .get("group.id")
                    .map_or("", String::as_str)
            ),
            Some(
                "name every partition in 'scan.bounded.specific-offsets', or use another 'scan.bounded.mode'"
                    .to_owned(),
            ),
        ))
    }

    fn watermarks(&self, topic: &str, partition: i32) -> Result<(i64, i64)> {
        self.client.request(
            self.consumer,
            self.context,
            &format!("asking for the ends of {topic}-{partition}"),
            |timeout| self.consumer.fetch_watermarks(topic, partition, timeout),
        )
    }

    fn committed(&self, partitions: &[(String, i32)]) -> Result<Vec<Option<i64>>> {
        self.asked(
            partitions,
            Offset::Invalid,
            "asking for the group's offsets",
            |list, timeout| self.consumer.committed_offsets(list, timeout),
        )
    }

    fn offsets_at(&self, partitions: &[(String, i32)], millis: i64) -> Result<Vec<Option<i64>>> {
        self.asked(
            partitions,
            Offset::Offset(millis),
            "asking for the offsets at a time",
            |list, timeout| self.consumer.offsets_for_times(list, timeout),
        )
    }

    fn asked(
        &self,
        partitions: &[(String, i32)],
        offset: Offset,
        doing: &str,
        ask: impl Fn(TopicPartitionList, Duration) -> KafkaResult<TopicPartitionList>,
    ) -> Result<Vec<Option<i64>>> {
        let answer = self
            .client
            .request(self.consumer, self.context, doing, |timeout| {
                let mut list = TopicPartitionList::with_capacity(partitions.len());
                for (topic, partition) in partitions {
                    list.add_partition_offset(topic, *partition, offset)?;
                }
                let answer = ask(list, timeout)?;
                for element in answer.elements() {
                    element.error()?;
                }
                Ok(answer)
            })?;
        let found: BTreeMap<(String, i32), Offset> = answer.to_topic_map().into_iter().collect();
        Ok(partitions
            .iter()
            .map(|key| match found.get(key) {
                Some(Offset::Offset(offset)) => Some(*offset),
                _ => None,
            })
            .collect())
    }
}

/// What a bounded job knows of a partition.
#[derive(Debug, Clone, Copy)]
struct Range {
    low: i64,
    high: i64,
    stop: i64,
}
