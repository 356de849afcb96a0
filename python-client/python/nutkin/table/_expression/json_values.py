"""Texts of JSON. A part of :class:`nutkin.table.expression.Expression`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutkin.table._expression.base import ExpressionMethods, given
from nutkin.table._expression.units import (
    JsonExistsOnError,
    JsonQueryOnEmptyOrError,
    JsonQueryWrapper,
    JsonType,
    JsonValueOnEmptyOrError,
)
from nutkin.table.types import DataType, DataTypes, to_type_string

if TYPE_CHECKING:
    from nutkin.table.expression import Expression


class JsonMethods(ExpressionMethods):
    """Texts of JSON."""

    __slots__ = ()

    def is_json(self, json_type: JsonType | None = None) -> Expression:
        """TRUE if the text is JSON, of a type if one is given.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").is_json(JsonType.OBJECT))
        IS_JSON(a, OBJECT)
        """
        return self._call("isJson", *given(json_type))

    def json_exists(self, path: str, on_error: JsonExistsOnError | None = None) -> Expression:
        """TRUE if there is something at a path, such as ``$.items[0]``.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").json_exists("$.x", JsonExistsOnError.TRUE))
        JSON_EXISTS(a, '$.x', TRUE)
        """
        if on_error is None:
            return self._deferred("jsonExists", path)
        return self._deferred("jsonExists", path, on_error.to_java())

    def json_value(
        self,
        path: str,
        returning_type: DataType | str = DataTypes.STRING(),  # noqa: B008  # as in PyFlink
        on_empty: JsonValueOnEmptyOrError = JsonValueOnEmptyOrError.NULL,
        default_on_empty: Any = None,
        on_error: JsonValueOnEmptyOrError = JsonValueOnEmptyOrError.NULL,
        default_on_error: Any = None,
    ) -> Expression:
        """The scalar at a path, as a type; STRING if none is given.

        :param on_empty: what is answered where there is nothing: NULL, an error, or the default.
        :param on_error: what is answered where the text is no JSON or the value is no scalar.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").json_value("$.x"))
        JSON_VALUE(a, '$.x', STRING, NULL, null, NULL, null)
        """
        from nutkin.table.expression import to_argument

        return self._deferred(
            "jsonValue",
            path,
            to_type_string(returning_type),
            on_empty.to_java(),
            to_argument(default_on_empty),
            on_error.to_java(),
            to_argument(default_on_error),
        )

    def json_query(
        self,
        path: str,
        wrapping_behavior: JsonQueryWrapper = JsonQueryWrapper.WITHOUT_ARRAY,
        on_empty: JsonQueryOnEmptyOrError = JsonQueryOnEmptyOrError.NULL,
        on_error: JsonQueryOnEmptyOrError = JsonQueryOnEmptyOrError.NULL,
    ) -> Expression:
        """The JSON at a path, as text.

        :param wrapping_behavior: whether the answer is put into an array.
        :param on_empty: what is answered where there is nothing.
        :param on_error: what is answered where the text is no JSON.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").json_query("$.x"))
        JSON_QUERY(a, '$.x', STRING, WITHOUT_ARRAY, NULL, NULL)
        """
        return self._deferred(
            "jsonQuery", path, wrapping_behavior.to_java(), on_empty.to_java(), on_error.to_java()
        )

    def json_quote(self) -> Expression:
        """The text as a JSON string, in quotes and with escapes.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").json_quote())
        JSON_QUOTE(a)
        """
        return self._call("jsonQuote")

    def json_unquote(self) -> Expression:
        """The text of a JSON string.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").json_unquote())
        JSON_UNQUOTE(a)
        """
        return self._call("jsonUnquote")

    def _deferred(self, method: str, *arguments: Any) -> Expression:
        """Calls a method whose arguments are no expressions."""
        from nutkin.table.expression import Expression

        return Expression(self._j_expression.defer(method, *arguments))
