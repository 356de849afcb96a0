"""Aggregate functions, names of windows, and order. A part of :class:`nutkin.table.expression.Expression`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutkin.table._expression.base import ExpressionMethods, given

if TYPE_CHECKING:
    from nutkin.table.expression import Expression


class AggregateMethods(ExpressionMethods):
    """Aggregate functions, names of windows, and order."""

    __slots__ = ()

    @property
    def distinct(self) -> Expression:
        """The same aggregate, over distinct values.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sum.distinct)
        distinct(sum(a))
        """
        return self._call("distinct")

    @property
    def sum(self) -> Expression:
        """The sum of the values; NULL of none.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sum)
        sum(a)
        """
        return self._call("sum")

    @property
    def sum0(self) -> Expression:
        """The sum of the values; 0 of none.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sum0)
        sum0(a)
        """
        return self._call("sum0")

    @property
    def min(self) -> Expression:
        """The least value.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").min)
        min(a)
        """
        return self._call("min")

    @property
    def max(self) -> Expression:
        """The greatest value.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").max)
        max(a)
        """
        return self._call("max")

    @property
    def count(self) -> Expression:
        """How many values are not NULL.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").count)
        count(a)
        """
        return self._call("count")

    @property
    def avg(self) -> Expression:
        """The mean of the values, of the type of the values.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").avg)
        avg(a)
        """
        return self._call("avg")

    @property
    def first_value(self) -> Expression:
        """The first value.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").first_value)
        first_value(a)
        """
        return self._call("firstValue")

    @property
    def last_value(self) -> Expression:
        """The last value.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").last_value)
        last_value(a)
        """
        return self._call("lastValue")

    def list_agg(self, separator: Any = None) -> Expression:
        """The texts one after another, with a separator between them, a comma if none is given.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").list_agg("|"))
        listAgg(a, '|')
        """
        return self._call("listAgg", *given(separator))

    @property
    def stddev_pop(self) -> Expression:
        """The standard deviation of a population.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").stddev_pop)
        stddevPop(a)
        """
        return self._call("stddevPop")

    @property
    def stddev_samp(self) -> Expression:
        """The standard deviation of a sample.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").stddev_samp)
        stddevSamp(a)
        """
        return self._call("stddevSamp")

    @property
    def var_pop(self) -> Expression:
        """The variance of a population.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").var_pop)
        varPop(a)
        """
        return self._call("varPop")

    @property
    def var_samp(self) -> Expression:
        """The variance of a sample.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").var_samp)
        varSamp(a)
        """
        return self._call("varSamp")

    @property
    def collect(self) -> Expression:
        """The values as a MULTISET.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").collect)
        collect(a)
        """
        return self._call("collect")

    @property
    def array_agg(self) -> Expression:
        """The values as an ARRAY.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_agg)
        ARRAY_AGG(a)
        """
        return self._call("arrayAgg")

    @property
    def asc(self) -> Expression:
        """Ascending order, small values first.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").asc)
        asc(a)
        """
        return self._call("asc")

    @property
    def desc(self) -> Expression:
        """Descending order, large values first.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").desc)
        desc(a)
        """
        return self._call("desc")

    @property
    def start(self) -> Expression:
        """The first instant of a window, which is referred to by its alias.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").start)
        start(a)
        """
        return self._call("start")

    @property
    def end(self) -> Expression:
        """The first instant after a window, which is referred to by its alias.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").end)
        end(a)
        """
        return self._call("end")

    @property
    def rowtime(self) -> Expression:
        """The last millisecond of a window, as the time of the row.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").rowtime)
        rowtime(a)
        """
        return self._call("rowtime")

    @property
    def proctime(self) -> Expression:
        """The time at which a window is computed.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").proctime)
        proctime(a)
        """
        return self._call("proctime")

    def over(self, alias: Any) -> Expression:
        """The aggregate over the rows of a window, which is referred to by its alias.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sum.over(col("w")))
        over(sum(a), w)
        """
        return self._call("over", alias)
