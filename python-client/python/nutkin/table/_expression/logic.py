"""Conditions, comparisons and what replaces NULL. A part of :class:`nutkin.table.expression.Expression`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutkin.table._expression.base import ExpressionMethods

if TYPE_CHECKING:
    from nutkin.table.expression import Expression


class LogicMethods(ExpressionMethods):
    """Conditions, comparisons and what replaces NULL."""

    __slots__ = ()

    @property
    def is_null(self) -> Expression:
        """TRUE if the value is NULL.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").is_null)
        isNull(a)
        """
        return self._call("isNull")

    @property
    def is_not_null(self) -> Expression:
        """TRUE if the value is not NULL.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").is_not_null)
        isNotNull(a)
        """
        return self._call("isNotNull")

    @property
    def is_true(self) -> Expression:
        """TRUE if the value is TRUE, else FALSE.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").is_true)
        isTrue(a)
        """
        return self._call("isTrue")

    @property
    def is_false(self) -> Expression:
        """TRUE if the value is FALSE, else FALSE.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").is_false)
        isFalse(a)
        """
        return self._call("isFalse")

    @property
    def is_not_true(self) -> Expression:
        """TRUE if the value is FALSE or NULL.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").is_not_true)
        isNotTrue(a)
        """
        return self._call("isNotTrue")

    @property
    def is_not_false(self) -> Expression:
        """TRUE if the value is TRUE or NULL.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").is_not_false)
        isNotFalse(a)
        """
        return self._call("isNotFalse")

    def between(self, lower_bound: Any, upper_bound: Any) -> Expression:
        """TRUE if the value is between both bounds, which are included.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").between(1, 2))
        between(a, 1, 2)
        """
        return self._call("between", lower_bound, upper_bound)

    def not_between(self, lower_bound: Any, upper_bound: Any) -> Expression:
        """TRUE if the value is not between both bounds.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").not_between(1, 2))
        notBetween(a, 1, 2)
        """
        return self._call("notBetween", lower_bound, upper_bound)

    def then(self, if_true: Any, if_false: Any) -> Expression:
        """``if_true`` where this is TRUE, else ``if_false``.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").then(1, 2))
        ifThenElse(a, 1, 2)
        """
        return self._call("then", if_true, if_false)

    def if_null(self, null_replacement: Any) -> Expression:
        """The value, or the replacement where it is NULL.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").if_null(0))
        IFNULL(a, 0)
        """
        return self._call("ifNull", null_replacement)
