//! Kafka: a source on librdkafka.
//!
//! Data flow: [`options`] reads the `WITH` clause, [`properties`] translates `properties.*` from the
//! Java client's names; [`source`] asks the brokers for partitions, [`offsets`] decides where each one
//! starts and ends, and deals them out round robin; each [`reader`] polls a consumer of its own
//! ([`assigned`]) and decodes payloads straight into columns; [`discovery`] hands on partitions that appear later. Partitions are
//! assigned by hand, as Flink does: no consumer group is joined, so there is no rebalancing. Writing
//! to Kafka is not here.

mod assigned;
mod client;
mod connector;
mod discovery;
mod jaas;
mod lag;
mod offsets;
mod options;
mod properties;
mod reader;
mod source;

pub(crate) use connector::KafkaConnector;

#[cfg(test)]
mod tests;
