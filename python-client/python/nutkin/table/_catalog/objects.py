"""What catalogs hold: databases, tables, views, partitions, functions, models, statistics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from nutkin.table.schema import Schema
from nutkin.table.table_schema import TableSchema

if TYPE_CHECKING:
    from nutkin.table.model_descriptor import ModelDescriptor

Self = TypeVar("Self", bound="_Described")


class _Described:
    """Something with properties and a comment."""

    def __init__(self, properties: dict[str, str] | None = None, comment: str | None = None) -> None:
        self._properties = dict(properties or {})
        self._comment = comment

    def get_comment(self) -> str | None:
        """What it is about."""
        return self._comment

    def get_description(self) -> str | None:
        """What it is about."""
        return self._comment

    def get_detailed_description(self) -> str | None:
        """What it is about."""
        return self._comment

    def copy(self: Self) -> Self:
        """The same again."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy._properties = dict(self._properties)
        return copy

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self._comment, frozenset(self._properties.items())))


class CatalogDatabase(_Described):
    """A database.

    >>> CatalogDatabase.create_instance({"owner": "me"}, "raw data").get_properties()
    {'owner': 'me'}
    """

    @staticmethod
    def create_instance(properties: dict[str, str], comment: str | None = None) -> CatalogDatabase:
        """A database with properties and a comment."""
        return CatalogDatabase(properties, comment)

    def get_properties(self) -> dict[str, str]:
        """The properties."""
        return dict(self._properties)

    def copy(self) -> CatalogDatabase:
        """The same again."""
        return super().copy()


class CatalogBaseTable(_Described):
    """A table or a view.

    >>> from nutkin.table import DataTypes, TableSchema
    >>> schema = TableSchema.builder().field("a", DataTypes.INT()).build()
    >>> CatalogBaseTable.create_table(schema, properties={"connector": "blackhole"}).get_options()
    {'connector': 'blackhole'}
    """

    def __init__(
        self,
        schema: TableSchema | Schema,
        properties: dict[str, str] | None = None,
        comment: str | None = None,
        partition_keys: Sequence[str] = (),
        query: str | None = None,
    ) -> None:
        super().__init__(properties, comment)
        self._schema = schema
        self._partition_keys = list(partition_keys)
        self._query = query

    @staticmethod
    def create_table(
        schema: TableSchema,
        partition_keys: Sequence[str] = (),
        properties: dict[str, str] = {},  # noqa: B006  # as in PyFlink; it is never changed
        comment: str | None = None,
    ) -> CatalogBaseTable:
        """A table of a connector, which ``properties`` names with its options."""
        return CatalogBaseTable(schema, properties, comment, partition_keys)

    @staticmethod
    def create_view(
        original_query: str,
        expanded_query: str,
        schema: TableSchema,
        properties: dict[str, str],
        comment: str | None = None,
    ) -> CatalogBaseTable:
        """A view of a query; the expanded one has all names in full."""
        return CatalogBaseTable(schema, properties, comment, query=expanded_query or original_query)

    def get_options(self) -> dict[str, str]:
        """The options of the connector."""
        return dict(self._properties)

    def get_unresolved_schema(self) -> Schema:
        """The columns."""
        if isinstance(self._schema, Schema):
            return self._schema
        builder = Schema.new_builder()
        return builder.from_fields(
            self._schema.get_field_names(), self._schema.get_field_data_types()
        ).build()

    def get_partition_keys(self) -> list[str]:
        """The columns that rows are partitioned by."""
        return list(self._partition_keys)

    def is_view(self) -> bool:
        """Whether it is a view."""
        return self._query is not None

    def get_query(self) -> str | None:
        """The query of a view; None for a table."""
        return self._query

    def copy(self) -> CatalogBaseTable:
        """The same again."""
        return super().copy()


class CatalogPartition(_Described):
    """A partition of a table."""

    @staticmethod
    def create_instance(properties: dict[str, str], comment: str | None = None) -> CatalogPartition:
        """A partition with properties and a comment."""
        return CatalogPartition(properties, comment)

    def get_properties(self) -> dict[str, str]:
        """The properties."""
        return dict(self._properties)

    def copy(self) -> CatalogPartition:
        """The same again."""
        return super().copy()


class CatalogFunction(_Described):
    """A function by the name of its class or, in Python, of its module and object."""

    def __init__(
        self, class_name: str, function_language: str = "Python", options: dict[str, str] | None = None
    ) -> None:
        super().__init__(options)
        language = function_language.upper()
        if language not in ("PYTHON", "JAVA", "SCALA"):
            raise ValueError(f"Unrecognized function language string: {function_language}")
        self._class_name = class_name
        self._language = language

    @staticmethod
    def create_instance(class_name: str, function_language: str = "Python") -> CatalogFunction:
        """A function of ``Python``, ``Java`` or ``Scala``."""
        return CatalogFunction(class_name, function_language)

    def get_class_name(self) -> str:
        """The class, or module and object."""
        return self._class_name

    def get_description(self) -> str | None:
        """What it is."""
        return "This is a user-defined function"

    def get_detailed_description(self) -> str | None:
        """What it is."""
        return "This is a user-defined function"

    def get_function_language(self) -> str:
        """``PYTHON``, ``JAVA`` or ``SCALA``."""
        return self._language

    def get_options(self) -> dict[str, str]:
        """The options."""
        return dict(self._properties)

    def copy(self) -> CatalogFunction:
        """The same again."""
        return super().copy()


class CatalogModel(_Described):
    """A model."""

    def __init__(
        self,
        input_schema: Schema,
        output_schema: Schema,
        options: dict[str, str] | None = None,
        comment: str | None = None,
    ) -> None:
        super().__init__(options, comment)
        self._input_schema = input_schema
        self._output_schema = output_schema

    @staticmethod
    def create_model(
        input_schema: Schema,
        output_schema: Schema,
        options: dict[str, str] = {},  # noqa: B006  # as in PyFlink; it is never changed
        comment: str | None = None,
    ) -> CatalogModel:
        """A model of a provider, which ``options`` names."""
        return CatalogModel(input_schema, output_schema, options, comment)

    def get_options(self) -> dict[str, str]:
        """The options."""
        return dict(self._properties)

    def copy(self) -> CatalogModel:
        """The same again."""
        return super().copy()

    def _descriptor(self) -> ModelDescriptor:
        from nutkin.table.model_descriptor import ModelDescriptor

        options = dict(self._properties)
        builder = ModelDescriptor.for_provider(options.pop("provider", ""))
        for key, value in options.items():
            builder.option(key, value)
        if self._comment is not None:
            builder.comment(self._comment)
        return builder.input_schema(self._input_schema).output_schema(self._output_schema).build()


class Procedure:
    """A procedure of a catalog, of which there are none here."""


class CatalogTableStatistics:
    """How large a table is. -1 stands for what is not known.

    >>> CatalogTableStatistics(10, 1, 2048, 4096).get_row_count()
    10
    """

    def __init__(
        self,
        row_count: int = -1,
        field_count: int = -1,
        total_size: int = -1,
        raw_data_size: int = -1,
        properties: dict[str, str] | None = None,
    ) -> None:
        self._row_count = row_count
        self._field_count = field_count
        self._total_size = total_size
        self._raw_data_size = raw_data_size
        self._properties = dict(properties or {})

    def get_row_count(self) -> int:
        """How many rows there are."""
        return self._row_count

    def get_field_count(self) -> int:
        """How many files there are."""
        return self._field_count

    def get_total_size(self) -> int:
        """The bytes of the files."""
        return self._total_size

    def get_raw_data_size(self) -> int:
        """The bytes of the rows, before they were encoded."""
        return self._raw_data_size

    def get_properties(self) -> dict[str, str]:
        """Other properties."""
        return dict(self._properties)

    def copy(self) -> CatalogTableStatistics:
        """The same again."""
        return CatalogTableStatistics(
            self._row_count, self._field_count, self._total_size, self._raw_data_size, self._properties
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CatalogTableStatistics) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self._row_count, self._total_size))


class CatalogColumnStatistics:
    """What is known of the values of columns."""

    def __init__(
        self, column_statistics_data: dict[str, Any], properties: dict[str, str] | None = None
    ) -> None:
        self._column_statistics_data = dict(column_statistics_data)
        self._properties = dict(properties or {})

    def get_column_statistics_data(self) -> dict[str, Any]:
        """The statistics by column."""
        return dict(self._column_statistics_data)

    def get_properties(self) -> dict[str, str]:
        """Other properties."""
        return dict(self._properties)

    def copy(self) -> CatalogColumnStatistics:
        """The same again."""
        return CatalogColumnStatistics(self._column_statistics_data, self._properties)
