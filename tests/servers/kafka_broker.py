"""A single Apache Kafka broker in KRaft mode, its jars fetched once through Maven."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from .process import (
    ServerProcess,
    ServerUnavailable,
    free_port,
    port_answers,
    run_checked,
    server_directory,
    tail,
)

VERSION = "4.2.0"

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>nutkin.tests</groupId><artifactId>kafka-jars</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{version}</version></dependency>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>{version}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
"""

_SETTINGS = """process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
listeners={listener}://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners={listener}://127.0.0.1:{port}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT
inter.broker.listener.name={listener}
controller.listener.names=CONTROLLER
log.dirs={folder}/logs
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=250
auto.create.topics.enable=false
"""

_SASL_SETTINGS = """sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.sasl_plaintext.plain.sasl.jaas.config={login} user_{user}={password};
"""

_SASL_CLIENT_SETTINGS = """security.protocol=SASL_PLAINTEXT
sasl.mechanism=PLAIN
sasl.jaas.config={login};
"""

_LOGIN = (
    "org.apache.kafka.common.security.plain.PlainLoginModule required username={user} password={password}"
)


def _quoted(text: str) -> str:
    """A text in quotes for a JAAS configuration within a properties file, which both take backslashes."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + inner.replace("\\", "\\\\") + '"'


def jars() -> Path:
    """The folder with Kafka's jars, filled by Maven at the first call."""
    folder = Path.home() / ".cache" / "nutkin" / f"kafka-{VERSION}"
    if (folder / "complete").exists():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise ServerUnavailable("mvn is not installed: Kafka's jars are fetched with Apache Maven")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        (Path(scratch) / "pom.xml").write_text(_POM.format(version=VERSION))
        result = subprocess.run(
            [
                maven,
                "-q",
                "-B",
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                "-DoutputDirectory=jars",
            ],
            cwd=scratch,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if result.returncode != 0:
            raise ServerUnavailable(f"Maven cannot fetch Kafka {VERSION}:\n{tail(result.stdout)}")
        (Path(scratch) / "jars" / "complete").touch()
        shutil.rmtree(folder, ignore_errors=True)
        (Path(scratch) / "jars").rename(folder)
    return folder


class KafkaBroker:
    """A broker that lives as long as the `with` block; `bootstrap_servers` is where it listens.

    With `user` and `password` clients must log in by SASL/PLAIN over SASL_PLAINTEXT.
    """

    def __init__(self, user: str | None = None, password: str | None = None) -> None:
        """Nothing is started before `start` or `with`."""
        self.port = free_port()
        self.user = user
        self.password = password
        self._controller_port = free_port()
        self._resources = ExitStack()
        self._server: ServerProcess | None = None
        self._folder = Path()
        self._classpath = ""
        self._java = ""

    @property
    def bootstrap_servers(self) -> str:
        """The value of `bootstrap.servers`."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> KafkaBroker:
        """Formats the storage and starts the broker; returns when it accepts connections."""
        java = shutil.which("java")
        if java is None:
            raise ServerUnavailable(
                "java is not installed: Kafka needs a Java runtime of version 17 or later"
            )
        self._java = java
        self._classpath = f"{jars()}/*"
        self._folder = self._resources.enter_context(server_directory("nutkin-kafka-", None))
        sasl = self.user is not None
        settings = _SETTINGS.format(
            listener="SASL_PLAINTEXT" if sasl else "PLAINTEXT",
            port=self.port,
            controller_port=self._controller_port,
            folder=self._folder,
        )
        if sasl:
            password = _quoted(self.password or "")
            login = _LOGIN.format(user=_quoted(self.user or ""), password=password)
            settings += _SASL_SETTINGS.format(user=self.user, password=password, login=login)
            (self._folder / "client.properties").write_text(_SASL_CLIENT_SETTINGS.format(login=login))
        else:
            (self._folder / "client.properties").write_text("")
        (self._folder / "server.properties").write_text(settings)
        self._tool(
            "kafka.tools.StorageTool",
            "format",
            "-t",
            "nutkinnutkinnutkinnutk",
            "-c",
            self._folder / "server.properties",
        )
        self.restart()
        return self

    def restart(self) -> None:
        """Starts the broker on the storage that is there, after `stop_server` or `kill_server`."""
        self._server = ServerProcess(
            self._command("kafka.Kafka", str(self._folder / "server.properties")), self._folder / "server.log"
        )
        self._server.wait_until(lambda: port_answers(self.port), 60, "the Kafka broker")

    def stop_server(self) -> None:
        """Stops the broker and keeps its storage."""
        if self._server is not None:
            self._server.stop()

    def kill_server(self) -> None:
        """Ends the broker as a crash would, and keeps its storage."""
        if self._server is not None:
            self._server.kill()

    def stop(self) -> None:
        """Ends the broker and removes its storage, which nobody needs any more."""
        self.kill_server()
        self._resources.close()

    def create_topic(self, topic: str, partitions: int = 1) -> None:
        """Creates a topic."""
        self._topics(
            "--create", "--topic", topic, "--partitions", str(partitions), "--replication-factor", "1"
        )

    def add_partitions(self, topic: str, partitions: int) -> None:
        """Raises a topic's number of partitions."""
        self._topics("--alter", "--topic", topic, "--partitions", str(partitions))

    def produce(self, topic: str, lines: Sequence[str], properties: Mapping[str, str] | None = None) -> None:
        """Sends each line as one message, spread over the partitions, and waits until all are stored."""
        command = self._command(
            "org.apache.kafka.tools.ConsoleProducer",
            "--bootstrap-server",
            self.bootstrap_servers,
            "--topic",
            topic,
            "--command-config",
            str(self._folder / "client.properties"),
            "--command-property",
            "acks=all",
            "--command-property",
            "partitioner.class=org.apache.kafka.clients.producer.RoundRobinPartitioner",
        )
        for key, value in (properties or {}).items():
            command += ["--reader-property", f"{key}={value}"]
        run_checked(command, f"producing to {topic}", input="".join(f"{line}\n" for line in lines))

    def _topics(self, *arguments: str) -> None:
        self._tool(
            "org.apache.kafka.tools.TopicCommand",
            "--bootstrap-server",
            self.bootstrap_servers,
            "--command-config",
            self._folder / "client.properties",
            *arguments,
        )

    def _tool(self, name: str, *arguments: str | os.PathLike[str]) -> str:
        return run_checked(self._command(name, *(os.fspath(argument) for argument in arguments)), name)

    def _command(self, name: str, *arguments: str) -> list[str]:
        # Small heaps and the serial collector: the broker shares the machine with what is measured.
        level = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
        return [self._java, "-Xmx512m", "-XX:+UseSerialGC", level, "-cp", self._classpath, name, *arguments]

    def __enter__(self) -> KafkaBroker:
        """Starts the broker."""
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stops the broker."""
        self.stop()
