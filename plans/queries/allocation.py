"""Which questions hold, what a person's assessment comes to, and which carers' consents it may rest on."""

from datetime import date

from django.db.models import Q

from people.models import CarerConsent, Council, Person
from plans.models import IndicativeBudget, RasKind, RasState, RasVersion
from plans.rules.ras import Band, Scheme


def ras_on(*, council: Council, kind: str, on: date) -> RasVersion | None:
    """Give the version of a council's questions that new assessments use on a day; none where it has published none."""
    published = RasVersion.objects.filter(council=council, kind=kind, effective_date__lte=on)
    standing = published.exclude(state=RasState.DRAFT).filter(
        Q(until_date__isnull=True) | Q(until_date__gt=on)
    )
    return standing.order_by("-effective_date").first()


def indicative_of(*, person: Person, on: date) -> IndicativeBudget | None:
    """
    Give the indicative budget of an adult as it stood on a day: the newest that was worked out by then.

    None where no assessment has come to one. Units: pence a week.
    """
    theirs = IndicativeBudget.objects.filter(assessment__person=person, assessment__kind=RasKind.ADULT)
    newest = theirs.filter(worked_out_date__lte=on).order_by("-shown_at", "-number")
    return newest.select_related("assessment", "version").first()


def scheme_of(version: RasVersion) -> Scheme:
    """Give how a version makes pounds of points, for the rules."""
    return Scheme(
        method=version.method,
        bands=[Band(band.from_points, band.weekly_pence) for band in version.bands.all()],
        unpaid_hour_pence=version.unpaid_hour_pence,
        unpaid_most_percent=version.unpaid_most_percent,
        moderation_percent=version.moderation_percent,
        tolerance_percent=version.tolerance_percent,
    )


def consents_for(*, person: Person, on: date) -> list[CarerConsent]:
    """Give the consents of a person's carers that hold on a day, the oldest first."""
    held = CarerConsent.objects.in_force(on=on).filter(person=person)
    return list(held.select_related("carer").order_by("start_date", "pk"))
