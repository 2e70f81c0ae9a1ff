"""Writing in a document while others do: nothing is lost, and the later one is told."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from people.models import User
from plans.actions import Kept, Writing, keep_edits
from plans.models import Edit
from tests.guards import SEALED, assert_kept, assert_refused
from tests.people.makers import make_user

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)


class Document:
    """Two fields that somebody writes in, and what became of each save."""

    def __init__(self) -> None:
        self.pk: UUID = uuid4()
        self.number = 0
        self.fields: dict[str, str] = {}
        self.minutes = 0

    def write(self, by: User, *, seen: int | None = None, insist: tuple[str, ...] = (), **sent: str) -> Kept:
        self.minutes += 1
        kept = keep_edits(
            document=self.pk,
            number=self.number,
            stands=self.fields,
            writing=Writing(sent=sent, seen=self.number if seen is None else seen, insist=insist),
            by=by,
            at=NINE + timedelta(minutes=self.minutes),
        )
        self.fields |= kept.changes
        self.number = kept.number
        return kept


@pytest.fixture
def document() -> Document:
    return Document()


def test_keeps_what_is_written(document: Document) -> None:
    kept = document.write(make_user(), hopes="To swim", fears="")
    assert (kept.changes, kept.number, kept.clashes) == ({"hopes": "To swim"}, 1, [])


def test_changes_nothing_where_nothing_is_changed(document: Document) -> None:
    priya = make_user()
    document.write(priya, hopes="To swim")
    assert (document.write(priya, hopes="To swim").number, Edit.objects.count()) == (1, 1)


def test_lets_two_write_in_different_fields_at_once(document: Document) -> None:
    priya, daniel = make_user(), make_user()
    document.write(priya, seen=0, hopes="To swim", fears="")
    kept = document.write(daniel, seen=0, hopes="", fears="The stairs")
    assert kept.clashes == []
    assert document.fields == {"hopes": "To swim", "fears": "The stairs"}


def test_tells_the_later_one_and_keeps_both(document: Document) -> None:
    priya, daniel = make_user(name="Priya"), make_user(name="Daniel")
    document.write(priya, seen=0, hopes="To swim")
    kept = document.write(daniel, seen=0, hopes="To sing")
    [clash] = kept.clashes
    assert (clash.theirs, clash.mine, clash.by) == ("To swim", "To sing", priya)
    assert (document.fields, kept.seen) == ({"hopes": "To swim"}, 0)
    assert Edit.objects.get(is_beside=True).after == "To sing"


def test_keeps_clashing_until_they_insist(document: Document) -> None:
    priya, daniel = make_user(), make_user()
    document.write(priya, seen=0, hopes="To swim")
    assert document.write(daniel, seen=0, hopes="To sing").clashes
    assert document.write(daniel, seen=0, hopes="To sing").clashes
    assert Edit.objects.filter(is_beside=True).count() == 1
    insisted = document.write(daniel, seen=0, insist=("hopes",), hopes="To sing")
    assert (insisted.clashes, document.fields) == ([], {"hopes": "To sing"})
    assert [edit.after for edit in Edit.objects.filter(is_beside=False).order_by("number")] == [
        "To swim",
        "To sing",
    ]


def test_stops_clashing_when_they_take_what_stands(document: Document) -> None:
    priya, daniel = make_user(), make_user()
    document.write(priya, seen=0, hopes="To swim")
    document.write(daniel, seen=0, hopes="To sing")
    assert document.write(daniel, seen=0, hopes="To swim").clashes == []


def test_never_clashes_with_oneself(document: Document) -> None:
    priya = make_user()
    document.write(priya, seen=0, hopes="To swi")
    assert document.write(priya, seen=0, hopes="To swim").clashes == []
    assert document.fields == {"hopes": "To swim"}


def test_is_refused_to_be_changed_by_hand(document: Document) -> None:
    document.write(make_user(), hopes="To swim")
    assert_refused(f"UPDATE plans_edit SET after = '{SEALED}'", match="it is kept")


@pytest.mark.django_db(transaction=True)
def test_is_refused_to_be_taken_away(document: Document, owner_connection: psycopg.Connection) -> None:
    document.write(make_user(), hopes="To swim")
    assert_kept(owner_connection, "plans_edit")
