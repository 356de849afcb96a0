"""Collections in the accumulators of aggregate functions. Mirrors ``pyflink.table.data_view``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


class DataView:
    """The base of the collections."""

    def clear(self) -> None:
        """Removes everything."""
        raise NotImplementedError


class ListView(DataView, Generic[T]):
    """A list in an accumulator.

    >>> view = ListView()
    >>> view.add(1)
    >>> view.add_all([2, 3])
    >>> list(view.get())
    [1, 2, 3]
    """

    def __init__(self) -> None:
        self._list: list[T] = []

    def get(self) -> Iterable[T]:
        """The elements in order."""
        return self._list

    def add(self, value: T) -> None:
        """Adds an element."""
        self._list.append(value)

    def add_all(self, values: Iterable[T]) -> None:
        """Adds elements."""
        self._list.extend(values)

    def clear(self) -> None:
        """Removes everything."""
        self._list = []

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ListView) and list(self.get()) == list(other.get())

    def __hash__(self) -> int:
        return hash(tuple(self.get()))

    def __iter__(self) -> Iterator[T]:
        return iter(self.get())


class MapView(DataView, Generic[K, V]):
    """A map in an accumulator.

    >>> view = MapView()
    >>> view["a"] = 1
    >>> view.put_all({"b": 2})
    >>> dict(view.items()), "a" in view, view.is_empty()
    ({'a': 1, 'b': 2}, True, False)
    """

    def __init__(self) -> None:
        self._dict: dict[K, V] = {}

    def get(self, key: K) -> V:
        """The value of a key.

        :raises KeyError: if there is none.
        """
        return self._dict[key]

    def put(self, key: K, value: V) -> None:
        """Sets the value of a key."""
        self._dict[key] = value

    def put_all(self, dict_value: dict[K, V]) -> None:
        """Sets the values of keys."""
        self._dict.update(dict_value)

    def remove(self, key: K) -> None:
        """Removes a key.

        :raises KeyError: if it has no value.
        """
        del self._dict[key]

    def contains(self, key: K) -> bool:
        """Whether a key has a value."""
        return key in self._dict

    def items(self) -> Iterable[tuple[K, V]]:
        """Keys with values."""
        return self._dict.items()

    def keys(self) -> Iterable[K]:
        """The keys."""
        return self._dict.keys()

    def values(self) -> Iterable[V]:
        """The values."""
        return self._dict.values()

    def is_empty(self) -> bool:
        """Whether there are no keys."""
        return not self._dict

    def clear(self) -> None:
        """Removes everything."""
        self._dict = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MapView) and dict(self.items()) == dict(other.items())

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __getitem__(self, key: K) -> V:
        return self.get(key)

    def __setitem__(self, key: K, value: V) -> None:
        self.put(key, value)

    def __delitem__(self, key: K) -> None:
        self.remove(key)

    def __contains__(self, key: K) -> bool:
        return self.contains(key)

    def __iter__(self) -> Iterator[K]:
        return iter(self.keys())
