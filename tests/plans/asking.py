"""Resource allocation systems for tests: a small one, drafted or published."""

from datetime import UTC, date, datetime

from people.models import Council
from plans.models import (
    PriceItem,
    RasBand,
    RasKind,
    RasMethod,
    RasOption,
    RasQuestion,
    RasState,
    RasVersion,
)

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
