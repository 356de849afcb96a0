//! The table of the Java client's properties that librdkafka spells otherwise or does not have.

/// What becomes of a key of the Java client.
pub(super) enum Translation {
    /// librdkafka has it under another name.
    Renamed(&'static str),
    /// It means nothing here; the comment beside it says why.
    Dropped,
    /// It cannot be honoured; the text says what to use instead.
    Refused(&'static str),
    /// Code of the parent module reads it.
    Special,
}

use Translation::{Dropped, Refused, Renamed, Special};

pub(super) const TRUSTSTORE: &str = "give the certificates as PEM: 'properties.ssl.ca.location' = '/path/ca.pem' \
     (keytool -exportcert -rfc -keystore truststore.jks -file ca.pem)";
pub(super) const KEYSTORE: &str = "give the key as PKCS12 ('properties.ssl.keystore.type' = 'PKCS12'), or as PEM with \
     'properties.ssl.certificate.location' and 'properties.ssl.key.location'";

/// Keys of the Java client that librdkafka does not have under the same name and meaning. A key ending
/// in `*` stands for all with that prefix.
pub(super) const TRANSLATIONS: &[(&str, Translation)] = &[
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

/// What becomes of a key; `None` for a key that is handed to librdkafka as it is.
pub(super) fn translation(key: &str) -> Option<&'static Translation> {
    TRANSLATIONS
        .iter()
        .find(|(known, _)| match known.strip_suffix('*') {
            Some(prefix) => key.starts_with(prefix),
            None => key == *known,
        })
        .map(|(_, translation)| translation)
}

/// Keys that both clients have, for hints.
pub(super) const COMMON_KEYS: &[&str] = &[
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
