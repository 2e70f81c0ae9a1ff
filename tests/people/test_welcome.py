"""Taking somebody new in: once, with what they said first."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from people.actions import FirstSaid, Newcomer, UnableToWelcome, welcome_person
from people.models import Council, FirstContact, Person, Reading, RoleKind, User
from plans.models import Assessment
from tests.guards import SEALED, assert_refused
from tests.people.makers import (
    make_council,
    make_person,
    make_social_worker,
    make_user,
    make_user_with_role,
)
from tests.plans.asking import make_ras
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
NEW = reverse("people:new-person")


def welcome(by: User, council: Council, *, is_somebody_else: bool = False, **facts: Any) -> Person:
    """Take in Amina, who said that she falls."""
    usual: dict[str, Any] = {
        "council": council,
        "name": "Amina Yusuf",
        "lead": by,
        "birth_date": date(1950, 3, 1),
    }
    said = FirstSaid(contacted_date=date(2026, 5, 1), words="I keep falling.")
    newcomer = Newcomer(**{**usual, **facts})
    return welcome_person(newcomer=newcomer, said=said, is_somebody_else=is_somebody_else, by=by, at=NOW)


def answers(by: User, council: Council, **said: str) -> dict[str, str]:
    """What a social worker writes about somebody new."""
    usual = {"name": "Amina Yusuf", "contacted_date": "2026-05-01", "words": "I keep falling."}
    return {**usual, "council": str(council.pk), "lead": str(by.pk), **said}


def test_takes_somebody_in_with_a_reference_of_ours_and_an_account() -> None:
    council = make_council()
    priya = make_social_worker(council=council)
    amina = welcome(priya, council, email="amina@example.test", postcode="tv1 2ab")
    bob = welcome(priya, council, name="Bob Stone", birth_date=None)
    assert (amina.ref, bob.ref, amina.postcode) == ("N-00001", "N-00002", "TV1 2AB")
    assert amina.user is not None
    assert amina.user.email == "amina@example.test"
    assert (bob.user, bob.lead_professional) == (None, priya)
    assert amina.first_contact.words == "I keep falling."


@pytest.mark.parametrize(
    ("name", "birth_date", "postcode"),
    [
        ("yusuf amina", None, ""),
        ("Amina Jusuf", date(1950, 3, 1), ""),
        ("A. Smith", date(1950, 3, 1), "tv1 2ab"),
    ],
    ids=["the same words in another order", "the same day of birth and first name", "the same day and place"],
)
def test_takes_nobody_in_twice_unless_somebody_looked(name: str, birth_date: date, postcode: str) -> None:
    council = make_council()
    priya = make_social_worker(council=council)
    welcome(priya, council, postcode="TV1 2AB")
    with pytest.raises(UnableToWelcome, match="known already"):
        welcome(priya, council, name=name, birth_date=birth_date, postcode=postcode)
    assert Person.objects.count() == 1
    welcome(priya, council, name=name, birth_date=birth_date, postcode=postcode, is_somebody_else=True)
    welcome(make_social_worker(council=(other := make_council())), other)
    assert Person.objects.count() == 3


def test_refuses_what_cannot_be() -> None:
    council = make_council()
    priya, stranger = make_social_worker(council=council), make_social_worker(council=make_council())
    make_person(council=council, ref="P-1", user=(user := make_user(email="in.use@example.test")))
    assert user
    with pytest.raises(UnableToWelcome, match="Only a social worker or a team manager"):
        welcome(stranger, council)
    refused: tuple[tuple[dict[str, Any], str], ...] = (
        ({"lead": stranger}, "no social worker of"),
        ({"birth_date": date(2026, 5, 5)}, "cannot have been born"),
        ({"birth_date": date(1850, 5, 5)}, "cannot have been born"),
        ({"ref": "P-1", "name": "Bob Stone"}, "reference P-1"),
        ({"email": "In.Use@example.test", "name": "Bob Stone"}, "belongs to somebody else"),
    )
    for facts, words in refused:
        with pytest.raises(UnableToWelcome, match=words):
            welcome(priya, council, is_somebody_else=True, **facts)
    assert Person.objects.count() == 1


def test_shows_who_is_alike_and_writes_down_that_they_were_looked_at() -> None:
    council = make_council()
    priya, quinn = (make_social_worker(council=council, name=name) for name in ("Priya Shah", "Quinn Doyle"))
    known = make_person(council=council, lead=quinn)
    words = answered(priya, NEW, **answers(priya, council))
    assert "Quinn Doyle</bdi> leads their plan" in words
    assert "I keep falling." in words  # nothing that was written is lost
    assert Reading.objects.filter(person=known, reader=priya).exists()
    assert "is here now, with the reference N-00001" in answered(
        priya, NEW, **answers(priya, council, is_somebody_else="on")
    )


def test_carries_what_was_said_first_into_the_assessment() -> None:
    council = make_council()
    make_ras(council=council)
    priya = make_social_worker(council=council)
    page = answered(priya, NEW, **answers(priya, council, language="Somali", contact="After ten"))
    person = Person.objects.get()
    begin = reverse("plans:begin-assessment", args=[person.pk])
    assert begin in page
    words = answered(priya, begin)
    assert "I keep falling.</textarea>" in words
    assessment = Assessment.objects.get()
    assert (assessment.language, assessment.contact) == ("Somali", "After ten")


def test_is_for_social_workers_and_managers() -> None:
    council = make_council()
    ruth = make_user_with_role(council=council, kind=RoleKind.MANAGER)
    priya = make_social_worker(council=council)
    assert "A new person" in seen(ruth, NEW)
    assert as_user(make_user()).get(NEW).status_code == 404
    answered(ruth, NEW, **answers(priya, council))
    assert Person.objects.get().lead_professional == priya


def test_what_was_said_first_stays_as_it_was_written_and_says_something() -> None:
    council = make_council()
    person = welcome(make_social_worker(council=council), council)
    assert_refused(f"UPDATE people_firstcontact SET words = '{SEALED}'")
    assert FirstContact.objects.get(person=person).words == "I keep falling."
    assert_refused(
        "INSERT INTO people_firstcontact (person_id, contacted_date, by_whom, words, language, communication, "
        "contact, recorded_at, recorded_by_id) SELECT id, now(), '', '', '', '', '', now(), %s FROM people_person",
        person.lead_professional_id,
        match="people_firstcontact_says_something",
    )
