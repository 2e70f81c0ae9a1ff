"""Questions that are asked often: their words are kept, and no answer ever is."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from commonpurse.asked_often import AskedOften, UnableToKeep
from people.models import Person
from tests.people.makers import make_council, make_person

pytestmark = pytest.mark.django_db

BORN = date(1962, 3, 4)
BORN_ON = AskedOften(
    lambda person, on: Person.objects.filter(pk=person, birth_date=on).select_related("council"),
    person="uuid",
    on="date",
)
NAMES = AskedOften(
    lambda people: (
        Person.objects.filter(pk__in=people)
        .exclude(name__contains="100%s")
        .order_by("name")
        .values_list("name", flat=True)
    ),
    people="uuid[]",
)


def test_answers_as_the_queryset_would_for_whoever_is_asked_about() -> None:
    amina, ben = make_person(name="Amina"), make_person(name="Ben")
    Person.objects.update(birth_date=BORN)

    found = [BORN_ON(person=somebody.pk, on=BORN) for somebody in (amina, ben, amina)]

    assert [[somebody.name for somebody in row] for row in found] == [["Amina"], ["Ben"], ["Amina"]]
    assert BORN_ON(person=amina.pk, on=date(1900, 1, 1)) == []


def test_asks_the_database_once_and_each_time_anew() -> None:
    amina = make_person(name="Amina")
    BORN_ON(person=amina.pk, on=BORN)
    Person.objects.update(name="Amina Yusuf", birth_date=BORN)

    with CaptureQueriesContext(connection) as caught:
        found = BORN_ON(person=amina.pk, on=BORN)[0]
        assert found.council.name

    assert found.name == "Amina Yusuf"
    assert len(caught) == 1
    assert "people_person" in caught[0]["sql"], "what is logged is what was asked"


def test_takes_a_list_of_any_length() -> None:
    names = [make_person(name=name).pk for name in ("Amina", "Ben", "Cara 100%s")]

    assert NAMES(people=names) == ["Amina", "Ben"]
    assert NAMES(people=names[:1]) == ["Amina"]
    assert NAMES(people=[]) == []


def test_keeps_the_plan_once_it_was_asked_twice() -> None:
    for _ in range(3):
        NAMES(people=[])

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%people_person%ANY%'"
        )
        assert cursor.fetchone()[0] == 1


def test_goes_on_after_what_it_was_asked_in_was_undone() -> None:
    with transaction.atomic():
        NAMES(people=[])
        transaction.set_rollback(True)

    assert NAMES(people=[make_person(name="Amina").pk]) == ["Amina"]


@pytest.mark.parametrize("stray", [{"pk": uuid4()}, {"birth_date": date(2026, 5, 4)}])
def test_refuses_to_keep_an_id_or_a_day_that_was_not_given(stray: dict[str, object]) -> None:
    about_one = AskedOften(lambda council: Person.objects.filter(council=council, **stray), council="uuid")

    with pytest.raises(UnableToKeep):
        about_one(council=make_council().pk)
