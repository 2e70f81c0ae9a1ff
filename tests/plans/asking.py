"""Resource allocation systems for tests: a small one, drafted or published, and cases worked out by it."""

from datetime import UTC, date, datetime, timedelta

from people.models import Council, Person, User
from plans.actions.ras import draft_ras, load_ras, publish_ras
from plans.models import (
    Assessment,
    AssessmentState,
    IndicativeBudget,
    IndicativeLine,
    PriceItem,
    RasBand,
    RasKind,
    RasMethod,
    RasOption,
    RasQuestion,
    RasState,
    RasVersion,
)
from plans.queries import answered_with, questions_of, scheme_of
from plans.rules.ras import work_out
from tests.people.makers import make_person

PUBLISHED_AT = datetime(2026, 4, 1, 9, tzinfo=UTC)
OUTCOMES = {RasKind.ADULT: ("nutrition", "hygiene"), RasKind.CARER: ("carer-home", "carer-work")}
BANDS = {0: 0, 10: 100_00, 20: 250_00, 40: 520_00}
POINTS = (0, 7, 20)


def make_question(
    *, version: RasVersion, outcome: str = "nutrition", points: tuple[int, ...] = POINTS, price: str = ""
) -> RasQuestion:
    """A question with an answer for each number of points; with a kind of help, each point buys one unit of it."""
    count = version.questions.count()
    question = RasQuestion.objects.create(
        version=version,
        outcome=outcome,
        position=count + 1,
        words=f"How do you manage with {outcome}?",
        easy_words=f"{outcome}: is it hard?",
        price=version.prices.get(kind=price) if price else None,
    )
    for position, each in enumerate(points, 1):
        RasOption.objects.create(
            question=question,
            position=position,
            words=f"With help worth {each}",
            easy_words=f"Help: {each}",
            points=each,
        )
    return question


def make_ras_draft(
    *,
    council: Council,
    kind: RasKind = RasKind.ADULT,
    method: RasMethod = RasMethod.BANDS,
    unpaid_hour_pence: int = 0,
    unpaid_most_percent: int = 0,
) -> RasVersion:
    """The next version of a council's RAS, being written: two questions; with bands or a price book of one kind."""
    version = RasVersion.objects.create(
        council=council,
        kind=kind,
        number=council.ras_versions.filter(kind=kind).count() + 1,
        title="Small RAS",
        method=method,
        unpaid_hour_pence=unpaid_hour_pence,
        unpaid_most_percent=unpaid_most_percent,
        made_by="system:tests",
    )
    PriceItem.objects.create(version=version, kind="PA-HOUR", unit="hour", unit_pence=20_00)
    for outcome in OUTCOMES[kind]:
        make_question(
            version=version, outcome=outcome, price="PA-HOUR" if method == RasMethod.PRICE_BOOK else ""
        )
    for from_points, weekly_pence in BANDS.items():
        RasBand.objects.create(version=version, from_points=from_points, weekly_pence=weekly_pence)
    return version


def make_ras(
    *,
    council: Council,
    kind: RasKind = RasKind.ADULT,
    method: RasMethod = RasMethod.BANDS,
    effective_date: date = date(2026, 4, 1),
    unpaid_hour_pence: int = 0,
    unpaid_most_percent: int = 0,
) -> RasVersion:
    """A published version of a council's RAS, in use from a day."""
    version = make_ras_draft(
        council=council,
        kind=kind,
        method=method,
        unpaid_hour_pence=unpaid_hour_pence,
        unpaid_most_percent=unpaid_most_percent,
    )
    version.state, version.effective_date = RasState.PUBLISHED, effective_date
    version.published_at, version.published_by = PUBLISHED_AT, "system:tests"
    version.save(update_fields=["state", "effective_date", "published_at", "published_by"])
    return version


def make_past_case(
    *,
    version: RasVersion,
    lead: User,
    points: tuple[int, ...] = (20, 20),
    birth_date: date | None = None,
) -> IndicativeBudget:
    """A finished assessment by a version, answered so that its questions have these points."""
    person = make_person(council=version.council, lead=lead)
    Person.objects.filter(pk=person.pk).update(birth_date=birth_date)
    assessment = Assessment.objects.create(
        person=person,
        kind=version.kind,
        version=version,
        started_date=PUBLISHED_AT.date(),
        started_by=lead,
    )
    Assessment.objects.filter(pk=assessment.pk).update(
        state=AssessmentState.FINISHED,
        finished_at=PUBLISHED_AT,
        finished_by=lead,
        is_eligible=True,
        is_from_condition=True,
        has_impact=True,
    )
    options = [
        question.options.get(points=each)
        for question, each in zip(questions_of(version), points, strict=True)
    ]
    found = work_out(scheme_of(version), answered_with(options))
    indicative = IndicativeBudget.objects.create(
        assessment=assessment,
        version=version,
        number=1,
        why="finished",
        points=found.points,
        allocated_pence=found.before_pence,
        weekly_pence=found.before_pence,
        worked_out_date=PUBLISHED_AT.date(),
        shown_at=PUBLISHED_AT,
        shown_by="system:tests",
    )
    IndicativeLine.objects.bulk_create(
        IndicativeLine(
            indicative=indicative,
            question=option.question,
            position=position,
            option=option,
            points=option.points,
            weekly_pence=line.weekly_pence,
        )
        for position, (option, line) in enumerate(zip(options, found.lines, strict=True), 1)
    )
    return indicative


def make_open_draft(*, council: Council, at: datetime) -> RasVersion:
    """The next version of our open RAS, a copy of the first one, which is published from the day after on."""
    by = "system:tests"
    first = load_ras(council=council, kind=RasKind.ADULT, by=by, at=at)
    first = publish_ras(version=first, effective_date=at.date() + timedelta(days=1), by=by, at=at)
    return draft_ras(council=council, kind=RasKind.ADULT, by=by, at=at, copy_of=first)
