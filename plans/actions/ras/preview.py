"""What a version would mean for past cases: counted in parts by the job, with nobody's figures shown alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from jobs.actions import UnableToWork, ask_for
from jobs.models import Job
from people.models import User
from people.queries import value_on
from plans.actions.ras.write import check_administers, label_of
from plans.models import AssessmentState, IndicativeBudget, IndicativeLine, RasVersion
from plans.queries import questions_of, scheme_of
from plans.queries.ras import PREVIEW
from plans.rules.ras import (
    Answered,
    Case,
    Scheme,
    Tally,
    age_group,
    amount_group,
    groups_to_show,
    merge_tallies,
    tally_cases,
    unpaid_reduction,
    weekly_before,
)
from plans.rules.ras.preview import AGES, AMOUNTS, EVERYBODY

CHUNK = "plans.ras_preview_chunk"
CASES_A_CHUNK = 1_000
SMALLEST_GROUP = "smallest_group"
LEFT_OUT = "left out"  # what somebody answered cannot be chosen any more


class Worth(NamedTuple):
    """What an answer would be worth in the new version: its question, its points, and what a point costs."""

    question: str
    points: int
    unit_pence: int


@transaction.atomic
def ask_for_preview(*, version: RasVersion, by: User, at: datetime) -> Job:
    """
    Ask for a version to be tried on past cases; the job counts them in parts.

    :raises UnableToWriteRas: the user does not administer the council.
    """
    check_administers(version.council, by)
    return ask_for(
        kind=PREVIEW,
        key=f"{version.pk}:{at.isoformat()}",
        payload={"version": str(version.pk), "on": timezone.localdate(at).isoformat()},
        council_id=version.council_id,
        asked_by=label_of(by),
        doing="Looking for past cases",
    )


def preview_ras(job: Job) -> dict[str, Any]:
    """Ask for the parts; once they are done, put them together and leave out what would show too few people."""
    version = _version(job)
    parts = list(job.parts.values_list("result", flat=True))
    chunks = [] if parts else list(_chunks(version))
    for first, last in chunks:
        ask_for(
            kind=CHUNK,
            key=f"{job.pk}:{first}",
            payload={**job.payload, "first": str(first), "last": str(last)},
            council_id=job.council_id,
            asked_by=job.asked_by,
            part_of=job,
        )
    return {} if chunks else _result(version, parts, on=date.fromisoformat(job.payload["on"]))


def preview_chunk(job: Job) -> dict[str, Any]:
    """Count one part of the past cases."""
    version = _version(job)
    ids = UUID(job.payload["first"]), UUID(job.payload["last"])
    cases = _past(version).filter(pk__range=ids)
    counted = tally_cases(_cases(version, cases, on=date.fromisoformat(job.payload["on"])))
    return {"counted": {group: list(tally) for group, tally in counted.items()}}


def _version(job: Job) -> RasVersion:
    version = RasVersion.objects.select_related("council").filter(pk=job.payload["version"]).first()
    if version is None:
        raise UnableToWork("This version is gone. Choose another one.")
    return version


def _past(version: RasVersion) -> QuerySet[IndicativeBudget]:
    """Give what finished assessments of the council came to, each as it counts now."""
    return IndicativeBudget.objects.filter(
        is_current=True,
        assessment__state=AssessmentState.FINISHED,
        assessment__kind=version.kind,
        assessment__person__council=version.council_id,
    )


def _chunks(version: RasVersion) -> Iterator[tuple[UUID, UUID]]:
    """Cut the past cases into parts, each by its first and its last id."""
    ids = list(_past(version).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CASES_A_CHUNK):
        yield ids[start], ids[min(start + CASES_A_CHUNK, len(ids)) - 1]


def _cases(version: RasVersion, past: QuerySet[IndicativeBudget], *, on: date) -> Iterator[Case]:
    """Work each past case out anew by the version: two questions to the database, however many they are."""
    scheme, worths = scheme_of(version), _worths(version)
    answers: dict[UUID, list[UUID]] = defaultdict(list)
    # What is not asked any more counts for nothing; what is asked and cannot be answered so leaves the case out.
    asked = version.questions.values("origin")
    lines = IndicativeLine.objects.filter(indicative__in=past, question__origin__in=asked)
    for case, origin in lines.values_list("indicative_id", "option__origin"):
        answers[case].append(origin)
    facts = past.values_list(
        "pk", "allocated_pence", "unpaid_care_pence", "unpaid_hours", "assessment__person__birth_date"
    )
    for case, allocated, unpaid, hours, birth in facts:
        before = allocated - unpaid
        after = _after(scheme, worths, answers[case], hours)
        if after is None:
            yield Case((LEFT_OUT,), before, before)
        else:
            yield Case((EVERYBODY, age_group(birth, on=on), amount_group(before)), before, after)


def _worths(version: RasVersion) -> dict[UUID, Worth]:
    """Give what each answer that can be chosen is worth, by the origin it keeps in every version."""
    return {
        option.origin: Worth(
            str(question.pk), option.points, question.price.unit_pence if question.price else 0
        )
        for question in questions_of(version)
        for option in question.options.all()
    }


def _after(
    scheme: Scheme, worths: Mapping[UUID, Worth], answers: list[UUID], unpaid_hours: int
) -> int | None:
    """Give the weekly pence by the new version; nothing where an answer cannot be chosen in it any more."""
    if any(origin not in worths for origin in answers):
        return None
    before = weekly_before(scheme, [Answered(*worths[origin]) for origin in answers])
    return before - unpaid_reduction(scheme, before, hours=unpaid_hours)


def _result(version: RasVersion, parts: list[dict[str, Any]], *, on: date) -> dict[str, Any]:
    """Give what the page shows: everybody, by age, and by what they have now."""
    counted = merge_tallies(
        {group: Tally(*figures) for group, figures in part["counted"].items()} for part in parts
    )
    least = value_on(council=version.council, code=SMALLEST_GROUP, on=on)

    def shown(order: tuple[str, ...]) -> list[list[str | int]]:
        return [
            [group.words, group.tally.people, *group.tally[:3], group.tally.change_pence]
            for group in groups_to_show(counted, order=order, least=least)
        ]

    everybody = shown((EVERYBODY,))
    return {
        "least": least,
        "people": counted.get(EVERYBODY, Tally()).people if everybody else 0,
        "is_too_few": not everybody,
        "left_out": _left_out_words(counted.get(LEFT_OUT, Tally()).people, least=least),
        "everybody": everybody,
        "by_age": shown(AGES),
        "by_amount": shown(AMOUNTS),
        "words": "See who would gain and who would lose",
        "address": reverse("plans:ras-preview", args=[version.pk]),
    }


def _left_out_words(count: int, *, least: int) -> str:
    if count == 0:
        return ""
    return str(count) if count >= least else f"Fewer than {least}"
