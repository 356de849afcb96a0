"""Tables from and to Arrow, pandas and Polars, each of which is imported when it is used.

Rows travel as Arrow IPC streams. A query that changes rows it gave before is folded: what is left at the end
is what the rows say then.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from nutkin.table._types.arrow import _UNITS, from_arrow_type, to_arrow_type
from nutkin.table.types import (
    ArrayType,
    BinaryType,
    DataType,
    LocalZonedTimestampType,
    MapType,
    RowField,
    RowType,
)

if TYPE_CHECKING:
    from nutkin.table.table_result import CloseableIterator, TableResult

#: The column that says what kind of change each row is: 0 +I, 1 -U, 2 +U, 3 -D.
ROW_KIND = "$row_kind"
_KINDS_THAT_ADD = (0, 2)


def streams(rows: CloseableIterator) -> Iterator[bytes]:
    """The Arrow IPC streams of a result, as they come."""
    with rows:
        while (batch := rows._next_batch()) is not None:
            if batch:
                yield batch


def kept_rows(kinds: Sequence[int], rows: Sequence[Any]) -> list[int]:
    """The positions of the rows that are there when all changes have been made.

    >>> kept_rows([0, 0, 1, 2], ["a", "b", "a", "c"])
    [1, 3]
    """
    positions: dict[Any, list[int]] = {}
    for position, (kind, row) in enumerate(zip(kinds, rows, strict=True)):
        if kind in _KINDS_THAT_ADD:
            positions.setdefault(row, []).append(position)
        elif positions.get(row):
            positions[row].pop()
    return sorted(position for left in positions.values() for position in left)


def to_arrow(result: TableResult) -> Any:
    """All rows of a result as a ``pyarrow.Table``."""
    import pyarrow as pa

    batches = [pa.ipc.open_stream(stream).read_all() for stream in streams(result.collect())]
    if not batches:
        schema = result.get_resolved_schema()
        names, types = schema.get_column_names(), schema.get_column_data_types()
        fields = [
            pa.field(name, engine_arrow_type(one), one._nullable)
            for name, one in zip(names, types, strict=True)
        ]
        return pa.schema(fields).empty_table()
    table = pa.concat_tables(batches)
    if table.column_names[:1] != [ROW_KIND]:
        return table
    kinds = table.column(0).to_pylist()
    table = table.drop_columns([ROW_KIND])
    if any(kinds):
        rows = [repr(tuple(row.values())) for row in table.to_pylist()]
        table = table.take(kept_rows(kinds, rows))
    return table


def to_arrow_reader(result: TableResult) -> Any:
    """The rows of a result as a ``pyarrow.RecordBatchReader``, which reads them as they come.

    :raises ValueError: while reading, if the query changes rows it gave before.
    """
    import pyarrow as pa

    source = streams(result.collect())

    def batches() -> Iterator[Any]:
        for stream in source:
            for batch in pa.ipc.open_stream(stream):
                if batch.schema.names[:1] == [ROW_KIND]:
                    if any(batch.column(0).to_pylist()):
                        raise ValueError(
                            "The query changes rows that it gave before, so they cannot be read as a stream. "
                            "to_arrow() gives the rows of the end."
                        )
                    batch = batch.drop_columns([ROW_KIND])
                yield batch.cast(schema)

    resolved = result.get_resolved_schema()
    pairs = zip(resolved.get_column_names(), resolved.get_column_data_types(), strict=True)
    schema = pa.schema([pa.field(name, engine_arrow_type(one), one._nullable) for name, one in pairs])
    return pa.RecordBatchReader.from_batches(schema, batches())


def to_polars(result: TableResult) -> Any:
    """All rows of a result as a ``polars.DataFrame``."""
    import polars as pl

    frames = [pl.read_ipc_stream(io.BytesIO(stream)) for stream in streams(result.collect())]
    if not frames:
        return pl.DataFrame(schema=result.get_resolved_schema().get_column_names())
    frame = pl.concat(frames)
    if frame.columns[:1] != [ROW_KIND]:
        return frame
    kinds = frame[ROW_KIND].to_list()
    frame = frame.drop(ROW_KIND)
    return frame[kept_rows(kinds, list(map(repr, frame.rows())))] if any(kinds) else frame


def to_pandas(result: TableResult) -> Any:
    """All rows of a result as a ``pandas.DataFrame``."""
    return to_arrow(result).to_pandas(timestamp_as_object=False, date_as_object=True)


def encode(data: Any, schema: RowType | Sequence[str] | None) -> tuple[bytes, RowType]:
    """The Arrow IPC stream of something that exports Arrow data, and the type of its rows.

    :param schema: the type of the rows, or the names of the columns; those of the data if None.
    :raises TypeError: if ``data`` exports no Arrow data, or a column has a type that no table has.
    """
    import pyarrow as pa

    if isinstance(data, pa.RecordBatch):
        data = pa.Table.from_batches([data])
    elif not isinstance(data, pa.Table):
        if not hasattr(data, "__arrow_c_stream__"):
            raise TypeError(f"{type(data).__name__} exports no Arrow data (__arrow_c_stream__).")
        data = pa.RecordBatchReader.from_stream(data).read_all()
    if isinstance(schema, RowType):
        row_type = schema
    else:
        names = list(schema) if schema is not None else data.column_names
        fields = zip(names, data.schema, strict=True)
        row_type = RowType(
            [RowField(str(name), from_arrow_type(field.type, field.nullable)) for name, field in fields]
        )
    wanted = pa.schema(
        [pa.field(one.name, engine_arrow_type(one.data_type), one.data_type._nullable) for one in row_type]
    )
    table = data.rename_columns(wanted.names).cast(wanted).combine_chunks()
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, wanted) as writer:
        writer.write_table(table)
    return sink.getvalue(), row_type


def pandas_to_arrow_table(frame: Any) -> Any:
    """A data frame as a ``pyarrow.Table``, without its index."""
    import pyarrow as pa

    return pa.Table.from_pandas(frame, preserve_index=False)


def engine_arrow_type(data_type: DataType) -> Any:
    """The Arrow type in which the engine holds a type's values: instants are in UTC."""
    import pyarrow as pa

    def field(name: str, one: DataType) -> Any:
        return pa.field(name, engine_arrow_type(one), one._nullable)

    if isinstance(data_type, LocalZonedTimestampType):
        unit = next(unit for unit, digits in _UNITS.items() if data_type.precision <= digits)
        return pa.timestamp(unit, "UTC")
    if isinstance(data_type, BinaryType):
        return pa.binary()
    if isinstance(data_type, ArrayType):
        return pa.list_(field("element", data_type.element_type))
    if isinstance(data_type, MapType):
        return pa.map_(engine_arrow_type(data_type.key_type), field("value", data_type.value_type))
    if isinstance(data_type, RowType):
        return pa.struct([field(one.name, one.data_type) for one in data_type])
    return to_arrow_type(data_type)
