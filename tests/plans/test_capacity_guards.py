"""What PostgreSQL holds about capacity and best interests against everybody, psql included."""

from typing import Any

import psycopg
import pytest
import time_machine

from people.models import CapacityRecord, Matter
from plans.actions.capacity import challenge_capacity, decide_for, record_capacity
from tests.cast import NINE, ON, Cast, make_cast
from tests.guards import SEALED, assert_kept, assert_refused, run_sql
from tests.people.makers import make_user
from tests.plans.judging import in_her_interest, judged_able, make_lack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]


@pytest.fixture
def _on_the_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


def lack(cast: Cast, **more: Any) -> CapacityRecord:
    """Amina cannot decide about a direct payment."""
    return make_lack(person=cast.amina, by=cast.priya, on=ON, at=NINE, **more)


def able(cast: Cast) -> CapacityRecord:
    """Amina can decide about it."""
    return record_capacity(person=cast.amina, judged=judged_able(on=ON), by=cast.priya, on=ON, at=NINE)


AUTHORITY = (
    f"INSERT INTO people_authority (person_id, helper_id, kind, scopes, start_date, evidence, given_by, given_at, "
    f"withdrawn_by, capacity_id) VALUES (%s, %s, %s, '{{{{see}}}}', '2026-05-04', '{SEALED}', 'x', '{{at}}', '', %s)"
)


@pytest.mark.parametrize(
    ("kind", "which", "at", "match"),
    [
        ("authorised", None, "2026-05-04", "rests on a record"),
        ("authorised", "plan", "2026-05-04", "rests on a record"),
        ("authorised", "direct_payment", "2026-06-04", "rests on a record"),
        ("supporter", "direct_payment", "2026-05-04", "rests on a record"),
        ("nominated", None, "2026-05-04", "Only who can decide"),
    ],
)
def test_the_database_holds_on_what_authority_rests(
    kind: str, which: str | None, at: str, match: str
) -> None:
    cast = make_cast()
    records = {"plan": lack(cast, matter=Matter.PLAN), "direct_payment": lack(cast)}
    record = records[which].pk if which else None
    assert_refused(AUTHORITY.format(at=at), cast.amina.pk, make_user().pk, kind, record, match=match)


def test_the_database_rests_an_authority_on_the_same_persons_record_that_stands() -> None:
    cast = make_cast()
    record = lack(cast)
    helper, on = make_user().pk, AUTHORITY.format(at="2026-05-04")
    assert_refused(on, cast.ben.pk, helper, "authorised", record.pk, match="rests on a record")
    run_sql(on, cast.amina.pk, helper, "authorised", record.pk)
    swap = "UPDATE people_authority SET withdrawn_at = now(), withdrawn_by = 'x', capacity_id = NULL"
    assert_refused(swap, match="only be withdrawn")
    able(cast)
    assert_refused(on, cast.amina.pk, make_user().pk, "authorised", record.pk, match="rests on a record")


LACKS = "people_capacity_lack_has_its_causes"


@pytest.mark.parametrize(
    ("which", "value", "words"),
    [
        ("impairment", "''", LACKS),
        ("because", "''", LACKS),
        ("cannot", "'{}'", LACKS),
        ("is_more_than_unwise", "false", LACKS),
        ("look_again_date", "NULL", LACKS),
        ("outcome", "'has'", LACKS),
        ("cannot", "'{dance}'", "names_known_abilities"),
        ("support", "''", "says_for_what_and_why"),
        ("matter", "'life', NULL", "of_a_known_matter"),
        ("look_again_date", "assessed_date", "looked_at_again_later"),
        ("assessed_date", "date '2026-05-05'", "once it was looked at"),
        ("supersedes_id", "NULL", "begins_once"),
        ("matter", "'plan'", "on the same matter"),
    ],
)
def test_the_database_lets_nobody_lack_capacity_without_its_causes(
    which: str, value: str, words: str
) -> None:
    lack(make_cast())
    values = {
        name: name
        for name in ("person_id", "matter", "decision", "outcome", "support", "impairment", "cannot")
    }
    values |= {name: name for name in ("because", "is_more_than_unwise", "reasons", "assessed_date")}
    values |= {name: name for name in ("look_again_date", "recorded_at", "recorded_by_id")}
    values |= {"supersedes_id": "id", which: value.partition(", ")[0]}
    if ", " in value:  # the first of its matter
        values["supersedes_id"] = "NULL"
    assert_refused(
        f"INSERT INTO people_capacityrecord ({', '.join(values)}) SELECT {', '.join(values.values())} "
        "FROM people_capacityrecord",
        match=words,
    )


def test_a_best_interest_decision_says_what_and_why_and_asks_somebody() -> None:
    cast = make_cast()
    decide_for(capacity=lack(cast), made=in_her_interest(on=ON), by=cast.priya, on=ON, at=NINE)
    names = [
        "capacity_id",
        "wishes",
        "options",
        "decision",
        "reason",
        "consulted",
        "decided_date",
        "decided_at",
    ]
    names.append("decided_by_id")
    for which, value, words in (
        ("wishes", "''", "says_what_and_why"),
        ("consulted", "''", "asks_somebody"),
        ("decided_date", "date '2026-05-05'", "once it was made"),
        ("decided_date", "date '2026-05-03'", "only while it stands"),
    ):
        values = [value if name == which else name for name in names]
        assert_refused(
            f"INSERT INTO plans_bestinterest ({', '.join(names)}, not_consulted, advocate) "
            f"SELECT {', '.join(values)}, '', '' FROM plans_bestinterest",
            match=words,
        )


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_ever_changed_or_taken_away(owner_connection: psycopg.Connection) -> None:
    cast = make_cast()
    record = lack(cast)
    decide_for(capacity=record, made=in_her_interest(on=ON), by=cast.priya, on=ON, at=NINE)
    challenge_capacity(capacity=record, words="No.", by=cast.amina_user, on=ON, at=NINE)
    for table in ("people_capacityrecord", "plans_bestinterest", "plans_capacitychallenge"):
        assert_kept(owner_connection, table)
    for table in ("people_capacityrecord", "plans_bestinterest"):
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner_connection.execute(f"UPDATE {table} SET id = id")
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_connection.execute(f"UPDATE plans_capacitychallenge SET words = '{SEALED}'")
