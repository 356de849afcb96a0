"""Numbers: mathematical functions. A part of :class:`nutkin.table.expression.Expression`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutkin.table._expression.base import ExpressionMethods, given

if TYPE_CHECKING:
    from nutkin.table.expression import Expression


class ArithmeticMethods(ExpressionMethods):
    """Numbers: mathematical functions."""

    __slots__ = ()

    @property
    def exp(self) -> Expression:
        """e to the power of the value.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").exp)
        exp(a)
        """
        return self._call("exp")

    @property
    def log10(self) -> Expression:
        """The logarithm to base 10.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").log10)
        log10(a)
        """
        return self._call("log10")

    @property
    def log2(self) -> Expression:
        """The logarithm to base 2.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").log2)
        log2(a)
        """
        return self._call("log2")

    @property
    def ln(self) -> Expression:
        """The natural logarithm.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").ln)
        ln(a)
        """
        return self._call("ln")

    def log(self, base: Any = None) -> Expression:
        """The logarithm to the given base; the natural one without.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").log(2))
        log(2, a)
        """
        return self._call("log", *given(base))

    @property
    def cosh(self) -> Expression:
        """The hyperbolic cosine.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").cosh)
        cosh(a)
        """
        return self._call("cosh")

    @property
    def sinh(self) -> Expression:
        """The hyperbolic sine.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sinh)
        sinh(a)
        """
        return self._call("sinh")

    @property
    def sin(self) -> Expression:
        """The sine of an angle in radians.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sin)
        sin(a)
        """
        return self._call("sin")

    @property
    def cos(self) -> Expression:
        """The cosine of an angle in radians.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").cos)
        cos(a)
        """
        return self._call("cos")

    @property
    def tan(self) -> Expression:
        """The tangent of an angle in radians.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").tan)
        tan(a)
        """
        return self._call("tan")

    @property
    def cot(self) -> Expression:
        """The cotangent of an angle in radians.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").cot)
        cot(a)
        """
        return self._call("cot")

    @property
    def asin(self) -> Expression:
        """The arc sine, in radians.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").asin)
        asin(a)
        """
        return self._call("asin")

    @property
    def acos(self) -> Expression:
        """The arc cosine, in radians.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").acos)
        acos(a)
        """
        return self._call("acos")

    @property
    def atan(self) -> Expression:
        """The arc tangent, in radians.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").atan)
        atan(a)
        """
        return self._call("atan")

    @property
    def tanh(self) -> Expression:
        """The hyperbolic tangent.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").tanh)
        tanh(a)
        """
        return self._call("tanh")

    @property
    def degrees(self) -> Expression:
        """An angle in radians as degrees.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").degrees)
        degrees(a)
        """
        return self._call("degrees")

    @property
    def radians(self) -> Expression:
        """An angle in degrees as radians.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").radians)
        radians(a)
        """
        return self._call("radians")

    @property
    def sqrt(self) -> Expression:
        """The square root.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sqrt)
        sqrt(a)
        """
        return self._call("sqrt")

    @property
    def abs(self) -> Expression:
        """The absolute value.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").abs)
        abs(a)
        """
        return self._call("abs")

    @property
    def sign(self) -> Expression:
        """-1, 0 or 1 as the value is negative, zero or positive.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").sign)
        sign(a)
        """
        return self._call("sign")

    def round(self, places: Any) -> Expression:
        """The value rounded to some places after the point.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").round(2))
        round(a, 2)
        """
        return self._call("round", places)

    def truncate(self, n: Any = 0) -> Expression:
        """The value cut off after some places after the point.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").truncate(2))
        truncate(a, 2)
        """
        return self._call("truncate", n)

    def percentile(self, percentage: Any, frequency: Any = None) -> Expression:
        """The value below which the given share of all values lies, 0.5 for the median.
        ``frequency`` says how often a value counts.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").percentile(0.5))
        PERCENTILE(a, 0.5)
        """
        return self._call("percentile", percentage, *given(frequency))

    @property
    def bin(self) -> Expression:
        """A whole number in binary digits, as text.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bin)
        bin(a)
        """
        return self._call("bin")

    @property
    def hex(self) -> Expression:
        """A whole number or a text in hexadecimal digits.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").hex)
        hex(a)
        """
        return self._call("hex")

    @property
    def unhex(self) -> Expression:
        """The bytes that a text of hexadecimal digits stands for.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").unhex)
        UNHEX(a)
        """
        return self._call("unhex")
