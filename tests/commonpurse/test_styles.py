"""The page of parts."""

from pathlib import Path

import pytest

from tests.cast import make_cast
from tests.visiting import seen

PARTS = Path(__file__).resolve().parents[2] / "templates" / "_parts"
# Written by the shell on every page, or by what needs a job, a page of results or a budget to stand beside.
ELSEWHERE = {
    *("header", "footer", "purse", "messages", "back", "form", "field", "field_words", "pattern"),
    *("money_row", "money_table", "pagination", "ask_how", "read_aloud", "refused", "autosave"),
}

pytestmark = pytest.mark.django_db


def test_shows_every_part_that_stands_alone() -> None:
    wanted = {file.stem for file in PARTS.glob("*.html")} - ELSEWHERE
    styles = PARTS.parent / "styles"
    written = "".join(file.read_text() for file in [*styles.glob("*.html"), *PARTS.glob("*.html")])
    assert {part for part in wanted if f"_parts/{part}.html" not in written} == set()


def test_shows_the_questions_with_something_amiss_and_none_amiss() -> None:
    cast = make_cast()
    assert "Something needs another look" in seen(cast.carol, "/styles/?with=errors")
    assert "Something needs another look" not in seen(cast.carol, "/styles/")


def test_is_for_those_who_work_for_a_council() -> None:
    cast = make_cast()
    assert seen(cast.amina_user, "/styles/") == "404"
