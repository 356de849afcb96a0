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
