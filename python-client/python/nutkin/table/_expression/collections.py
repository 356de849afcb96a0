"""Arrays, maps, rows and variants. A part of :class:`nutkin.table.expression.Expression`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutkin.table._expression.base import ExpressionMethods, given

if TYPE_CHECKING:
    from nutkin.table.expression import Expression


class CollectionMethods(ExpressionMethods):
    """Arrays, maps, rows and variants."""

    __slots__ = ()

    def get(self, name_or_index: str | int) -> Expression:
        """A field of a ROW, by name or by number from 0.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").get("f"))
        get(a, 'f')
        """
        return self._call("get", name_or_index)

    @property
    def flatten(self) -> Expression:
        """All fields of a ROW as columns.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").flatten)
        flatten(a)
        """
        return self._call("flatten")

    def at(self, index: Any) -> Expression:
        """An element of an ARRAY, counted from 1, or the value of a key of a MAP.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").at(1))
        at(a, 1)
        """
        return self._call("at", index)

    @property
    def cardinality(self) -> Expression:
        """How many elements or entries there are.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").cardinality)
        cardinality(a)
        """
        return self._call("cardinality")

    @property
    def element(self) -> Expression:
        """The only element of an ARRAY of one.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").element)
        element(a)
        """
        return self._call("element")

    def array_append(self, addition: Any) -> Expression:
        """With an element at the end.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_append(1))
        ARRAY_APPEND(a, 1)
        """
        return self._call("arrayAppend", addition)

    def array_contains(self, needle: Any) -> Expression:
        """TRUE if an element is equal.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_contains(1))
        ARRAY_CONTAINS(a, 1)
        """
        return self._call("arrayContains", needle)

    def array_distinct(self) -> Expression:
        """Every different element once.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_distinct())
        ARRAY_DISTINCT(a)
        """
        return self._call("arrayDistinct")

    def array_position(self, needle: Any) -> Expression:
        """Where the element first is, from 1; 0 if nowhere.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_position(1))
        ARRAY_POSITION(a, 1)
        """
        return self._call("arrayPosition", needle)

    def array_prepend(self, addition: Any) -> Expression:
        """With an element at the start.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_prepend(1))
        ARRAY_PREPEND(a, 1)
        """
        return self._call("arrayPrepend", addition)

    def array_remove(self, needle: Any) -> Expression:
        """Without the elements that are equal.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_remove(1))
        ARRAY_REMOVE(a, 1)
        """
        return self._call("arrayRemove", needle)

    def array_reverse(self) -> Expression:
        """The elements backwards.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_reverse())
        ARRAY_REVERSE(a)
        """
        return self._call("arrayReverse")

    def array_slice(self, start_offset: Any, end_offset: Any = None) -> Expression:
        """The elements from one number to another, counted from 1; negative ones count from the
        end.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_slice(1, 2))
        ARRAY_SLICE(a, 1, 2)
        """
        return self._call("arraySlice", start_offset, *given(end_offset))

    def array_sort(self, ascending_order: Any = None, null_first: Any = None) -> Expression:
        """The elements in order, ascending with NULLs first unless said otherwise.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_sort(True, True))
        ARRAY_SORT(a, true, true)
        """
        return self._call("arraySort", *given(ascending_order, null_first))

    def array_union(self, array: Any) -> Expression:
        """The elements of both, every different one once.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_union(col("b")))
        ARRAY_UNION(a, b)
        """
        return self._call("arrayUnion", array)

    def array_concat(self, *arrays: Any) -> Expression:
        """The elements of all arrays one after another.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_concat(col("b")))
        ARRAY_CONCAT(a, b)
        """
        return self._call("arrayConcat", *arrays)

    def array_max(self) -> Expression:
        """The greatest element.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_max())
        ARRAY_MAX(a)
        """
        return self._call("arrayMax")

    def array_join(self, delimiter: Any, null_replacement: Any = None) -> Expression:
        """The texts with a delimiter between them; NULLs are replaced or left out.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_join(","))
        ARRAY_JOIN(a, ',')
        """
        return self._call("arrayJoin", delimiter, *given(null_replacement))

    def array_min(self) -> Expression:
        """The least element.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_min())
        ARRAY_MIN(a)
        """
        return self._call("arrayMin")

    def array_except(self, array: Any) -> Expression:
        """The elements that are not in the other, every different one once.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_except(col("b")))
        ARRAY_EXCEPT(a, b)
        """
        return self._call("arrayExcept", array)

    def array_intersect(self, array: Any) -> Expression:
        """The elements that are in both, every different one once.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").array_intersect(col("b")))
        ARRAY_INTERSECT(a, b)
        """
        return self._call("arrayIntersect", array)

    @property
    def map_keys(self) -> Expression:
        """The keys of a MAP, as an ARRAY.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").map_keys)
        MAP_KEYS(a)
        """
        return self._call("mapKeys")

    def map_union(self, *maps: Any) -> Expression:
        """The entries of all maps; later ones win.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").map_union(col("b")))
        MAP_UNION(a, b)
        """
        return self._call("mapUnion", *maps)

    @property
    def map_values(self) -> Expression:
        """The values of a MAP, as an ARRAY.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").map_values)
        MAP_VALUES(a)
        """
        return self._call("mapValues")

    @property
    def map_entries(self) -> Expression:
        """The entries of a MAP, as an ARRAY of ROWs of key and value.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").map_entries)
        MAP_ENTRIES(a)
        """
        return self._call("mapEntries")

    def object_update(self, *kv: Any) -> Expression:
        """A structured value with other fields: name and value in turn.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").object_update("x", 1))
        OBJECT_UPDATE(a, 'x', 1)
        """
        return self._call("objectUpdate", *kv)
