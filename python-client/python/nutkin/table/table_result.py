"""Results of statements. Mirrors ``pyflink.table.table_result``."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING

from nutkin import _native
from nutkin._gateway import RemoteObject
from nutkin._job import cancel_and_wait, wait_for_job
from nutkin.common.job_client import JobClient
from nutkin.common.types import Row, RowKind
from nutkin.table.result_kind import ResultKind

if TYPE_CHECKING:
    from nutkin.table.catalog import ResolvedSchema
    from nutkin.table.table_schema import TableSchema

#: How many rows one call fetches at the most, and how long it waits for the first.
_FETCH_ROWS = 8192
_FETCH_MILLIS = 100


class CloseableIterator(Iterator[Row]):
    """The rows of a result, as they come. Closing it ends the job behind it.

    Use it in a ``with`` statement, or read it to the end.
    """

    def __init__(self, j_table_result: RemoteObject) -> None:
        self._j_table_result = j_table_result
        #: What a remote gateway sends ahead; in this process rows are fetched when they are wanted.
        self._stream = j_table_result.rows()
        self._rows: deque[Row] = deque()
        self._ended = False

    def __iter__(self) -> CloseableIterator:
        return self

    def __next__(self) -> Row:
        while not self._rows:
            if self._ended:
                raise StopIteration
            batch = self._next_batch()
            if batch is None:
                self._ended = True
            elif batch:
                self._rows.extend(self._decode(batch))
        return self._rows.popleft()

    def _next_batch(self) -> bytes | None:
        if self._stream is not None:
            return self._stream.next()
        batch: bytes | None = self._j_table_result.call("fetch", _FETCH_ROWS, _FETCH_MILLIS)
        return batch

    def _decode(self, batch: bytes) -> list[Row]:
        rows: list[Row] = _native.decode_rows(batch, _make_row)
        return rows

    def next(self) -> Row:
        """The next row.

        :raises StopIteration: if there are no more.
        """
        return self.__next__()

    def close(self) -> None:
        """Ends the job behind the result, if it still runs."""
        self._ended = True
        self._rows.clear()
        self._j_table_result.call("close")
        job_client = self._j_table_result.call("getJobClient")
        if job_client is not None:
            cancel_and_wait(job_client)

    def __enter__(self) -> CloseableIterator:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _make_row(kind: int, names: list[str], values: tuple[object, ...]) -> Row:
    row = Row(*values)
    if kind:
        row.set_row_kind(RowKind(kind))
    row.set_field_names(names)
    return row


class TableResult:
    """What a statement gave: rows, or a running job."""

    def __init__(self, j_table_result: RemoteObject) -> None:
        self._j_table_result = j_table_result

    def get_job_client(self) -> JobClient | None:
        """The job behind the result; None if there is none."""
        job_client: RemoteObject | None = self._j_table_result.call("getJobClient")
        return None if job_client is None else JobClient(job_client)

    def wait(self, timeout_ms: int | None = None) -> None:
        """Waits until the job has ended, or until a query's first row is there.

        Ctrl-C cancels the job.

        :param timeout_ms: how long to wait at the most, in milliseconds.
        :raises TimeoutError: if the job has not ended by then.
        :raises nutkin.util.exceptions.JavaException: what the job failed of.
        """
        job_client: RemoteObject | None = self._j_table_result.call("getJobClient")
        if job_client is not None and not wait_for_job(job_client, timeout_ms):
            raise TimeoutError(f"The job has not ended after {timeout_ms} ms.")

    def get_resolved_schema(self) -> ResolvedSchema:
        """The columns of the result."""
        from nutkin.table.catalog import ResolvedSchema

        return ResolvedSchema._of_remote(self._j_table_result.call("getResolvedSchema"))

    def get_table_schema(self) -> TableSchema:
        """The names and types of the columns."""
        from nutkin.table.table_schema import TableSchema

        schema = self.get_resolved_schema()
        return TableSchema(schema.get_column_names(), schema.get_column_data_types())

    def get_result_kind(self) -> ResultKind:
        """``SUCCESS`` for statements that only do something, else ``SUCCESS_WITH_CONTENT``."""
        return ResultKind[self._j_table_result.call("getResultKind")]

    def collect(self) -> CloseableIterator:
        """The rows, as they come. An updating query gives changes: see ``Row.get_row_kind``."""
        return CloseableIterator(self._j_table_result)

    def print(self) -> None:
        """Prints the rows as a table, as they come. Ctrl-C ends the query."""
        try:
            while (text := self._j_table_result.call("printNext", _FETCH_MILLIS)) is not None:
                sys.stdout.write(text)
                sys.stdout.flush()
        except KeyboardInterrupt:
            job_client = self._j_table_result.call("getJobClient")
            if job_client is not None:
                cancel_and_wait(job_client)
            raise
