"""Going round Django on purpose: what PostgreSQL holds of keys, moves and arrivals."""

from uuid import uuid4

import psycopg
import pytest

from tests.cast import NINE
from tests.guards import assert_kept, assert_refused
from tests.moving.makers import MOVED, agree, make_border, make_known, make_sent, make_side, take_in
from tests.people.makers import make_person

pytestmark = pytest.mark.django_db


def test_takes_a_pack_in_once() -> None:
    border = make_border()
    arrival = take_in(border, bytes(make_sent(border).pack or b""))
    assert_refused(
        "INSERT INTO moving_arrival (council_id, person_id, sender_id, key_id, pack_id, pack, moved_date, taken_by_id)"
        " SELECT council_id, %s, sender_id, key_id, pack_id, pack, moved_date, taken_by_id FROM moving_arrival",
        make_person(council=border.second.council).pk,
        match="taken_in_once",
    )
    assert_refused(
        "UPDATE moving_arrival SET pack_id = %s WHERE id = %s", uuid4(), arrival.pk, match="is kept"
    )


def test_has_a_second_person_check_every_key() -> None:
    first, second = make_side(), make_side()
    known = make_known(of=second, to=first, is_checked=False)
    assert_refused(
        "UPDATE moving_knowncouncil SET checked_at = %s, checked_by_id = entered_by_id WHERE id = %s",
        NINE,
        known.pk,
        match="second_person",
    )
    assert_refused(
        "INSERT INTO moving_knowncouncil (council_id, code, name, signing, sealing, entered_by_id, checked_at,"
        " checked_by_id) SELECT council_id, 'X', name, signing, sealing, entered_by_id, %s, %s"
        " FROM moving_knowncouncil",
        NINE,
        first.manager.pk,
        match="checked by somebody else after",
    )


def test_changes_no_key_that_was_entered_and_no_own_key() -> None:
    first, second = make_side(), make_side()
    known = make_known(of=second, to=first)
    for field in ("signing", "sealing"):
        assert_refused(
            f"UPDATE moving_knowncouncil SET {field} = '\\x00' WHERE id = %s",
            known.pk,
            match="only checked",
        )
    assert_refused(
        "UPDATE moving_knowncouncil SET checked_by_id = %s WHERE id = %s",
        first.worker.pk,
        known.pk,
        match="only checked",
    )
    assert_refused(
        "UPDATE moving_councilkey SET locked = 'x' WHERE id = %s", first.key.pk, match="only retired"
    )
    assert_refused(
        "INSERT INTO moving_councilkey (council_id, signing, sealing, locked, made_by_id)"
        " SELECT council_id, signing, sealing, locked, made_by_id FROM moving_councilkey WHERE id = %s",
        first.key.pk,
        match="one_at_a_time",
    )


def test_keeps_what_somebody_agreed_to_and_sends_it_to_a_trusted_council_only() -> None:
    border = make_border()
    move = agree(border)
    assert_refused(
        "UPDATE moving_move SET with_reviews = true WHERE id = %s", move.pk, match="only taken back or sent"
    )
    assert_refused("UPDATE moving_move SET sent_at = %s WHERE id = %s", NINE, move.pk, match="sent_whole")
    third = make_side()
    waiting = make_known(of=third, to=border.first, is_checked=False)
    statement = (
        "INSERT INTO moving_move (person_id, to_id, moved_date, with_assessments, with_reviews, agreed_by,"
        " agreed_words, taken_back_by, copy_locked) VALUES (%s, %s, %s, false, false, 'x', '', '', '')"
    )
    assert_refused(statement, border.amina.pk, waiting.pk, MOVED, match="no council whose key")
    assert_refused(statement, border.amina.pk, border.to.pk, MOVED, match="one_a_person")


def test_takes_nobody_in_from_a_council_whose_key_waits() -> None:
    border = make_border()
    take_in(border, bytes(make_sent(border).pack or b""))
    third = make_side()
    waiting = make_known(of=third, to=border.second, is_checked=False)
    assert_refused(
        "INSERT INTO moving_arrival (council_id, person_id, sender_id, key_id, pack_id, pack, moved_date, taken_by_id)"
        " SELECT council_id, person_id, %s, key_id, %s, pack, moved_date, taken_by_id FROM moving_arrival",
        waiting.pk,
        uuid4(),
        match="no council whose key",
    )


@pytest.mark.django_db(transaction=True)
def test_keeps_every_row(owner_connection: psycopg.Connection) -> None:
    border = make_border()
    take_in(border, bytes(make_sent(border).pack or b""))
    for table in ("councilkey", "knowncouncil", "move", "arrival"):
        assert_kept(owner_connection, f"moving_{table}")
    assert_kept(owner_connection, "budgets_endedpart")


def test_gives_back_only_what_the_books_say() -> None:
    border = make_border()
    make_sent(border)
    assert_refused("UPDATE budgets_endedpart SET returned_pence = 1", match="is kept")
    assert_refused(
        "INSERT INTO budgets_endedpart (allocation_id, returned_pence, effective_date, entry_id)"
        " SELECT allocation_id, returned_pence + 1, effective_date, entry_id FROM budgets_endedpart",
        match="not what its entry moved",
    )
