"""A day is asked for as one of this life, so that a day before and after it can be counted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from ledger.forms import DayField


@pytest.mark.parametrize(
    "words", ["1899-12-31", "0026-05-04", "2200-01-01", "9999-12-31", "2026-02-30", "soon"]
)
def test_refuses_what_is_no_day_of_this_life_in_the_words_of_the_form(words: str) -> None:
    with pytest.raises(ValidationError, match="Write a day"):
        DayField(error_messages={"invalid": "Write a day, like 2026-05-28."}).clean(words)


def test_reads_a_day() -> None:
    field = DayField(required=False)
    assert [field.clean(words) for words in ("1900-01-01", "2199-12-31", "")] == [
        date(1900, 1, 1),
        date(2199, 12, 31),
        None,
    ]
