"""Helpers for pandas and Arrow. Mirrors ``pyflink.table.utils``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from nutkin.table.types import DataType, LocalZonedTimestampType, to_arrow_type


def pandas_to_arrow(
    schema: Any, timezone: Any, field_types: Sequence[DataType], series: Iterable[Any]
) -> Any:
    """A ``pyarrow.RecordBatch`` of pandas series.

    :param timezone: the session's zone, in which instants are wall-clock times.
    """
    import pyarrow as pa

    columns = [
        pa.Array.from_pandas(
            tz_convert_to_internal(one, field_type, timezone), type=to_arrow_type(field_type)
        )
        for one, field_type in zip(series, field_types, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def arrow_to_pandas(timezone: Any, field_types: Sequence[DataType], batches: Sequence[Any]) -> list[Any]:
    """The pandas series of ``pyarrow.RecordBatch`` objects, one a column.

    :param timezone: the session's zone, in which instants are wall-clock times.
    """
    import pyarrow as pa

    table = pa.Table.from_batches(batches)
    return [
        tz_convert_from_internal(column.to_pandas(date_as_object=True), field_type, timezone)
        for column, field_type in zip(table.itercolumns(), field_types, strict=True)
    ]


def tz_convert_from_internal(s: Any, t: DataType, local_tz: Any) -> Any:
    """Instants as the session's zone shows them; other series as they are."""
    if not isinstance(t, LocalZonedTimestampType):
        return s
    return s.dt.tz_convert(local_tz) if s.dt.tz is not None else s.dt.tz_localize(local_tz)


def tz_convert_to_internal(s: Any, t: DataType, local_tz: Any) -> Any:
    """Instants as wall-clock times of the session's zone; other series as they are."""
    if not isinstance(t, LocalZonedTimestampType):
        return s
    zoned = s if s.dt.tz is not None else s.dt.tz_localize(datetime.timezone.utc)
    return zoned.dt.tz_convert(local_tz).dt.tz_localize(None)
