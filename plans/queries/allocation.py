"""What a person's assessment comes to, and which carers' consents it may rest on."""

from datetime import date

from people.models import CarerConsent, Person
from plans.models import IndicativeBudget, RasKind


def indicative_of(*, person: Person, on: date) -> IndicativeBudget | None:
    """
    Give the indicative budget of an adult as it stood on a day: the newest that was worked out by then.

    None where no assessment has come to one. Units: pence a week.
    """
    theirs = IndicativeBudget.objects.filter(assessment__person=person, assessment__kind=RasKind.ADULT)
    newest = theirs.filter(worked_out_date__lte=on).order_by("-shown_at", "-number")
    return newest.select_related("assessment", "version").first()


def consents_for(*, person: Person, on: date) -> list[CarerConsent]:
    """Give the consents of a person's carers that hold on a day, the oldest first."""
    held = CarerConsent.objects.in_force(on=on).filter(person=person)
    return list(held.select_related("carer").order_by("start_date", "pk"))
