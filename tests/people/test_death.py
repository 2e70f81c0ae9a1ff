"""A person has died: what that ends, what it sets going, and the page that asks for it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from jobs.models import Job
from people.actions import UnableToRecordDeath, record_death
from people.models import Authority, Notice, Person, RoleKind, Scope
from people.queries import acting_label
from tests.cast import NINE, ON, make_cast
from tests.people.makers import make_authority, make_social_worker, make_user_with_role
from tests.visiting import answered, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]


@pytest.fixture
def _on_the_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


def test_ends_every_authority_and_asks_for_the_settlement() -> None:
    cast = make_cast()
    robin = make_authority(person=cast.amina, scopes=list(Scope)).helper
    record_death(person=cast.amina, died_date=ON, by=cast.priya, at=NINE)
    cast.amina.refresh_from_db()
    assert cast.amina.died_date == ON
    assert not Authority.objects.in_force(on=ON).exists()
    for user in (robin, cast.amina_user, cast.priya):
        assert acting_label(user, cast.amina, scope=Scope.VOTE, on=ON) is None
    job = Job.objects.get(kind="commissioning.settle_death")
    assert (job.payload, job.council_id) == ({"person": str(cast.amina.pk)}, cast.council.pk)


def test_tells_the_lead_professional_where_somebody_else_wrote_it_down() -> None:
    cast = make_cast()
    administrator = make_user_with_role(council=cast.council, kind=RoleKind.ADMINISTRATOR, name="Ada Min")
    record_death(person=cast.amina, died_date=ON, by=administrator, at=NINE)
    told = Notice.objects.get()
    assert (told.user, told.person) == (cast.priya, None)
    assert "Amina Yusuf died on Monday 4 May 2026. Ada Min wrote it down." in told.words
    record_death(person=cast.ben, died_date=ON, by=cast.priya, at=NINE)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("died_date", [ON + timedelta(days=1), date(1950, 1, 1)])
def test_refuses_a_day_that_cannot_be(died_date: date) -> None:
    cast = make_cast()
    Person.objects.filter(pk=cast.amina.pk).update(birth_date=date(1960, 6, 1))
    with pytest.raises(UnableToRecordDeath):
        record_death(person=cast.amina, died_date=died_date, by=cast.priya, at=NINE)


def test_refuses_a_second_day_and_those_who_may_not() -> None:
    cast = make_cast()
    for user in (make_social_worker(council=cast.council), cast.carol, cast.amina_user):
        with pytest.raises(UnableToRecordDeath, match="Only their social worker"):
            record_death(person=cast.amina, died_date=ON, by=user, at=NINE)
    record_death(person=cast.amina, died_date=ON, by=cast.priya, at=NINE)
    with pytest.raises(UnableToRecordDeath, match="written down already that they died on Monday 4 May 2026"):
        record_death(person=cast.amina, died_date=ON - timedelta(days=1), by=cast.priya, at=NINE)


def test_asks_for_the_day_and_that_it_is_sure() -> None:
    cast = make_cast()
    address = reverse("people:death", args=[cast.amina.pk])
    assert "We are sorry." in seen(cast.priya, address)
    assert "Tick this box only if you know it for certain." in answered(
        cast.priya, address, died_date="2026-05-03"
    )
    assert "That day is still to come." in answered(cast.priya, address, died_date="2026-05-05", is_sure="on")
    page = answered(cast.priya, address, died_date="2026-05-03", is_sure="on")
    assert "died on Sunday 3 May 2026." in page
    assert "When they have died" not in page
    assert "It is written down that they died on Sunday 3 May 2026." in seen(cast.priya, address)
