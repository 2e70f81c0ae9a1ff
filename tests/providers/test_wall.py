"""What the wall lets whom meet: the councils somebody has to do with, and the people they are or act for (ADR 34)."""

from typing import Any

import pytest
from django.db import connection, transaction

from commonpurse.wall import Wall
from people.models import Council, Person, Scope, User
from tests.cast import NINE, ON
from tests.people.makers import (
    make_authority,
    make_council,
    make_mark,
    make_person,
    make_social_worker,
    make_user,
)
from tests.plans.assessing import make_consent

pytestmark = pytest.mark.django_db


def lets(user: User, kind: str) -> set[Any]:
    wall = Wall()
    with transaction.atomic():
        wall.put_up_for_user(user.pk, on=ON)
        with connection.cursor() as cursor:
            cursor.execute("SELECT unnest(wall_lets(%s))", [kind])
            let = {row[0] for row in cursor.fetchall()}
        transaction.set_rollback(True)
    wall.take_down()
    return let


def pks(*those: Council | Person) -> set[Any]:
    return {one.pk for one in those}


def test_lets_somebody_who_is_in_two_councils_meet_both() -> None:
    user = make_user()
    before = make_person(user=user)
    Person.objects.filter(pk=before.pk).update(moved_date=ON)
    now = make_person(user=user)
    assert lets(user, "councils") == pks(before.council, now.council)
    assert lets(user, "people") == pks(before, now)
    assert lets(user, "staffed") == set()
    assert lets(user, "books") == {before.council.book_id, now.council.book_id}


def test_lets_staff_meet_their_council_as_staff() -> None:
    council = make_council()
    assert lets(make_social_worker(council=council), "staffed") == pks(council)


def test_lets_a_helper_meet_whom_they_help_today() -> None:
    given = make_authority(person=make_person())
    assert lets(given.helper, "people") == pks(given.person)
    assert lets(given.helper, "councils") == pks(given.person.council)


def test_lets_nobody_meet_whom_they_help_no_more() -> None:
    over = make_authority(person=make_person(), end_date=ON)
    taken_back = make_authority(person=make_person(), withdrawn_at=NINE)
    assert lets(over.helper, "councils") == lets(taken_back.helper, "councils") == set()


def test_lets_who_only_gets_letters_or_is_marked_meet_nothing_most_private() -> None:
    letters = make_authority(person=make_person(), scopes=[Scope.LETTERS])
    council = make_council()
    lead = make_social_worker(council=council)
    marked = make_authority(person=make_person(council=council, lead=lead))
    make_mark(person=marked.person, kept_from=marked.helper, by=lead, at=NINE)
    assert lets(letters.helper, "people") == lets(marked.helper, "people") == set()
    assert lets(letters.helper, "councils") == pks(letters.person.council)


def test_lets_a_carer_meet_the_council_of_whom_they_care_for_and_not_their_private_rows() -> None:
    carer, person = make_user(), make_person()
    make_consent(person=person, carer=carer)
    assert lets(carer, "councils") == pks(person.council)
    assert lets(carer, "people") == set()
