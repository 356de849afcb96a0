//! The consumer behind a source: its callbacks, waiting for brokers, and errors in a user's words.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use nutkin_engine::job::JobContext;
use nutkin_engine::{EngineError, Result};
use rdkafka::ClientConfig;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{BaseConsumer, Consumer, ConsumerContext};
use rdkafka::error::{KafkaError, KafkaResult, RDKafkaErrorCode};
use rdkafka::statistics::Statistics;

use super::properties::ClientProperties;

/// A consumer that is assigned its partitions by hand.
pub(super) type KafkaConsumer = BaseConsumer<SourceContext>;

/// One request waits no longer than this, so that a cancelled job is noticed between requests.
pub(super) const REQUEST_SLICE: Duration = Duration::from_millis(800);

/// What librdkafka reports beside messages.
#[derive(Debug, Default)]
pub(super) struct SourceContext {
    /// Why brokers cannot be talked to; the newest.
    connection_failure: Mutex<Option<String>>,
    /// Why the brokers do not let us in.
    authentication_failure: Mutex<Option<String>>,
    /// The end of each partition by topic and number, as of the last fetch.
    high_watermarks: Mutex<HashMap<String, HashMap<i32, i64>>>,
}

impl SourceContext {
    pub(super) fn authentication_failure(&self) -> Option<String> {
        lock(&self.authentication_failure).clone()
    }

    pub(super) fn connection_failure(&self) -> Option<String> {
        lock(&self.connection_failure).clone()
    }

    /// The end of a partition, if the brokers told it.
    pub(super) fn high_watermark(&self, topic: &str, partition: i32) -> Option<i64> {
        lock(&self.high_watermarks)
            .get(topic)
            .and_then(|partitions| partitions.get(&partition))
            .copied()
    }
}

impl ClientContext for SourceContext {
    /// Nothing is printed: what matters arrives as an error, too.
    fn log(&self, _level: RDKafkaLogLevel, _facility: &str, _message: &str) {}

    fn stats(&self, statistics: Statistics) {
        let mut known = lock(&self.high_watermarks);
        for (topic, figures) in statistics.topics {
            let partitions = known.entry(topic).or_default();
            for (number, partition) in figures.partitions {
                if partition.hi_offset >= 0 {
                    partitions.insert(number, partition.hi_offset);
                }
            }
        }
    }

    fn error(&self, error: KafkaError, reason: &str) {
        match error.rdkafka_error_code() {
            Some(code) if is_authentication(code) => {
                *lock(&self.authentication_failure) = Some(reason.to_owned());
            }
            // It says only that every connection failed, after the reason of each one was told.
            Some(RDKafkaErrorCode::AllBrokersDown) => {}
            _ => *lock(&self.connection_failure) = Some(reason.to_owned()),
        }
    }
}

impl ConsumerContext for SourceContext {}

/// Makes consumers and errors for one table.
#[derive(Debug, Clone)]
pub(super) struct KafkaClient {
    /// `kafka` and the table, as errors name them.
    pub(super) connector: String,
    /// The translated properties.
    pub(super) properties: ClientProperties,
}

impl KafkaClient {
    /// A consumer with the table's properties and some more.
    pub(super) fn consumer(&self, more: &[(&str, &str)]) -> Result<KafkaConsumer> {
        let mut config: ClientConfig = self.properties.config.clone().into_iter().collect();
        config.set_log_level(RDKafkaLogLevel::Emerg);
        for (key, value) in more {
            config.set(*key, *value);
        }
        config
            .create_with_context(SourceContext::default())
            .map_err(|error| {
                self.error(
                    format!("Kafka's client cannot be made: {error}"),
                    Some("check the table's 'properties.*' options".to_owned()),
                )
            })
    }

    /// Repeats a request until it succeeds, its error is not one of waiting, the time is up, or the
    /// job is cancelled. `attempt` gets the time that one request may take.
    pub(super) fn request<T>(
        &self,
        consumer: &KafkaConsumer,
        context: &JobContext,
        doing: &str,
        mut attempt: impl FnMut(Duration) -> KafkaResult<T>,
    ) -> Result<T> {
        let deadline = Instant::now() + self.properties.api_timeout;
        loop {
            if context.cancellation.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            let result = attempt(REQUEST_SLICE.min(self.properties.api_timeout));
            // Callbacks run within `poll`; nothing is assigned yet, so no message can arrive.
            while consumer.poll(Duration::ZERO).is_some() {}
            let error = match result {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            if let Some(reason) = consumer.context().authentication_failure() {
                return Err(self.authentication_error(&reason));
            }
            if !error.rdkafka_error_code().is_some_and(is_transient) {
                return Err(self.error(format!("{doing} failed: {error}"), None));
            }
            if Instant::now() >= deadline {
                return Err(self.unreachable_error(consumer, doing, &error));
            }
            // An unreachable broker can answer at once.
            if context.cancellation.wait(Duration::from_millis(50)) {
                return Err(EngineError::Cancelled);
            }
        }
    }

    /// Lets errors of reading pass that librdkafka gets over by itself.
    pub(super) fn check(&self, consumer: &KafkaConsumer, error: &KafkaError) -> Result<()> {
        let code = error.rdkafka_error_code();
        if code.is_some_and(is_authentication) {
            let reason = consumer
                .context()
                .authentication_failure()
                .unwrap_or_else(|| error.to_string());
            return Err(self.authentication_error(&reason));
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
                "grant the operation Read on the consumer group, or set another 'properties.group.id'"
                    .to_owned(),
            ),
            _ => None,
        };
        Err(self.error(format!("reading failed: {error}"), hint))
    }

    /// An error of this table.
    pub(super) fn error(&self, message: String, hint: Option<String>) -> EngineError {
        EngineError::Connector {
            connector: self.connector.clone(),
            message,
            hint,
        }
    }

    /// The error of a login that was refused.
    pub(super) fn authentication_error(&self, reason: &str) -> EngineError {
        let user = self
            .properties
            .user
            .as_ref()
            .map(|user| format!(" as user '{user}'"))
            .unwrap_or_default();
        self.error(
            format!(
                "the Kafka broker at {} refuses the login{user}: {reason}",
                self.properties.bootstrap_servers
            ),
            Some(
                "check user and password in 'properties.sasl.jaas.config', 'properties.sasl.mechanism' and \
                 'properties.security.protocol'"
                    .to_owned(),
            ),
        )
    }

    fn unreachable_error(&self, consumer: &KafkaConsumer, doing: &str, error: &KafkaError) -> EngineError {
        let reason = consumer
            .context()
            .connection_failure()
            .unwrap_or_else(|| error.to_string());
        self.error(
            format!(
                "the Kafka broker at {} did not answer within {:.1} s while {doing}: {reason}",
                self.properties.bootstrap_servers,
                self.properties.api_timeout.as_secs_f64()
            ),
            Some(
                "check that the broker runs, that 'properties.bootstrap.servers' is right, that the broker's \
                 advertised.listeners can be reached from here, and that 'properties.security.protocol' is \
                 the listener's"
                    .to_owned(),
            ),
        )
    }
}

/// Closes consumers on a thread of their own, and waits for it at most `patience`. Closing takes a tenth
/// of a second at least, and as long as the broker is away if there are offsets to commit.
pub(super) fn close(consumers: Vec<KafkaConsumer>, patience: Duration) {
    let (closed, is_closed) = mpsc::channel::<()>();
    // Where no thread can be started, the consumers are closed here and now.
    let started = thread::Builder::new()
        .name("kafka-close".to_owned())
        .spawn(move || {
            drop(consumers);
            drop(closed);
        });
    if started.is_ok() && !patience.is_zero() {
        // It returns early when the other end is dropped.
        let _ = is_closed.recv_timeout(patience);
    }
}

/// Whether the brokers refused the login.
pub(super) fn is_authentication(code: RDKafkaErrorCode) -> bool {
    matches!(
        code,
        RDKafkaErrorCode::Authentication
            | RDKafkaErrorCode::SaslAuthenticationFailed
            | RDKafkaErrorCode::UnsupportedSASLMechanism
    )
}

/// Whether an error passes by itself: librdkafka reconnects and asks again.
pub(super) fn is_transient(code: RDKafkaErrorCode) -> bool {
    use RDKafkaErrorCode as Code;
    matches!(
        code,
        Code::AllBrokersDown
            | Code::BrokerTransportFailure
            | Code::BrokerNotAvailable
            | Code::CoordinatorLoadInProgress
            | Code::CoordinatorNotAvailable
            | Code::DestroyBroker
            | Code::FencedLeaderEpoch
            | Code::InProgress
            | Code::LeaderNotAvailable
            | Code::NetworkException
            | Code::NotCoordinator
            | Code::NotEnoughReplicas
            | Code::NotLeaderForPartition
            | Code::OffsetNotAvailable
            | Code::OperationTimedOut
            | Code::PollExceeded
            | Code::ReplicaNotAvailable
            | Code::RequestTimedOut
            | Code::Resolve
            | Code::Retry
            | Code::MessageTimedOut
            | Code::TimedOutQueue
            | Code::UnknownBroker
            | Code::UnknownLeaderEpoch
            | Code::WaitCache
            | Code::WaitingForCoordinator
    )
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
