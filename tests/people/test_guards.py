"""What PostgreSQL holds about notices, authorities, policy and a death against everybody, psql included."""

from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest

from people.actions import tell
from people.models import Notice, Person, PolicyValue
from tests.guards import SEALED, assert_kept, assert_refused, run_sql
from tests.people.makers import (
    make_authority,
    make_council,
    make_mark,
    make_person,
    make_social_worker,
    make_user,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


def make_notice(*, person: Person | None = None) -> Notice:
    told = tell(
        person=person or make_person(user=make_user()),
        kind="people_authority_withdrawn",
        key="1",
        at=AT,
        by="system:tests",
        helper="Robin Reed",
        on=AT.date(),
    )
    assert told is not None
    return told


def make_policy(*, until_date: date | None = None) -> PolicyValue:
    return PolicyValue.objects.create(
        code="days_for_tests",
        value=35,
        unit="days",
        effective_date=date(2026, 4, 1),
        until_date=until_date,
        source="Design 5",
    )


def set_in(table: str, change: str, pk: UUID) -> tuple[str, UUID]:
    return f"UPDATE {table} SET {change} WHERE id = %s", pk


@pytest.mark.parametrize(
    "change",
    [
        f"words = '{SEALED}'",
        f"easy_words = '{SEALED}'",
        "subject = 'else'",
        "key = 'else'",
        "kind = 'else'",
        "about = '/else/'",
        "channel = 'letter'",
        "made_at = now()",
        "made_by = 'else'",
        "id = uuidv7()",
    ],
)
def test_a_notice_keeps_what_it_says(change: str) -> None:
    assert_refused(*set_in("people_notice", change, make_notice().pk), match="stays as it was written")


@pytest.mark.parametrize("whose", ["person_id", "council_id"])
def test_a_notice_keeps_whom_it_is_for(whose: str) -> None:
    other = make_person()
    value = other.pk if whose == "person_id" else other.council_id
    statement = f"UPDATE people_notice SET {whose} = %s WHERE id = %s"
    assert_refused(statement, value, make_notice().pk, match="stays as it was written")


SENDING = "state = 'sending', begun_at = now()"
SENT = "state = 'sent', sent_at = now()"
FAILED = "state = 'failed', problem = 'x'"


@pytest.mark.parametrize(
    ("ways", "refused"),
    [
        ([], SENT),
        ([], "state = 'to_print'"),
        ([], "state = 'posted', sent_at = now()"),
        ([SENDING], "state = 'waiting'"),
        ([SENDING, SENT], FAILED),
        ([SENDING, SENT], "state = 'waiting'"),
        ([SENDING, FAILED], "state = 'sending'"),
        ([SENDING, FAILED], SENT),
        ([FAILED], "state = 'waiting'"),
    ],
)
def test_a_notice_goes_forward_only(ways: list[str], refused: str) -> None:
    notice = make_notice()
    for way in ways:
        run_sql(*set_in("people_notice", way, notice.pk))
    assert_refused(*set_in("people_notice", refused, notice.pk), match="A notice cannot go from")


def test_a_letter_is_posted_and_stays_so() -> None:
    letter = make_notice(person=make_person())
    assert_refused(*set_in("people_notice", FAILED, letter.pk), match="from to_print to failed")
    run_sql(*set_in("people_notice", "state = 'posted', sent_at = now(), sent_by = 'user:1'", letter.pk))
    assert_refused(*set_in("people_notice", "state = 'to_print'", letter.pk), match="from posted to to_print")


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("read_at = now()", "read_at = NULL"),
        (SENDING, "begun_at = NULL, state = 'failed'"),
        (f"{SENDING}, sent_at = now()", "sent_at = now() + interval '1 day'"),
        (FAILED, "problem = ''"),
        ("sent_by = 'user:1'", "sent_by = 'user:2'"),
    ],
)
def test_a_notice_says_each_moment_once(first: str, then: str) -> None:
    notice = make_notice()
    run_sql(*set_in("people_notice", first, notice.pk))
    assert_refused(*set_in("people_notice", then, notice.pk), match="is written once")


@pytest.mark.parametrize("begun", ["'sent', NULL, now()", "'failed', NULL, NULL", "'waiting', now(), NULL"])
def test_a_notice_begins_unsent(begun: str) -> None:
    statement = (
        "INSERT INTO people_notice (council_id, person_id, key, kind, subject, words, easy_words, about, channel,"
        " made_by, problem, sent_by, state, begun_at, sent_at)"
        " SELECT council_id, person_id, 'other', kind, subject, words, easy_words, about, channel,"
        f" made_by, problem, sent_by, {begun} FROM people_notice WHERE id = %s"
    )
    assert_refused(statement, make_notice().pk, match="begins unsent")


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'attorney'",
        "scopes = '{see,spend}'",
        "start_date = '2020-01-01'",
        "end_date = '2030-01-01'",
        f"evidence = '{SEALED}'",
        "given_by = 'else'",
        "withdrawn_by = 'user:1'",
        "withdrawn_at = now(), withdrawn_by = 'user:1', scopes = '{spend}'",
    ],
)
def test_an_authority_is_only_withdrawn(change: str) -> None:
    authority = make_authority(person=make_person())
    assert_refused(*set_in("people_authority", change, authority.pk), match="can only be withdrawn")


def test_an_authority_is_withdrawn_once_and_for_good() -> None:
    authority = make_authority(person=make_person())
    run_sql(*set_in("people_authority", "withdrawn_at = now(), withdrawn_by = 'user:1'", authority.pk))
    for change in ("withdrawn_at = NULL, withdrawn_by = ''", "withdrawn_by = 'user:2'"):
        assert_refused(*set_in("people_authority", change, authority.pk), match="can only be withdrawn")


@pytest.mark.parametrize("change", ["died_date = NULL", "died_date = '2026-05-05'"])
def test_a_death_is_written_once(change: str) -> None:
    amina = make_person()
    run_sql(*set_in("people_person", "died_date = '2026-05-04'", amina.pk))
    assert_refused(*set_in("people_person", change, amina.pk), match="is written down already")
    run_sql(*set_in("people_person", "postcode = 'FA1 1AA'", amina.pk))


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_ever_taken_away(owner_connection: psycopg.Connection) -> None:
    make_notice()
    make_authority(person=make_person())
    make_policy()
    council = make_council()
    lead = make_social_worker(council=council)
    make_mark(person=make_person(council=council, lead=lead), kept_from=make_user(), by=lead, at=AT)
    for table in ("people_notice", "people_authority", "people_policyvalue", "people_safeguardingmark"):
        assert_kept(owner_connection, table)


def test_a_notice_has_a_key_of_its_own() -> None:
    notice = make_notice()
    statement = (
        "INSERT INTO people_notice (council_id, person_id, key, kind, subject, words, easy_words, about, channel,"
        " made_by, problem, sent_by, state) SELECT council_id, person_id, key, kind, subject, words, easy_words,"
        " about, channel, made_by, problem, sent_by, state FROM people_notice WHERE id = %s"
    )
    assert_refused(statement, notice.pk, match="people_notice_key")
