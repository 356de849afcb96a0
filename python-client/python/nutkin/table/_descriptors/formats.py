"""Formats as Flink 1.9 to 1.13 described them."""

from __future__ import annotations

from nutkin.table._descriptors.base import FormatDescriptor
from nutkin.table.table_schema import TableSchema
from nutkin.table.types import DataType


class _FieldsFormat(FormatDescriptor):
    """A format whose fields may be described once more; the table's own are what counts."""

    def schema(self, table_schema: TableSchema) -> _FieldsFormat:
        """Repeats the columns of the table, which formats take them from."""
        return self

    def field(self, field_name: str, field_type: DataType | str) -> _FieldsFormat:
        """Repeats a column of the table, which formats take them from."""
        return self


class Csv(FormatDescriptor):
    """Comma-separated values.

    >>> Csv(field_delimiter=";").to_properties()["format.field-delimiter"]
    ';'
    """

    def __init__(
        self,
        schema: str | None = None,
        field_delimiter: str | None = None,
        line_delimiter: str | None = None,
        quote_character: str | None = None,
        allow_comments: bool = False,
        ignore_parse_errors: bool = False,
        array_element_delimiter: str | None = None,
        escape_character: str | None = None,
        null_literal: str | None = None,
    ) -> None:
        super().__init__("csv")
        if field_delimiter is not None:
            self.field_delimiter(field_delimiter)
        if line_delimiter is not None:
            self.line_delimiter(line_delimiter)
        if quote_character is not None:
            self.quote_character(quote_character)
        if allow_comments:
            self.allow_comments()
        if ignore_parse_errors:
            self.ignore_parse_errors()
        if array_element_delimiter is not None:
            self.array_element_delimiter(array_element_delimiter)
        if escape_character is not None:
            self.escape_character(escape_character)
        if null_literal is not None:
            self.null_literal(null_literal)

    def field_delimiter(self, delimiter: str) -> Csv:
        """Sets what is between fields."""
        return self._set("format.field-delimiter", delimiter)

    def line_delimiter(self, delimiter: str) -> Csv:
        """Sets what is between rows; only the end of the line works."""
        return self._set("format.line-delimiter", delimiter)

    def disable_quote_character(self) -> Csv:
        """Reads quotes like other characters."""
        return self._set("format.disable-quote-character", True)

    def quote_character(self, quote_character: str) -> Csv:
        """Sets what is around texts."""
        return self._set("format.quote-character", quote_character)

    def allow_comments(self) -> Csv:
        """Skips lines that begin with ``#``."""
        return self._set("format.allow-comments", True)

    def ignore_parse_errors(self) -> Csv:
        """Skips fields and rows that cannot be read."""
        return self._set("format.ignore-parse-errors", True)

    def array_element_delimiter(self, delimiter: str) -> Csv:
        """Sets what is between the elements of arrays."""
        return self._set("format.array-element-delimiter", delimiter)

    def escape_character(self, escape_character: str) -> Csv:
        """Sets what takes its meaning from the character after it."""
        return self._set("format.escape-character", escape_character)

    def null_literal(self, null_literal: str) -> Csv:
        """Sets what stands for NULL."""
        return self._set("format.null-literal", null_literal)

    def derive_schema(self) -> Csv:
        """Takes the fields from the table, as formats do anyway."""
        return self._set("format.derive-schema", True)


class OldCsv(_FieldsFormat):
    """Comma-separated values, the format of 1.8 and before."""

    def __init__(
        self,
        schema: TableSchema | None = None,
        field_delimiter: str | None = None,
        line_delimiter: str | None = None,
        quote_character: str | None = None,
        comment_prefix: str | None = None,
        ignore_parse_errors: bool = False,
        ignore_first_line: bool = False,
    ) -> None:
        super().__init__("csv")
        # The old format knew no quotes unless it was told of one.
        self._set("format.disable-quote-character", True)
        if field_delimiter is not None:
            self.field_delimiter(field_delimiter)
        if line_delimiter is not None:
            self.line_delimiter(line_delimiter)
        if quote_character is not None:
            self.quote_character(quote_character)
        if comment_prefix is not None:
            self.comment_prefix(comment_prefix)
        if ignore_parse_errors:
            self.ignore_parse_errors()
        if ignore_first_line:
            self.ignore_first_line()

    def field_delimiter(self, delimiter: str) -> OldCsv:
        """Sets what is between fields."""
        return self._set("format.field-delimiter", delimiter)

    def line_delimiter(self, delimiter: str) -> OldCsv:
        """Sets what is between rows; only the end of the line works."""
        return self._set("format.line-delimiter", delimiter)

    def quote_character(self, quote_character: str) -> OldCsv:
        """Sets what is around texts."""
        self._properties.pop("format.disable-quote-character", None)
        return self._set("format.quote-character", quote_character)

    def comment_prefix(self, prefix: str) -> OldCsv:
        """Skips lines that begin so; only ``#`` works, others are refused when the table is made."""
        key = "format.allow-comments" if prefix == "#" else "format.comment-prefix"
        return self._set(key, True if prefix == "#" else prefix)

    def ignore_parse_errors(self) -> OldCsv:
        """Skips rows that cannot be read."""
        return self._set("format.ignore-parse-errors", True)

    def ignore_first_line(self) -> OldCsv:
        """Skips the first line, which is refused when the table is made: files have no headings here."""
        return self._set("format.ignore-first-line", True)


class Json(_FieldsFormat):
    """JSON objects, one a row."""

    def __init__(
        self,
        json_schema: str | None = None,
        schema: DataType | None = None,
        derive_schema: bool = False,
    ) -> None:
        super().__init__("json")
        if derive_schema:
            self.derive_schema()

    def fail_on_missing_field(self, fail_on_missing_field: bool) -> Json:
        """Whether a field that is not there is an error."""
        return self._set("format.fail-on-missing-field", fail_on_missing_field)

    def ignore_parse_errors(self, ignore_parse_errors: bool) -> Json:
        """Whether rows that cannot be read are skipped."""
        return self._set("format.ignore-parse-errors", ignore_parse_errors)

    def json_schema(self, json_schema: str) -> Json:
        """Repeats the columns of the table as a JSON schema; the table's own are what counts."""
        return self

    def derive_schema(self) -> Json:
        """Takes the fields from the table, as formats do anyway."""
        return self._set("format.derive-schema", True)


class Avro(FormatDescriptor):
    """Avro records."""

    def __init__(self, record_class: str | None = None, avro_schema: str | None = None) -> None:
        super().__init__("avro")
        if record_class is not None:
            self._set("format.record-class", record_class)
        if avro_schema is not None:
            self._set("format.avro-schema", avro_schema)


class CustomFormatDescriptor(FormatDescriptor):
    """Any format by its name and properties."""

    def __init__(self, type: str, version: int) -> None:
        super().__init__(type, version)

    def property(self, key: str, value: str) -> CustomFormatDescriptor:
        """Sets a property."""
        return self._set(key, value)

    def properties(self, property_dict: dict[str, str]) -> CustomFormatDescriptor:
        """Sets properties."""
        for key, value in property_dict.items():
            self.property(key, value)
        return self
