"""What the families of methods have in common."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nutkin._gateway import RemoteObject
    from nutkin.table.expression import Expression


class ExpressionMethods:
    """Something with an expression in the gateway."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def _j_expression(self) -> RemoteObject:
            """The expression in the gateway."""

    def _call(self, method: str, *arguments: Any) -> Expression:
        from nutkin.table.expression import Expression, to_argument

        return Expression(self._j_expression.defer(method, *map(to_argument, arguments)))


def given(*arguments: Any) -> tuple[Any, ...]:
    """The arguments up to the first that is None.

    >>> given(1, None)
    (1,)
    """
    # Expressions make expressions when they are compared, so ``in`` and ``index`` are of no use.
    return tuple(itertools.takewhile(lambda argument: argument is not None, arguments))
