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

mod translations;

use translations::Translation::{Dropped, Refused, Renamed, Special};
use translations::{COMMON_KEYS, KEYSTORE, TRANSLATIONS, TRUSTSTORE, translation};

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

#[cfg(test)]
mod tests;
