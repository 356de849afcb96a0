"""Models as programs describe them. Mirrors ``pyflink.table.model_descriptor``."""

from __future__ import annotations

from typing import Any

from nutkin._gateway import RemoteObject, get_gateway
from nutkin.common.config_options import ConfigOption
from nutkin.table.schema import Schema
from nutkin.table.table_descriptor import _option

_MODEL_DESCRIPTOR = "org.apache.flink.table.api.ModelDescriptor"


class ModelDescriptor:
    """A provider with options, and what goes into its model and comes out.

    >>> ModelDescriptor.for_provider("openai").option("task", "text_generation").build().get_options()
    {'provider': 'openai', 'task': 'text_generation'}
    """

    def __init__(self, j_model_descriptor: RemoteObject) -> None:
        self._j_model_descriptor = j_model_descriptor

    @staticmethod
    def for_provider(provider: str) -> ModelDescriptor.Builder:
        """A builder for a model of this provider."""
        return ModelDescriptor.Builder(get_gateway().call(_MODEL_DESCRIPTOR, "forProvider", provider))

    def get_options(self) -> dict[str, str]:
        """All options, the provider among them."""
        options: dict[str, str] = self._j_model_descriptor.call("getOptions")
        return options

    def get_input_schema(self) -> Schema | None:
        """What goes in; None if that was not described."""
        j_schema = self._j_model_descriptor.call("getInputSchema")
        return None if j_schema is None else Schema(j_schema)

    def get_output_schema(self) -> Schema | None:
        """What comes out; None if that was not described."""
        j_schema = self._j_model_descriptor.call("getOutputSchema")
        return None if j_schema is None else Schema(j_schema)

    def get_comment(self) -> str | None:
        """What the model is about."""
        comment: str | None = self._j_model_descriptor.call("getComment")
        return comment

    def __str__(self) -> str:
        text: str = self._j_model_descriptor.call("toString")
        return text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ModelDescriptor) and bool(
            self._j_model_descriptor.call("equals", other._j_model_descriptor)
        )

    def __hash__(self) -> int:
        return hash(str(self))

    class Builder:
        """Collects what describes a model; every method returns the builder itself."""

        def __init__(self, j_builder: RemoteObject) -> None:
            self._j_builder = j_builder

        def input_schema(self, input_schema: Schema) -> ModelDescriptor.Builder:
            """Sets what goes in."""
            self._j_builder.call("inputSchema", input_schema._j_schema)
            return self

        def output_schema(self, output_schema: Schema) -> ModelDescriptor.Builder:
            """Sets what comes out."""
            self._j_builder.call("outputSchema", output_schema._j_schema)
            return self

        def option(self, key: str | ConfigOption[Any], value: Any) -> ModelDescriptor.Builder:
            """Sets an option, as in ``WITH``."""
            self._j_builder.call("option", *_option(key, value))
            return self

        def comment(self, comment: str) -> ModelDescriptor.Builder:
            """Says what the model is about."""
            self._j_builder.call("comment", comment)
            return self

        def build(self) -> ModelDescriptor:
            """The descriptor."""
            return ModelDescriptor(self._j_builder.call("build"))
