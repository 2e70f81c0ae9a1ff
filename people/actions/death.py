"""A person has died: what that ends, and what it sets going."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from jobs.actions import ask_for
from people.actions.tell import tell_user
from people.models import Person, User
from people.queries import may_record_death
from people.rules.words import day_words

SETTLE = "commissioning.settle_death"


class UnableToRecordDeath(Exception):
    """It is written down already, the day cannot be, or this user may not."""


@transaction.atomic
def record_death(*, person: Person, died_date: date, by: User, at: datetime) -> Person:
    """
    Write down that a person has died, for good. Their lead professional or an administrator does it.

    From that day nobody acts for them and nobody writes to them. Their part in every cluster is settled in the
    background, and their lead professional is told where somebody else wrote it down.

    :raises UnableToRecordDeath: see the class.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    if not may_record_death(by, person):
        raise UnableToRecordDeath(
            "Only their social worker, or an administrator of their council, can do this."
        )
    if person.died_date is not None:
        raise UnableToRecordDeath(
            f"It is written down already that they died on {day_words(person.died_date)}."
        )
    if died_date > timezone.localdate(at):
        raise UnableToRecordDeath("That day is still to come. Write the day they died.")
    if person.birth_date is not None and died_date < person.birth_date:
        raise UnableToRecordDeath(f"They were born on {day_words(person.birth_date)}. Write a later day.")
    person.died_date = died_date
    person.save(update_fields=["died_date"])
    ask_for(
        kind=SETTLE,
        key=str(person.pk),
        payload={"person": str(person.pk)},
        council_id=person.council_id,
        asked_by=by.label,
        doing="Giving back what stood in clusters",
    )
    lead = person.lead_professional
    if lead is not None and lead != by:
        tell_user(
            user=lead,
            council=person.council,
            kind="people_person_died",
            key=str(person.pk),
            at=at,
            by=by.label,
            about=f"/my-people/{person.pk}/",
            person=str(person),
            on=died_date,
            recorder=str(by),
        )
    return person
