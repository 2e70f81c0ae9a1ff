"""Reading a table strictly: each fault where it is, none hiding another, and never an exception."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.rules import (
    Column,
    code,
    day,
    number,
    pence,
    read_table,
    text,
    units,
    us_day,
    web_address,
    yes_or_no,
)

COLUMNS = {
    "ref": Column(read=code(5)),
    "born": Column(read=day, is_needed=False),
    "pence": Column(read=pence(), is_needed=False, default=0),
}


def faults(data: str) -> list[str]:
    return [str(fault) for fault in read_table(data.encode(), file="t.csv", columns=COLUMNS).faults]


def test_reads_values_and_defaults() -> None:
    table = read_table(
        b'born,ref\n2026-04-30,A\n,"B, C"\n', file="t.csv", columns=COLUMNS | {"ref": Column(read=text(9))}
    )
    assert [row.values for row in table.rows] == [
        {"ref": "A", "born": date(2026, 4, 30), "pence": 0},
        {"ref": "B, C", "born": None, "pence": 0},
    ]
    assert [row.line for row in table.rows] == [2, 3]


def test_an_unclosed_quote_swallows_no_other_line() -> None:
    assert [said.split(":")[0] for said in faults('ref\nA\n"B\nC\n"D"x\n')] == [
        "t.csv, line 3",
        "t.csv, line 5",
    ]


def test_keeps_what_could_be_read_of_a_damaged_row() -> None:
    table = read_table(b"ref,born\nA,never\n", file="t.csv", columns=COLUMNS)
    assert table.rows == []
    assert table.damaged[0].values["ref"] == "A"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "is empty"),
        ("born\n", "The column ref is missing."),
        ("ref,ref\n", "The column ref is there twice."),
        ('"ref\n', "The column names cannot be read"),
        ("ref\nA,B\n", "There are 2 cells where 1 columns are named."),
        ("ref\nABCDEF\n", "ref must be at most 5 plain letters"),
        ("ref,pence\nA,9999999999999999\n", "pence must be a whole number"),
        ("ref,pence\nA,-1\n", "pence must be between 0"),
    ],
)
def test_says_what_is_wrong(data: str, why: str) -> None:
    assert any(why in said for said in faults(data))


@given(st.binary(max_size=300))
def test_answers_whatever_bytes_come(data: bytes) -> None:
    table = read_table(b"ref,born,pence\n" + data, file="t.csv", columns=COLUMNS)
    assert all(row.values.keys() == COLUMNS.keys() for row in table.rows)


@pytest.mark.parametrize(
    ("reader", "good", "value", "bad"),
    [
        (day, "2028-02-29", date(2028, 2, 29), ["2027-02-29", "2026-4-1", "01/04/2026", "20260401"]),
        (us_day, "04/30/2026", date(2026, 4, 30), ["30/04/2026", "4/30/2026", "2026-04-30"]),
        (number(1, 9), "9", 9, ["0", "10", "1.0", "٣", "1e0", "+1", " "]),
        (units, "1.2500", Decimal("1.25"), ["-1", "1.23456", ".5", "NaN", "Infinity", "1e3"]),
        (yes_or_no, "Y", True, ["maybe", "ja"]),
        (
            web_address,
            "https://www.cqc.org.uk/x",
            "https://www.cqc.org.uk/x",
            ["javascript:x", "//x", "https://a b"],
        ),
    ],
)
def test_reads_a_cell_in_one_way_only(reader: object, good: str, value: object, bad: list[str]) -> None:
    assert callable(reader)
    assert reader(good) == value
    for cell in bad:
        with pytest.raises(ValueError, match=r"must be|is not|may be"):
            reader(cell)
