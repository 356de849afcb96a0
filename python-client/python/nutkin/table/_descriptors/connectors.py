"""Connectors as Flink 1.9 to 1.13 described them."""

from __future__ import annotations

from nutkin.table._descriptors.base import ConnectorDescriptor


class FileSystem(ConnectorDescriptor):
    """Files.

    >>> FileSystem().path("/tmp/in").to_properties()["connector.path"]
    '/tmp/in'
    """

    def __init__(self, path: str | None = None) -> None:
        super().__init__("filesystem")
        if path is not None:
            self.path(path)

    def path(self, path_str: str) -> FileSystem:
        """Sets the file or directory."""
        return self._set("connector.path", path_str)


class Kafka(ConnectorDescriptor):
    """A topic of Apache Kafka."""

    def __init__(
        self,
        version: str | None = None,
        topic: str | None = None,
        properties: dict[str, str] | None = None,
        start_from_earliest: bool = False,
        start_from_latest: bool = False,
        start_from_group_offsets: bool = True,
        start_from_specific_offsets_dict: dict[int, int] | None = None,
        start_from_timestamp: int | None = None,
        sink_partitioner_fixed: bool | None = None,
        sink_partitioner_round_robin: bool | None = None,
        custom_partitioner_class_name: str | None = None,
    ) -> None:
        super().__init__("kafka")
        if version is not None:
            self.version(version)
        if topic is not None:
            self.topic(topic)
        if properties is not None:
            self.properties(properties)
        if start_from_earliest:
            self.start_from_earliest()
        elif start_from_latest:
            self.start_from_latest()
        elif start_from_specific_offsets_dict is not None:
            self.start_from_specific_offsets(start_from_specific_offsets_dict)
        elif start_from_timestamp is not None:
            self.start_from_timestamp(start_from_timestamp)
        elif start_from_group_offsets:
            self.start_from_group_offsets()
        if sink_partitioner_fixed:
            self.sink_partitioner_fixed()
        if sink_partitioner_round_robin:
            self.sink_partitioner_round_robin()
        if custom_partitioner_class_name is not None:
            self.sink_partitioner_custom(custom_partitioner_class_name)

    def version(self, version: str) -> Kafka:
        """Sets the version of the broker, such as ``universal``; every one is served alike."""
        return self._set("connector.version", version)

    def topic(self, topic: str) -> Kafka:
        """Sets the topic."""
        return self._set("connector.topic", topic)

    def properties(self, property_dict: dict[str, str]) -> Kafka:
        """Sets properties of the client."""
        for key, value in property_dict.items():
            self.property(key, value)
        return self

    def property(self, key: str, value: str) -> Kafka:
        """Sets a property of the client."""
        return self._set(f"connector.properties.{key}", value)

    def start_from_earliest(self) -> Kafka:
        """Reads from the beginning."""
        return self._set("connector.startup-mode", "earliest-offset")

    def start_from_latest(self) -> Kafka:
        """Reads what comes from now on."""
        return self._set("connector.startup-mode", "latest-offset")

    def start_from_group_offsets(self) -> Kafka:
        """Reads from where the group was."""
        return self._set("connector.startup-mode", "group-offsets")

    def start_from_specific_offsets(self, specific_offsets_dict: dict[int, int]) -> Kafka:
        """Reads each partition from an offset."""
        pairs = (f"partition:{key},offset:{value}" for key, value in specific_offsets_dict.items())
        self._set("connector.specific-offsets", ";".join(pairs))
        return self._set("connector.startup-mode", "specific-offsets")

    def start_from_specific_offset(self, partition: int, specific_offset: int) -> Kafka:
        """Reads a partition from an offset, others as said before."""
        known = self._properties.get("connector.specific-offsets")
        pair = f"partition:{partition},offset:{specific_offset}"
        self._set("connector.specific-offsets", pair if known is None else f"{known};{pair}")
        return self._set("connector.startup-mode", "specific-offsets")

    def start_from_timestamp(self, timestamp: int) -> Kafka:
        """Reads from a time, in milliseconds since 1970."""
        self._set("connector.startup-timestamp-millis", timestamp)
        return self._set("connector.startup-mode", "timestamp")

    def sink_partitioner_fixed(self) -> Kafka:
        """Lets each instance of the sink write one partition."""
        return self._set("connector.sink-partitioner", "fixed")

    def sink_partitioner_round_robin(self) -> Kafka:
        """Lets each instance of the sink write all partitions in turn."""
        return self._set("connector.sink-partitioner", "round-robin")

    def sink_partitioner_custom(self, custom_partitioner_class_name: str) -> Kafka:
        """Lets a Java class choose partitions, which is refused when the table is made."""
        self._set("connector.sink-partitioner", "custom")
        return self._set("connector.sink-partitioner-class", custom_partitioner_class_name)


class Elasticsearch(ConnectorDescriptor):
    """An index of Elasticsearch, which is refused when the table is made: there is no such connector."""

    def __init__(self, version: str | None = None) -> None:
        super().__init__("elasticsearch")
        if version is not None:
            self._set("connector.version", version)


class HBase(ConnectorDescriptor):
    """A table of HBase, which is refused when the table is made: there is no such connector."""

    def __init__(self, version: str | None = None, table_name: str | None = None) -> None:
        super().__init__("hbase")
        if version is not None:
            self._set("connector.version", version)
        if table_name is not None:
            self._set("connector.table-name", table_name)


class CustomConnectorDescriptor(ConnectorDescriptor):
    """Any connector by its name and properties."""

    def __init__(self, type: str, version: int, format_needed: bool) -> None:
        super().__init__(type, version)
        self._format_needed = format_needed

    def property(self, key: str, value: str) -> CustomConnectorDescriptor:
        """Sets a property."""
        return self._set(key, value)

    def properties(self, property_dict: dict[str, str]) -> CustomConnectorDescriptor:
        """Sets properties."""
        for key, value in property_dict.items():
            self.property(key, value)
        return self
