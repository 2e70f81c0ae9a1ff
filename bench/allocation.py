"""Trying a version of a resource allocation system on past cases: as a job with parts, done by real workers."""

from collections.abc import Iterator
from datetime import date, datetime
from random import Random
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from bench.ground import seconds_until_done, workers
from bench.row import Row
from people.models import Person, RoleKind
from plans.actions.ras import ask_for_preview, draft_ras, load_ras, publish_ras, set_bands
from plans.models import (
    Assessment,
    AssessmentState,
    IndicativeBudget,
    IndicativeLine,
    RasKind,
    RasOption,
    RasVersion,
)
from plans.queries import answered_with, questions_of, scheme_of
from plans.rules.ras import Band, work_out
from tests.people.makers import make_council, make_social_worker, make_user_with_role

CASES = {"small": 1_000, "middle": 10_000, "full": 10_000}
TARGET_SECONDS = 20
BY = "system:bench"


def measure(size: str) -> Iterator[Row]:
    """Measure how long it takes from asking until who would gain and who would lose is known."""
    now = timezone.now()
    council = make_council()
    version = load_ras(council=council, kind=RasKind.ADULT, by=BY, at=now)
    version = publish_ras(version=version, effective_date=timezone.localdate(now), by=BY, at=now)
    make_cases(version, count=CASES[size], at=now)
    draft = draft_ras(council=council, kind=RasKind.ADULT, by=BY, at=now, copy_of=version)
    bands = [Band(band.from_points, band.weekly_pence * 103 // 100) for band in version.bands.all()]
    set_bands(version=draft, bands=bands, by=BY)
    ada = make_user_with_role(council=council, kind=RoleKind.ADMINISTRATOR)
    with workers() as pid:
        job = ask_for_preview(version=draft, by=ada, at=now)
        seconds, _ = seconds_until_done(job, pid=pid)
    job.refresh_from_db()
    assert job.result["people"] == CASES[size], job.result
    yield Row(
        name=f"Trying a version on {CASES[size]:,} past cases",
        figure=f"{seconds:.1f} s",
        target=f"under {TARGET_SECONDS} s",
        is_met=seconds < TARGET_SECONDS,
    )


@transaction.atomic
def make_cases(version: RasVersion, *, count: int, at: datetime) -> None:
    """Finished assessments with answers at random, each worked out by the version."""
    dice, lead, on = Random(7), make_social_worker(council=version.council), timezone.localdate(at)
    people = Person.objects.bulk_create(
        Person(
            id=uuid4(),
            council=version.council,
            ref=f"B-{number}",
            name="Somebody",
            birth_date=date(dice.randint(1930, 2005), 1, 1),
        )
        for number in range(count)
    )
    assessments = Assessment.objects.bulk_create(
        Assessment(
            id=uuid4(), person=one, kind=version.kind, version=version, started_date=on, started_by=lead
        )
        for one in people
    )
    Assessment.objects.filter(version=version).update(
        state=AssessmentState.FINISHED, finished_at=at, finished_by=lead, is_eligible=True
    )
    asked = [list(question.options.select_related("question__price")) for question in questions_of(version)]
    scheme, lines = scheme_of(version), []
    chosen = [[dice.choice(options) for options in asked] for _ in assessments]
    found = [work_out(scheme, answered_with(options)) for options in chosen]
    indicatives = IndicativeBudget.objects.bulk_create(
        IndicativeBudget(
            id=uuid4(),
            assessment=assessment,
            version=version,
            number=1,
            why="finished",
            points=one.points,
            allocated_pence=one.before_pence,
            weekly_pence=one.weekly_pence,
            worked_out_date=on,
            shown_at=at,
            shown_by=BY,
        )
        for assessment, one in zip(assessments, found, strict=True)
    )
    for indicative, options, one in zip(indicatives, chosen, found, strict=True):
        lines += [
            _line(indicative, option, place, line.weekly_pence)
            for place, (option, line) in enumerate(zip(options, one.lines, strict=True), 1)
        ]
    IndicativeLine.objects.bulk_create(lines, batch_size=5_000)


def _line(indicative: IndicativeBudget, option: RasOption, place: int, pence: int) -> IndicativeLine:
    return IndicativeLine(
        indicative=indicative,
        question=option.question,
        position=place,
        option=option,
        points=option.points,
        weekly_pence=pence,
    )
