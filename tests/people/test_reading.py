"""Looking at somebody's record is written down, once a day, on the footing one looked; the person reads who it was."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.urls import reverse
from time_machine import travel

from people.actions import write_reading
from people.models import Authority, AuthorityKind, Footing, Part, Person, Reading, RoleKind, User
from tests.cast import NINE, ON
from tests.guards import assert_kept, assert_refused
from tests.people.makers import (
    make_authority,
    make_council,
    make_person,
    make_social_worker,
    make_user,
    make_user_with_role,
)
from tests.visiting import act_for, as_user, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina() -> Person:
    council = make_council()
    lead = make_social_worker(council=council)
    return make_person(council=council, user=make_user(name="Amina Yusuf"), lead=lead)


def priya_of(person: Person) -> User:
    assert person.lead_professional is not None
    return person.lead_professional


def look(
    person: Person, reader: User, *parts: Part, under: Authority | None = None, days: int = 0
) -> list[Reading]:
    looked = [(person, part) for part in parts or (Part.MONEY,)]
    write_reading(seen=looked, reader=reader, under=under, at=NINE + timedelta(days=days))
    return list(Reading.objects.filter(reader=reader).order_by("on_date", "part"))


def test_is_written_once_a_reader_part_and_day(amina: Person) -> None:
    priya = priya_of(amina)
    look(amina, priya, Part.MONEY, Part.PLAN)
    look(amina, priya, Part.MONEY)
    looks = look(amina, priya, Part.MONEY, days=1)
    assert [(one.on_date - ON, one.part) for one in looks] == [
        (timedelta(0), Part.MONEY),
        (timedelta(0), Part.PLAN),
        (timedelta(1), Part.MONEY),
    ]
    assert {one.read_at for one in looks} == {NINE, NINE + timedelta(days=1)}


def test_does_not_write_down_what_is_ones_own(amina: Person) -> None:
    assert amina.user is not None
    assert look(amina, amina.user) == []


def test_says_what_the_reader_does_for_the_council(amina: Person) -> None:
    farah = make_user_with_role(council=amina.council, kind=RoleKind.FINANCE_OFFICER)
    [by_lead], [by_officer] = look(amina, priya_of(amina)), look(amina, farah)
    assert (by_lead.footing, by_officer.footing) == (Footing.LEAD, Footing.FINANCE_OFFICER)


def test_names_the_authority_under_which_a_helper_looks(amina: Person) -> None:
    first = make_authority(person=amina, end_date=ON + timedelta(days=5))
    chosen = make_authority(person=amina, helper=first.helper, start_date=ON)
    [by_helper] = look(amina, first.helper, under=chosen)
    assert (by_helper.footing, by_helper.authority) == (Footing.HELPER, chosen)


def test_finds_the_authority_of_a_helper_who_chose_none(amina: Person) -> None:
    authority = make_authority(person=amina)
    [by_helper] = look(amina, authority.helper)
    assert by_helper.authority == authority


def test_calls_a_carer_who_is_no_helper_a_carer(amina: Person) -> None:
    over = make_authority(person=amina, kind=AuthorityKind.CARER, withdrawn_at=NINE)
    [by_carer] = look(amina, over.helper)
    assert (by_carer.footing, by_carer.authority) == (Footing.CARER, None)


def test_shows_the_person_who_looked_at_what(amina: Person) -> None:
    assert amina.user is not None
    look(amina, priya_of(amina), Part.MONEY, Part.LETTERS)
    words = seen(amina.user, reverse("people:looked"))
    for each in ("Priya Shah", "Your social worker", "your money", "your letters", "Monday 4 May 2026"):
        assert each in words


def test_is_written_as_a_page_is_opened_by_a_helper(amina: Person) -> None:
    robin = make_authority(person=amina)
    client = as_user(robin.helper)
    act_for(client, robin)
    client.get(reverse("reports:my-money"))
    written = Reading.objects.get(reader=robin.helper)
    assert (written.person, written.part, written.authority) == (amina, Part.MONEY, robin)


def test_is_not_written_where_nothing_was_shown(amina: Person) -> None:
    stranger = make_social_worker(council=make_council())
    assert as_user(stranger).get(reverse("reports:person", args=[amina.pk])).status_code == 404
    assert not Reading.objects.exists()


def test_tells_the_social_worker_so_that_they_can_tell(amina: Person) -> None:
    with travel(NINE, tick=False):
        address = reverse("people:looked-of", args=[amina.pk])
        assert "who can act" not in seen(priya_of(amina), address)
        assert "Your social worker" in seen(priya_of(amina), address)


@pytest.mark.parametrize(
    "change", ["part = 'plan'", "on_date = '2026-01-01'", "reader_id = reader_id", "footing = 'auditor'"]
)
def test_stays_as_it_was_written(amina: Person, change: str) -> None:
    look(amina, priya_of(amina))
    assert_refused(f"UPDATE people_reading SET {change}", match="is kept")


@pytest.mark.django_db(transaction=True)
def test_is_kept_for_good(amina: Person, owner_connection: psycopg.Connection) -> None:
    look(amina, priya_of(amina))
    assert_kept(owner_connection, "people_reading")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"footing": "helper"}, "people_reading_of_a_helper_names_their_authority"),
        ({"footing": "stranger"}, "people_reading_is_on_a_known_footing"),
        ({"part": "secrets"}, "people_reading_is_of_a_known_part"),
        ({"reader_id": "own"}, "own is not written down"),
    ],
)
def test_says_nothing_that_cannot_be(amina: Person, change: dict[str, Any], match: str) -> None:
    row = {"reader_id": priya_of(amina).pk, "part": "money", "footing": "lead"} | change
    if row["reader_id"] == "own":
        row["reader_id"] = amina.user_id
    assert_refused(
        "INSERT INTO people_reading (person_id, reader_id, part, footing, on_date, read_at)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        *(amina.pk, row["reader_id"], row["part"], row["footing"], ON, NINE),
        match=match,
    )
