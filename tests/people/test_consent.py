"""A carer consents that their care is counted: by their own word, or written down with what it rests on."""

from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest

from people.actions import Care, UnableToConsent, give_consent, record_consent
from people.models import AuthorityKind, CarerConsent, Notice, Person, User
from tests.cast import NINE, ON
from tests.guards import assert_kept, assert_refused, run_sql
from tests.people.makers import make_authority, make_council, make_person, make_social_worker, make_user

pytestmark = pytest.mark.django_db

CARE = Care(hours_weekly=12, what="Nights and cooking", start_date=ON)


@pytest.fixture
def person() -> Person:
    council = make_council()
    return make_person(council=council, user=make_user(), lead=make_social_worker(council=council))


def carer_of(person: Person) -> User:
    return make_authority(person=person, kind=AuthorityKind.CARER).helper


def recorded(person: Person, *, email: str = "maryam@example.test", care: Care | None = None) -> CarerConsent:
    assert person.lead_professional is not None
    return record_consent(
        person=person,
        carer_email=email,
        carer_name="Maryam Yusuf",
        care=care or replace(CARE, evidence="Her signed form of 2 May"),
        by=person.lead_professional,
        at=NINE,
    )


def test_is_given_by_a_known_carer(person: Person) -> None:
    consent = give_consent(person=person, care=CARE, by=carer_of(person), at=NINE)
    assert (consent.hours_weekly, consent.evidence) == (12, "Their own word, given on Common Purse")


def test_is_given_by_nobody_who_is_not_known_as_one(person: Person) -> None:
    supporter = make_authority(person=person, kind=AuthorityKind.SUPPORTER).helper
    for other in (supporter, make_user()):
        with pytest.raises(UnableToConsent, match="not written down as a carer"):
            give_consent(person=person, care=CARE, by=other, at=NINE)


def test_is_written_down_with_evidence_and_the_carer_is_told(person: Person) -> None:
    consent = recorded(person)
    assert Notice.objects.get(user=consent.carer).kind == "people_consent_recorded"
    with pytest.raises(UnableToConsent, match="rests on"):
        recorded(person, email="other@example.test", care=CARE)


@pytest.mark.parametrize("hours", [0, 169])
def test_is_for_hours_of_a_week(person: Person, hours: int) -> None:
    with pytest.raises(UnableToConsent, match="from 1 to 168"):
        recorded(person, care=replace(CARE, hours_weekly=hours, evidence="Her word"))


def test_is_refused_for_days_that_do_not_fit_and_a_second_one(person: Person) -> None:
    with pytest.raises(UnableToConsent, match="last day"):
        recorded(person, care=replace(CARE, end_date=ON, evidence="Her word"))
    recorded(person)
    with pytest.raises(UnableToConsent, match="There is one already"):
        recorded(person)


def test_is_of_nobody_who_cannot_be_a_carer(person: Person) -> None:
    assert person.user is not None
    with pytest.raises(UnableToConsent, match="somebody else"):
        recorded(person, email=person.user.email)
    person.died_date = date(2026, 5, 1)
    person.save()
    with pytest.raises(UnableToConsent, match="has died"):
        recorded(person)


def test_holds_from_its_first_day_until_before_its_end(person: Person) -> None:
    recorded(person, care=replace(CARE, end_date=ON + timedelta(days=7), evidence="Her word"))
    held = [CarerConsent.objects.in_force(on=ON + timedelta(days=days)).count() for days in (-1, 0, 6, 7)]
    assert held == [0, 1, 1, 0]


def test_changes_once_when_it_is_withdrawn(person: Person) -> None:
    consent = recorded(person)
    assert_refused("UPDATE people_carerconsent SET hours_weekly = 40", match="only be withdrawn")
    run_sql(
        "UPDATE people_carerconsent SET withdrawn_at = now(), withdrawn_by = 'me' WHERE id = %s", consent.pk
    )
    assert_refused("UPDATE people_carerconsent SET withdrawn_at = NULL", match="only be withdrawn")


@pytest.mark.django_db(transaction=True)
def test_is_kept(person: Person, owner_connection: psycopg.Connection) -> None:
    recorded(person)
    assert_kept(owner_connection, "people_carerconsent")
