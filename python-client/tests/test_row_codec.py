"""Rows to Arrow and back: what went in comes out, and what does not fit is refused by name.

The truth is CPython's own: the values that went in, rounded by ``decimal`` and cut by ``datetime``.
"""

import array
import datetime
import decimal
import math
import os
import struct
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nutkin import _native
from nutkin.common.types import Row

UTC = datetime.timezone.utc


def make_row(kind: int, names: list[str], values: tuple[Any, ...]) -> Row:
    row = Row(*values)
    row.set_field_names(names)
    return row


def round_trip(values: list[Any], declared: str) -> list[Any]:
    """The values after a way through an Arrow column of the declared type."""
    encoded = _native.encode_rows([(value,) for value in values], f"ROW<v {declared}>")
    return [row[0] for row in _native.decode_rows(encoded, make_row)]


def nullable(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.none() | values, max_size=20)


def whole(bits: int) -> st.SearchStrategy[int]:
    return st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


TEXT = st.text(st.characters(exclude_categories=["Cs"]))

EXACT = [
    ("BOOLEAN", st.booleans()),
    ("TINYINT", whole(8)),
    ("SMALLINT", whole(16)),
    ("INT", whole(32)),
    ("BIGINT", whole(64)),
    ("FLOAT", st.floats(width=32, allow_nan=False)),
    ("DOUBLE", st.floats(allow_nan=False)),
    ("STRING", TEXT),
    ("CHAR(5)", st.text(st.characters(max_codepoint=127))),
    ("BYTES", st.binary().map(bytearray)),
    ("DATE", st.dates()),
    ("TIME(6)", st.times()),
    ("TIME(9)", st.times()),
    ("TIMESTAMP(6)", st.datetimes()),
    ("TIMESTAMP(9)", st.datetimes(datetime.datetime(1678, 1, 1), datetime.datetime(2262, 1, 1))),
    ("INTERVAL YEAR TO MONTH", whole(32)),
    ("ARRAY<INT>", nullable(whole(32))),
    ("ARRAY<ARRAY<STRING>>", nullable(nullable(TEXT))),
    ("MAP<STRING, BIGINT>", st.dictionaries(st.text("abc"), st.none() | whole(64))),
    ("MULTISET<INT>", st.dictionaries(whole(32), st.integers(1, 100))),
]


@pytest.mark.parametrize(("declared", "values"), EXACT, ids=[declared for declared, _ in EXACT])
def test_values_come_back_as_they_went(declared: str, values: st.SearchStrategy[Any]) -> None:
    @given(nullable(values))
    def check(given_values: list[Any]) -> None:
        returned = round_trip(given_values, declared)
        assert returned == given_values
        assert list(map(type, returned)) == list(map(type, given_values))

    check()


@given(nullable(st.floats()))
def test_every_double_keeps_its_bits(values: list[float | None]) -> None:
    def bits(value: float | None) -> bytes | None:
        return None if value is None else struct.pack("d", value)

    assert list(map(bits, round_trip(values, "DOUBLE"))) == list(map(bits, values))


@given(nullable(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)))
def test_decimals_round_half_up_to_their_scale(values: list[decimal.Decimal | None]) -> None:
    context = decimal.Context(prec=200, rounding=decimal.ROUND_HALF_UP)
    scale = decimal.Decimal("0.001")
    expected = [None if value is None else value.quantize(scale, context=context) for value in values]
    returned = round_trip(values, "DECIMAL(38, 3)")
    assert returned == expected
    assert all(value is None or value.as_tuple().exponent == -3 for value in returned)


@given(nullable(st.decimals(allow_nan=False, allow_infinity=False, places=10, max_value=10**27, min_value=0)))
def test_all_38_digits_of_a_decimal_are_kept(values: list[decimal.Decimal | None]) -> None:
    assert round_trip(values, "DECIMAL(38, 10)") == values


@pytest.mark.parametrize(
    ("value", "declared", "expected"),
    [
        (decimal.Decimal("1E+3"), "DECIMAL(10, 2)", "1000.00"),
        (decimal.Decimal("0E+50"), "DECIMAL(10, 2)", "0.00"),
        (decimal.Decimal("5E-60"), "DECIMAL(10, 2)", "0.00"),
        (decimal.Decimal("-0.005"), "DECIMAL(10, 2)", "-0.01"),
        (decimal.Decimal("-0"), "DECIMAL(10, 2)", "0.00"),
        (7, "DECIMAL(10, 2)", "7.00"),
        (decimal.Decimal("9" * 38), "DECIMAL(38, 0)", "9" * 38),
    ],
)
def test_decimals_by_hand(value: Any, declared: str, expected: str) -> None:
    assert [str(returned) for returned in round_trip([value], declared)] == [expected]


@given(st.lists(st.timedeltas(datetime.timedelta(days=-(10**6)), datetime.timedelta(days=10**6))))
def test_intervals_keep_milliseconds(values: list[datetime.timedelta]) -> None:
    zero = datetime.timedelta()
    millisecond = datetime.timedelta(milliseconds=1)
    expected = [millisecond * (abs(value) // millisecond) * (-1 if value < zero else 1) for value in values]
    assert round_trip(values, "INTERVAL DAY TO SECOND(3)") == expected


@pytest.mark.parametrize("precision", range(7))
@given(value=st.datetimes())
def test_digits_beyond_the_precision_are_cut(precision: int, value: datetime.datetime) -> None:
    step = 10 ** (6 - precision)
    expected = value.replace(microsecond=value.microsecond - value.microsecond % step)
    assert round_trip([value], f"TIMESTAMP({precision})") == [expected]
    assert round_trip([value.time()], f"TIME({precision})") == [expected.time()]


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"])
def process_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_instants_show_the_local_time_of_the_process(process_zone: str) -> None:
    instants = [
        datetime.datetime(1970, 1, 1, tzinfo=UTC),
        datetime.datetime(2024, 7, 1, 12, 30, 0, 123456, tzinfo=UTC),
        datetime.datetime(1905, 2, 3, 4, 5, 6, 7, tzinfo=UTC),
        datetime.datetime(2024, 7, 1, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=-3))),
    ]
    local = [instant.astimezone().replace(tzinfo=None) for instant in instants]
    assert round_trip(instants, "TIMESTAMP_LTZ(6)") == local
    # Naive ones are local time already.
    assert round_trip(local, "TIMESTAMP_LTZ(6)") == local


def test_rows_are_taken_in_all_their_forms() -> None:
    named = Row(b="x", a=1)
    values = [(1, "x"), [1, "x"], {"a": 1, "b": "x"}, named, Row(1, "x"), {"a": 1}, None]
    returned = round_trip(values, "ROW<a INT, b STRING>")
    assert returned == [Row(a=1, b="x")] * 5 + [Row(a=1, b=None), None]


def test_a_null_row_may_have_fields_that_may_not() -> None:
    assert round_trip([None, (1,)], "ROW<a INT NOT NULL>") == [None, Row(a=1)]


def test_other_sequences_are_arrays() -> None:
    assert round_trip([array.array("i", [1, 2]), (3,), range(2)], "ARRAY<INT>") == [[1, 2], [3], [0, 1]]


def test_numbers_by_their_protocols() -> None:
    class Index:
        def __index__(self) -> int:
            return 5

    assert round_trip([Index(), True], "INT") == [5, 1]
    assert round_trip([1, decimal.Decimal("0.5"), True], "DOUBLE") == [1.0, 0.5, 1.0]
    assert round_trip([0.1], "FLOAT") == [struct.unpack("f", struct.pack("f", 0.1))[0]]
    assert math.isnan(round_trip([math.nan], "FLOAT")[0])


def test_a_datetime_gives_its_date() -> None:
    assert round_trip([datetime.datetime(2024, 2, 29, 23)], "DATE") == [datetime.date(2024, 2, 29)]


REFUSED = [
    (5, "STRING", "is int, but its type is STRING"),
    (b"x", "STRING", "is bytes, but its type is STRING"),
    ("\ud800", "STRING", "has a lone surrogate"),
    ("x", "BYTES", "is str, but its type is BYTES"),
    (1, "BOOLEAN", "is int, but its type is BOOLEAN"),
    (1.0, "BIGINT", "is float, but its type is BIGINT"),
    ("1", "INT", "is str, but its type is INT"),
    (128, "TINYINT", "is 128, which is out of the range of its type TINYINT"),
    (-129, "TINYINT", "is -129, which is out of the range of its type TINYINT"),
    (2**63, "BIGINT", "is 9223372036854775808, which is out of the range of its type BIGINT"),
    ("1.5", "DOUBLE", "is str, but its type is DOUBLE"),
    (1e39, "FLOAT", "is 1e+39, which is out of the range of its type FLOAT"),
    (10**400, "DOUBLE", "out of the range of its type DOUBLE"),
    (1.5, "DECIMAL(10, 2)", "is float, but its type is DECIMAL(10, 2)"),
    (True, "DECIMAL(10, 2)", "is bool, but its type is DECIMAL(10, 2)"),
    (decimal.Decimal("99.995"), "DECIMAL(4, 2)", "does not fit its type DECIMAL(4, 2)"),
    (decimal.Decimal("NaN"), "DECIMAL(4, 2)", "is Decimal('NaN'), which does not fit its type"),
    (decimal.Decimal("Infinity"), "DECIMAL(4, 2)", "does not fit its type"),
    (10**5000, "DECIMAL(38, 0)", "does not fit its type"),
    (datetime.date(2024, 1, 1), "TIMESTAMP(3)", "is datetime.date, but its type is TIMESTAMP(3)"),
    (datetime.datetime(3000, 1, 1), "TIMESTAMP(9)", "out of the range of its type TIMESTAMP(9)"),
    (5, "TIME(3)", "is int, but its type is TIME(3)"),
    (5, "INTERVAL DAY TO SECOND(3)", "is int, but its type is INTERVAL"),
    ("ab", "ARRAY<STRING>", "is str, but its type is ARRAY<STRING>"),
    ({1: 2}, "ARRAY<INT>", "is dict, but its type is ARRAY<INT>"),
    ([1, "z"], "ARRAY<INT>", "is a value that has str at [1], but its type is ARRAY<INT>, with INT there"),
    ([(1, 2)], "MAP<INT, INT>", "is list, but its type is MAP<INT, INT>"),
    ({None: 1}, "MAP<INT, INT>", "has None at {key}"),
    (
        {"k": [300]},
        "MAP<STRING, ARRAY<TINYINT>>",
        "has 300 at ['k'][0], which is out of the range of the type TINYINT",
    ),
    ((1,), "ROW<a INT, b INT>", "has 1 values for the 2 fields of its type"),
    ({"c": 1}, "ROW<a INT, b INT>", "has the key 'c', which is no field of"),
    ((1, "x"), "ROW<a INT, b INT>", "has str at .b, but its type is ROW<`a` INT, `b` INT>, with INT there"),
    (None, "INT NOT NULL", "is None, but its type is INT NOT NULL"),
    ([None], "ARRAY<INT NOT NULL>", "has None at [0]"),
]


@pytest.mark.parametrize(
    ("value", "declared", "message"),
    REFUSED,
    ids=[f"{number} {row[1]}" for number, row in enumerate(REFUSED)],
)
def test_what_does_not_fit_is_named(value: Any, declared: str, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        round_trip([value], declared)
    assert str(caught.value).startswith("Field 'v' of row 0 ")
    assert message in str(caught.value)


def test_rows_of_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="Row 1 has 1 values, but there are 2 columns"):
        _native.encode_rows([(1, 2), (3,)], "ROW<a INT, b INT>")


def test_many_rows_come_back_in_order() -> None:
    rows = [(number, str(number)) for number in range(150_000)]
    encoded = _native.encode_rows(rows, "ROW<n BIGINT, s STRING>")
    assert _native.decode_rows(encoded, lambda kind, names, values: values) == rows


def test_no_rows() -> None:
    assert _native.decode_rows(_native.encode_rows([], "ROW<n BIGINT>"), make_row) == []


def test_names_and_kinds_reach_the_maker_of_rows() -> None:
    encoded = _native.encode_rows([(3, 1), (0, 2)], "ROW<`$row_kind` TINYINT, n BIGINT>")
    made = _native.decode_rows(encoded, lambda kind, names, values: (kind, names, values))
    assert made == [(3, ["n"], (1,)), (0, ["n"], (2,))]
