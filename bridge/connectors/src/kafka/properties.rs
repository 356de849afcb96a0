//! `properties.*`: from the names of Kafka's Java client to those of librdkafka.
//!
//! Programs carry the Java client's properties. Most have the same name in librdkafka; the others are
//! in [`TRANSLATIONS`], each with what becomes of it. A key in neither is handed to librdkafka, which
//! knows its own keys and refuses the rest. Every default in which the two clients differ, and that a
//! program can notice, is set to the Java client's.

use std::collections::BTreeMap;
use std::time::Duration;

use nutkin_engine::Result;
use nutkin_plan::PlanError;
use rdkafka::ClientConfig;
use rdkafka::error::KafkaError;

use super::jaas;
use crate::options::nearest;

/// What becomes of a key of the Java client.
enum Translation {
    /// librdkafka has it under another name.
    Renamed(&'static str),
    /// It means nothing here; the comment beside it says why.
    Dropped,
    /// It cannot be honoured; the text says what to use instead.
    Refused(&'static str),
    /// Code in this file reads it.
    Special,
}

use Translation::{Dropped, Refused, Renamed, Special};

const TRUSTSTORE: &str = "give the certificates as PEM: 'properties.ssl.ca.location' = '/path/ca.pem' \
     (keytool -exportcert -rfc -keystore truststore.jks -file ca.pem)";
const KEYSTORE: &str = "give the key as PKCS12 ('properties.ssl.keystore.type' = 'PKCS12'), or as PEM with \
     'properties.ssl.certificate.location' and 'properties.ssl.key.location'";

/// Keys of the Java client that librdkafka does not have under the same name and meaning. A key ending
/// in `*` stands for all with that prefix.
const TRANSLATIONS: &[(&str, Translation)] = &[
    ("allow.auto.create.topics", Dropped), // a source never creates topics; Flink's does not either
    ("auto.include.jmx.reporter", Dropped), // it names a Java class, and no JVM is running
    ("auto.offset.reset", Special),
    ("bootstrap.servers", Special),
    ("client.id.prefix", Renamed("client.id")),
    ("commit.offsets.on.checkpoint", Dropped), // there are no checkpoints to commit with
    (
        "config.providers",
        Refused("write the values themselves into the table's options"),
    ),
    (
        "config.providers.*",
        Refused("write the values themselves into the table's options"),
    ),
    ("default.api.timeout.ms", Special),
    ("enable.auto.commit", Special),
    ("exclude.internal.topics", Dropped), // topics are named, never matched
    ("fetch.max.wait.ms", Renamed("fetch.wait.max.ms")),
    ("group.id", Special),
    ("group.remote.assignor", Dropped), // partitions are dealt out by the job, not by a consumer group
    (
        "interceptor.classes",
        Refused("there is no JVM to run interceptors in; leave it out"),
    ),
    ("key.deserializer", Dropped), // the table's format decodes payloads; Flink overwrites it too
    ("key.deserializer.*", Dropped), // the table's format decodes payloads; Flink overwrites it too
    ("key.serializer", Dropped),   // the table's format decodes payloads; Flink overwrites it too
    ("leave.group.on.close", Dropped), // no consumer group is joined
    ("max.poll.records", Dropped), // chunks are filled from librdkafka's queue
    ("metric.reporters", Dropped), // it names a Java class, and no JVM is running
    ("metrics.num.samples", Dropped), // the Java client's own metrics are not kept
    ("metrics.recording.level", Dropped), // the Java client's own metrics are not kept
    ("metrics.sample.window.ms", Dropped), // the Java client's own metrics are not kept
    ("partition.assignment.strategy", Dropped), // partitions are dealt out by the job, not by a consumer group
    (
        "partition.discovery.interval.ms",
        Refused("use the option 'scan.topic-partition-discovery.interval'"),
    ),
    ("receive.buffer.bytes", Special),
    ("register.consumer.metrics", Dropped), // the Java client's own metrics are not kept
    ("request.timeout.ms", Renamed("socket.timeout.ms")),
    (
        "sasl.client.callback.handler.class",
        Refused("it names a Java class; use sasl.mechanism PLAIN or SCRAM-SHA-256/512"),
    ),
    ("sasl.jaas.config", Special),
    (
        "sasl.login.*",
        Refused("login classes and tokens need a JVM; use sasl.mechanism PLAIN or SCRAM-SHA-256/512"),
    ),
    ("sasl.mechanism", Special),
    (
        "sasl.oauthbearer.*",
        Refused("OAUTHBEARER is not there; use sasl.mechanism PLAIN or SCRAM-SHA-256/512"),
    ),
    (
        "security.providers",
        Refused("there is no JVM to load security providers into; leave it out"),
    ),
    ("send.buffer.bytes", Special),
    ("socket.connection.setup.timeout.max.ms", Dropped), // librdkafka's set-up timeout does not grow
    (
        "ssl.cipher.suites",
        Refused("OpenSSL does not know Java's names of cipher suites; leave it out"),
    ),
    ("ssl.enabled.protocols", Dropped), // OpenSSL negotiates the newest protocol both sides know
    ("ssl.endpoint.identification.algorithm", Special),
    (
        "ssl.engine.factory.class",
        Refused("it names a Java class; leave it out"),
    ),
    ("ssl.keymanager.algorithm", Dropped), // it names a Java class, and no JVM is running
    ("ssl.keystore.certificate.chain", Renamed("ssl.certificate.pem")),
    ("ssl.keystore.key", Renamed("ssl.key.pem")),
    ("ssl.keystore.type", Special),
    ("ssl.protocol", Dropped), // OpenSSL negotiates the newest protocol both sides know
    ("ssl.provider", Dropped), // it names a Java class, and no JVM is running
    ("ssl.secure.random.implementation", Dropped), // it names a Java class, and no JVM is running
    ("ssl.trustmanager.algorithm", Dropped), // it names a Java class, and no JVM is running
    ("ssl.truststore.certificates", Renamed("ssl.ca.pem")),
    ("ssl.truststore.location", Special),
    ("ssl.truststore.password", Dropped), // certificates in PEM have no password
    ("ssl.truststore.type", Special),
    ("value.deserializer", Dropped), // the table's format decodes payloads; Flink overwrites it too
    ("value.deserializer.*", Dropped), // the table's format decodes payloads; Flink overwrites it too
    ("value.serializer", Dropped),   // the table's format decodes payloads; Flink overwrites it too
    ("zookeeper.connect", Dropped),  // clients have not asked ZooKeeper since Kafka 0.9
    ("zookeeper.*", Dropped),        // clients have not asked ZooKeeper since Kafka 0.9
];

/// What a consumer does at a partition for which its group has committed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OffsetReset {
    /// Start with the oldest record.
    Earliest,
    /// Start with what comes next.
    Latest,
    /// Fail, as Flink does by default.
    None,
}

/// The properties of a table, translated.
#[derive(Debug, Clone)]
pub(super) struct ClientProperties {
    /// For librdkafka.
    pub(super) config: BTreeMap<String, String>,
    /// `bootstrap.servers`, for messages.
    pub(super) bootstrap_servers: String,
    /// The user who logs in, for messages.
    pub(super) user: Option<String>,
    /// `auto.offset.reset`.
    pub(super) offset_reset: OffsetReset,
    /// Whether the positions read are committed to the group.
    pub(super) auto_commit: bool,
    /// How long a request to the brokers is repeated before it fails.
    pub(super) api_timeout: Duration,
}

/// Translates the properties of a table; `default_group` is the group of a table that names none.
pub(super) fn translate(given: &BTreeMap<String, String>, default_group: &str) -> Result<ClientProperties> {
    let Some(bootstrap_servers) = given.get("bootstrap.servers") else {
        return Err(PlanError::validation(
            "One or more required options are missing.\n\nMissing required options are:\n\n\
             properties.bootstrap.servers",
        )
        .into());
    };
    let mut config = defaults();
    for (key, value) in given {
        match translation(key) {
            None => {
                config.insert(key.clone(), value.clone());
            }
            Some(Renamed(name)) => {
                config.insert((*name).to_owned(), value.clone());
            }
            Some(Dropped | Special) => {}
            Some(Refused(instead)) => {
                return Err(
                    PlanError::unsupported(format!("The option 'properties.{key}'"), *instead).into(),
                );
            }
        }
    }
    config.insert("bootstrap.servers".to_owned(), bootstrap_servers.clone());
    let group = given.get("group.id").map_or(default_group, String::as_str);
    config.insert("group.id".to_owned(), group.to_owned());
    for (java, native) in [
        ("receive.buffer.bytes", "socket.receive.buffer.bytes"),
        ("send.buffer.bytes", "socket.send.buffer.bytes"),
    ] {
        // Both say "the system's default", with -1 and 0.
        if let Some(value) = given.get(java) {
            let value = if value.trim() == "-1" { "0" } else { value };
            config.insert(native.to_owned(), value.to_owned());
        }
    }
    translate_sasl(given, &mut config)?;
    translate_ssl(given, &mut config)?;
    let auto_commit = boolean(given, "enable.auto.commit")?.unwrap_or(false);
    config.insert("enable.auto.commit".to_owned(), auto_commit.to_string());
    let offset_reset = offset_reset(given)?;
    let api_timeout = milliseconds(given, "default.api.timeout.ms")?.unwrap_or(Duration::from_secs(10));
    check(&config)?;
    Ok(ClientProperties {
        user: config.get("sasl.username").cloned(),
        config,
        bootstrap_servers: bootstrap_servers.clone(),
        offset_reset,
        auto_commit,
        api_timeout,
    })
}

/// Values in which librdkafka's defaults are not those of the Java client or not those of a job.
fn defaults() -> BTreeMap<String, String> {
    [
        // librdkafka reads committed records only, Java all.
        ("isolation.level", "read_uncommitted"),
        // As the Java client; ten seconds would be felt after a broker's restart.
        ("reconnect.backoff.ms", "50"),
        ("reconnect.backoff.max.ms", "1000"),
        // Positions are stored when their rows have left the reader, not when librdkafka hands them out.
        ("enable.auto.offset.store", "false"),
        // The queue is refilled soon after it has room again; the default of a second starves a fast job.
        ("fetch.queue.backoff.ms", "5"),
        // Two readers should not hold more than some tens of megabytes of messages.
        ("queued.max.messages.kbytes", "32768"),
        // High watermarks for the lag arrive with the statistics.
        ("statistics.interval.ms", "1000"),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .collect()
}

fn translation(key: &str) -> Option<&'static Translation> {
    TRANSLATIONS
        .iter()
        .find(|(known, _)| match known.strip_suffix('*') {
            Some(prefix) => key.starts_with(prefix),
            None => key == *known,
        })
        .map(|(_, translation)| translation)
}

fn translate_sasl(given: &BTreeMap<String, String>, config: &mut BTreeMap<String, String>) -> Result<()> {
    let mechanism = given
        .get("sasl.mechanism")
        .or_else(|| given.get("sasl.mechanisms"));
    let uses_sasl = given
        .get("security.protocol")
        .is_some_and(|protocol| protocol.to_ascii_uppercase().starts_with("SASL"));
    // The Java client's default mechanism is GSSAPI.
    if let Some(mechanism) = mechanism.map(String::as_str).or(uses_sasl.then_some("GSSAPI")) {
        if !["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"].contains(&mechanism) {
            return Err(PlanError::unsupported(
                format!("The SASL mechanism {mechanism}"),
                "set 'properties.sasl.mechanism' to PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512",
            )
            .into());
        }
        config.remove("sasl.mechanisms");
        config.insert("sasl.mechanism".to_owned(), mechanism.to_owned());
    }
    let Some(text) = given.get("sasl.jaas.config") else {
        return Ok(());
    };
    let expected = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"...\" \
                    password=\"...\";";
    let Some(jaas) = jaas::parse(text) else {
        // The text holds a password and is not printed.
        return Err(PlanError::validation_with_hint(
            "The option 'properties.sasl.jaas.config' cannot be read.",
            format!("its form is: {expected}"),
        )
        .into());
    };
    if !["PlainLoginModule", "ScramLoginModule"]
        .iter()
        .any(|module| jaas.module.rsplit('.').next() == Some(*module))
    {
        return Err(PlanError::unsupported(
            format!("The login module {}", jaas.module),
            format!("use PlainLoginModule or ScramLoginModule: {expected}"),
        )
        .into());
    }
    for key in ["username", "password"] {
        let Some(value) = jaas.options.get(key) else {
            return Err(PlanError::validation_with_hint(
                format!("The option 'properties.sasl.jaas.config' has no {key}."),
                format!("its form is: {expected}"),
            )
            .into());
        };
        config.insert(format!("sasl.{key}"), value.clone());
    }
    Ok(())
}

fn translate_ssl(given: &BTreeMap<String, String>, config: &mut BTreeMap<String, String>) -> Result<()> {
    if let Some(algorithm) = given.get("ssl.endpoint.identification.algorithm") {
        let native = if algorithm.trim().is_empty() {
            "none"
        } else {
            algorithm
        };
        config.insert(
            "ssl.endpoint.identification.algorithm".to_owned(),
            native.to_ascii_lowercase(),
        );
    }
    let kind_of = |key: &str| {
        given
            .get(key)
            .map_or_else(|| "JKS".to_owned(), |kind| kind.to_ascii_uppercase())
    };
    let truststore_kind = kind_of("ssl.truststore.type");
    if let Some(location) = given.get("ssl.truststore.location") {
        if truststore_kind != "PEM" {
            return Err(PlanError::unsupported(
                format!("The option 'properties.ssl.truststore.location' with a {truststore_kind} file"),
                TRUSTSTORE,
            )
            .into());
        }
        config.insert("ssl.ca.location".to_owned(), location.clone());
    }
    let keystore_kind = kind_of("ssl.keystore.type");
    if let Some(location) = given.get("ssl.keystore.location") {
        match keystore_kind.as_str() {
            "PKCS12" => {}
            // A PEM key store of Java holds the certificate and the key in one file.
            "PEM" => {
                config.remove("ssl.keystore.location");
                config.insert("ssl.certificate.location".to_owned(), location.clone());
                config.insert("ssl.key.location".to_owned(), location.clone());
            }
            _ => {
                return Err(PlanError::unsupported(
                    format!("The option 'properties.ssl.keystore.location' with a {keystore_kind} file"),
                    KEYSTORE,
                )
                .into());
            }
        }
    }
    Ok(())
}

fn offset_reset(given: &BTreeMap<String, String>) -> Result<OffsetReset> {
    match given
        .get("auto.offset.reset")
        .map(|text| text.trim().to_ascii_lowercase())
        .as_deref()
    {
        None | Some("none") => Ok(OffsetReset::None),
        Some("earliest") => Ok(OffsetReset::Earliest),
        Some("latest") => Ok(OffsetReset::Latest),
        Some(other) => Err(PlanError::validation(format!(
            "auto.offset.reset can not be set to {other}. Valid values: [latest,earliest,none]"
        ))
        .into()),
    }
}

fn boolean(given: &BTreeMap<String, String>, key: &str) -> Result<Option<bool>> {
    match given
        .get(key)
        .map(|text| text.trim().to_ascii_lowercase())
        .as_deref()
    {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(other) => Err(PlanError::validation(format!(
            "Invalid value {other} for configuration {key}: Expected value to be either true or false"
        ))
        .into()),
    }
}

fn milliseconds(given: &BTreeMap<String, String>, key: &str) -> Result<Option<Duration>> {
    given
        .get(key)
        .map(|text| {
            text.trim().parse().map(Duration::from_millis).map_err(|_| {
                PlanError::validation(format!(
                    "Invalid value {text} for configuration {key}: Not a number of milliseconds"
                ))
                .into()
            })
        })
        .transpose()
}

/// Lets librdkafka look at every key and value, without connecting.
fn check(config: &BTreeMap<String, String>) -> Result<()> {
    let client: ClientConfig = config.clone().into_iter().collect();
    let Err(error) = client.create_native_config() else {
        return Ok(());
    };
    let KafkaError::ClientConfig(_, reason, key, _) = &error else {
        return Err(PlanError::validation(format!("Kafka's client refuses its properties: {error}")).into());
    };
    let known = TRANSLATIONS
        .iter()
        .map(|(known, _)| *known)
        .chain(COMMON_KEYS.iter().copied())
        .filter(|known| !known.ends_with('*'));
    let hint = nearest(key, known)
        .filter(|near| near != key)
        .map(|near| format!("did you mean 'properties.{near}'?"));
    Err(PlanError::Validation {
        message: format!("The option 'properties.{key}' is refused by Kafka's client: {reason}"),
        hint,
    }
    .into())
}

/// Keys that both clients have, for hints.
const COMMON_KEYS: &[&str] = &[
    "auto.commit.interval.ms",
    "check.crcs",
    "client.dns.lookup",
    "client.id",
    "client.rack",
    "connections.max.idle.ms",
    "fetch.max.bytes",
    "fetch.min.bytes",
    "group.instance.id",
    "group.protocol",
    "heartbeat.interval.ms",
    "isolation.level",
    "max.partition.fetch.bytes",
    "max.poll.interval.ms",
    "metadata.max.age.ms",
    "metadata.recovery.strategy",
    "reconnect.backoff.max.ms",
    "reconnect.backoff.ms",
    "retry.backoff.max.ms",
    "retry.backoff.ms",
    "sasl.password",
    "sasl.username",
    "security.protocol",
    "session.timeout.ms",
    "socket.connection.setup.timeout.ms",
    "ssl.ca.location",
    "ssl.key.password",
    "ssl.keystore.location",
    "ssl.keystore.password",
];

#[cfg(test)]
mod tests {
    use super::*;
    use nutkin_engine::EngineError;

    fn translated(pairs: &[(&str, &str)]) -> Result<ClientProperties> {
        let mut given: BTreeMap<String, String> =
            BTreeMap::from([("bootstrap.servers".to_owned(), "a:9092,b:9092".to_owned())]);
        for (key, value) in pairs {
            given.insert((*key).to_owned(), (*value).to_owned());
        }
        translate(&given, "default-group")
    }

    fn config(pairs: &[(&str, &str)], key: &str) -> Option<String> {
        translated(pairs).unwrap().config.get(key).cloned()
    }

    fn refusal(pairs: &[(&str, &str)]) -> (String, Option<String>) {
        match translated(pairs) {
            Err(EngineError::Plan(error)) => (error.to_string(), error.hint().map(str::to_owned)),
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    #[test]
    fn names_of_the_java_client_become_those_of_librdkafka() {
        for (java, value, native, expected) in [
            ("group.id", "g", "group.id", "g"),
            ("fetch.max.wait.ms", "100", "fetch.wait.max.ms", "100"),
            ("request.timeout.ms", "30000", "socket.timeout.ms", "30000"),
            ("receive.buffer.bytes", "-1", "socket.receive.buffer.bytes", "0"),
            ("send.buffer.bytes", "65536", "socket.send.buffer.bytes", "65536"),
            (
                "max.partition.fetch.bytes",
                "2000000",
                "max.partition.fetch.bytes",
                "2000000",
            ),
            (
                "isolation.level",
                "read_committed",
                "isolation.level",
                "read_committed",
            ),
            (
                "ssl.endpoint.identification.algorithm",
                "",
                "ssl.endpoint.identification.algorithm",
                "none",
            ),
            ("enable.auto.commit", "TRUE", "enable.auto.commit", "true"),
        ] {
            assert_eq!(
                config(&[(java, value)], native).as_deref(),
                Some(expected),
                "{java}"
            );
        }
    }

    #[test]
    fn keys_that_mean_nothing_here_are_dropped() {
        for (key, value) in [
            (
                "key.deserializer",
                "org.apache.kafka.common.serialization.StringDeserializer",
            ),
            ("value.deserializer", "x"),
            ("zookeeper.connect", "localhost:2181"),
            ("max.poll.records", "500"),
            ("partition.assignment.strategy", "x"),
        ] {
            assert_eq!(config(&[(key, value)], key), None, "{key}");
        }
    }

    #[test]
    fn jaas_login_becomes_user_and_password() {
        let properties = translated(&[
            ("security.protocol", "SASL_PLAINTEXT"),
            ("sasl.mechanism", "PLAIN"),
            (
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"alice\" password=\"s;cret\";",
            ),
        ])
        .unwrap();
        assert_eq!(properties.user.as_deref(), Some("alice"));
        assert_eq!(
            properties.config.get("sasl.password").map(String::as_str),
            Some("s;cret")
        );
        assert_eq!(
            properties.config.get("sasl.mechanism").map(String::as_str),
            Some("PLAIN")
        );
    }

    #[test]
    fn what_librdkafka_cannot_do_is_refused_with_what_to_use_instead() {
        let (message, hint) = refusal(&[("ssl.truststore.location", "/t.jks")]);
        assert_eq!(
            message,
            "The option 'properties.ssl.truststore.location' with a JKS file is not supported"
        );
        assert_eq!(hint.as_deref(), Some(TRUSTSTORE));
        let (message, hint) = refusal(&[("security.protocol", "SASL_SSL")]);
        assert_eq!(message, "The SASL mechanism GSSAPI is not supported");
        assert!(hint.is_some_and(|hint| hint.contains("SCRAM-SHA-512")));
        let (message, _) = refusal(&[("interceptor.classes", "x")]);
        assert_eq!(
            message,
            "The option 'properties.interceptor.classes' is not supported"
        );
        let (message, _) = refusal(&[("sasl.jaas.config", "secret")]);
        assert!(!message.contains("secret"));
    }

    #[test]
    fn pem_files_of_java_are_taken() {
        let pairs = [
            ("ssl.truststore.type", "PEM"),
            ("ssl.truststore.location", "/ca.pem"),
            ("ssl.keystore.type", "PEM"),
            ("ssl.keystore.location", "/me.pem"),
        ];
        assert_eq!(config(&pairs, "ssl.ca.location").as_deref(), Some("/ca.pem"));
        assert_eq!(
            config(&pairs, "ssl.certificate.location").as_deref(),
            Some("/me.pem")
        );
        assert_eq!(config(&pairs, "ssl.key.location").as_deref(), Some("/me.pem"));
        assert_eq!(config(&pairs, "ssl.keystore.location"), None);
    }

    #[test]
    fn unknown_key_is_refused_with_the_words_of_the_client_and_the_nearest() {
        assert_eq!(
            refusal(&[("fetch.min.byte", "1")]),
            (
                "The option 'properties.fetch.min.byte' is refused by Kafka's client: No such configuration \
                 property: \"fetch.min.byte\""
                    .to_owned(),
                Some("did you mean 'properties.fetch.min.bytes'?".to_owned())
            )
        );
        let (message, _) = refusal(&[("fetch.min.bytes", "many")]);
        assert!(
            message.contains("'properties.fetch.min.bytes' is refused"),
            "{message}"
        );
    }

    #[test]
    fn renamed_keys_are_keys_of_librdkafka() {
        for (java, translation) in TRANSLATIONS {
            if let Renamed(native) = translation {
                let mut client = ClientConfig::new();
                client.set(*native, "1");
                let outcome = client.create_native_config().map(|_| ());
                let unknown = outcome.is_err_and(|error| error.to_string().contains("No such configuration"));
                assert!(!unknown, "{java} -> {native}");
            }
        }
    }
}
