"""Real servers for end-to-end tests, each started on a free loopback port in a directory of its own.

`kafka_broker` runs Apache Kafka (its jars come through Maven), `mariadb_server` and `postgres_server`
run what the system has installed. All of them are context managers; what cannot run here raises
`ServerUnavailable`, whose message says what to install.
"""
