"""A table as HTML, for notebooks: its columns, and its first rows where that starts nothing lasting."""

from __future__ import annotations

import html as html_module
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nutkin.table.table import Table

#: How many rows are shown, and how long they are waited for.
_ROWS = 10
_WAIT_SECONDS = 2.0


def html(table: Table) -> str:
    """The table as HTML.

    Rows are shown in batch mode only, where every query ends; the query is cancelled once there are enough.
    In streaming mode a query may never end, so none is started.
    """
    schema = table.get_resolved_schema()
    head = "".join(
        f"<th>{_escape(column.get_name())}<br><small>{_escape(column.get_data_type())}</small></th>"
        for column in schema.get_columns()
    )
    rows, note = _first_rows(table)
    body = "".join(f"<tr>{''.join(f'<td>{_escape(value)}</td>' for value in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p><small>{note}</small></p>"


def _first_rows(table: Table) -> tuple[list[Any], str]:
    mode = table._t_env.get_config().get("execution.runtime-mode", "STREAMING")
    if mode.upper() != "BATCH":
        return [], "A query of a stream: execute().print() shows its rows."
    rows: list[Any] = []
    deadline = time.monotonic() + _WAIT_SECONDS
    with table.limit(_ROWS + 1).execute().collect() as result:
        while len(rows) <= _ROWS and time.monotonic() < deadline:
            batch = result._next_batch()
            if batch is None:
                break
            if batch:
                rows.extend(result._decode(batch))
    note = f"The first {_ROWS} rows." if len(rows) > _ROWS else f"{len(rows)} rows."
    return rows[:_ROWS], note


def _escape(value: Any) -> str:
    return html_module.escape("NULL" if value is None else str(value))
