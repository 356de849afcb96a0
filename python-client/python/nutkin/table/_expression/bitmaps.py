"""Bitmaps of 32-bit numbers. A part of :class:`nutkin.table.expression.Expression`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutkin.table._expression.base import ExpressionMethods

if TYPE_CHECKING:
    from nutkin.table.expression import Expression


class BitmapMethods(ExpressionMethods):
    """Bitmaps of 32-bit numbers."""

    __slots__ = ()

    def bitmap_and(self, bitmap2: Any) -> Expression:
        """The numbers that are in both.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_and(col("b")))
        BITMAP_AND(a, b)
        """
        return self._call("bitmapAnd", bitmap2)

    def bitmap_andnot(self, bitmap2: Any) -> Expression:
        """The numbers that are not in the other.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_andnot(col("b")))
        BITMAP_ANDNOT(a, b)
        """
        return self._call("bitmapAndnot", bitmap2)

    def bitmap_and_agg(self) -> Expression:
        """The numbers that are in all.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_and_agg())
        BITMAP_AND_AGG(a)
        """
        return self._call("bitmapAndAgg")

    def bitmap_and_cardinality_agg(self) -> Expression:
        """How many numbers are in all.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_and_cardinality_agg())
        BITMAP_AND_CARDINALITY_AGG(a)
        """
        return self._call("bitmapAndCardinalityAgg")

    def bitmap_build(self) -> Expression:
        """The bitmap of an ARRAY of numbers.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_build())
        BITMAP_BUILD(a)
        """
        return self._call("bitmapBuild")

    def bitmap_build_agg(self) -> Expression:
        """The bitmap of the numbers of all rows.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_build_agg())
        BITMAP_BUILD_AGG(a)
        """
        return self._call("bitmapBuildAgg")

    def bitmap_build_cardinality_agg(self) -> Expression:
        """How many different numbers all rows have.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_build_cardinality_agg())
        BITMAP_BUILD_CARDINALITY_AGG(a)
        """
        return self._call("bitmapBuildCardinalityAgg")

    def bitmap_cardinality(self) -> Expression:
        """How many numbers there are.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_cardinality())
        BITMAP_CARDINALITY(a)
        """
        return self._call("bitmapCardinality")

    def bitmap_from_bytes(self) -> Expression:
        """The bitmap that bytes hold in the portable format of Roaring.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_from_bytes())
        BITMAP_FROM_BYTES(a)
        """
        return self._call("bitmapFromBytes")

    def bitmap_or(self, bitmap2: Any) -> Expression:
        """The numbers of both.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_or(col("b")))
        BITMAP_OR(a, b)
        """
        return self._call("bitmapOr", bitmap2)

    def bitmap_or_agg(self) -> Expression:
        """The numbers of all.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_or_agg())
        BITMAP_OR_AGG(a)
        """
        return self._call("bitmapOrAgg")

    def bitmap_or_cardinality_agg(self) -> Expression:
        """How many different numbers are in any.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_or_cardinality_agg())
        BITMAP_OR_CARDINALITY_AGG(a)
        """
        return self._call("bitmapOrCardinalityAgg")

    def bitmap_to_array(self) -> Expression:
        """The numbers as an ARRAY.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_to_array())
        BITMAP_TO_ARRAY(a)
        """
        return self._call("bitmapToArray")

    def bitmap_to_bytes(self) -> Expression:
        """The bytes in the portable format of Roaring.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_to_bytes())
        BITMAP_TO_BYTES(a)
        """
        return self._call("bitmapToBytes")

    def bitmap_to_string(self) -> Expression:
        """The numbers as text.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_to_string())
        BITMAP_TO_STRING(a)
        """
        return self._call("bitmapToString")

    def bitmap_xor(self, bitmap2: Any) -> Expression:
        """The numbers that are in one of both.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_xor(col("b")))
        BITMAP_XOR(a, b)
        """
        return self._call("bitmapXor", bitmap2)

    def bitmap_xor_agg(self) -> Expression:
        """The numbers that are in an odd number of bitmaps.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_xor_agg())
        BITMAP_XOR_AGG(a)
        """
        return self._call("bitmapXorAgg")

    def bitmap_xor_cardinality_agg(self) -> Expression:
        """How many numbers are in an odd number of bitmaps.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").bitmap_xor_cardinality_agg())
        BITMAP_XOR_CARDINALITY_AGG(a)
        """
        return self._call("bitmapXorCardinalityAgg")
