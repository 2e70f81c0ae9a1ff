"""Which resource allocation system is in use, and what a version says, for rules to work with."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Prefetch, Q

from jobs.models import Job
from ledger.pennies import in_pounds
from people.models import Council
from plans.models import RasKind, RasMethod, RasOption, RasQuestion, RasState, RasVersion
from plans.rules.ras import Answered, Asked, Band, Offered, Scheme, Shape

PREVIEW = "plans.ras_preview"  # the kind of job


def ras_on(*, council: Council, kind: RasKind | str, on: date) -> RasVersion | None:
    """Give the version that new assessments use on a day: of those published and not retired by then, the newest."""
    published = RasVersion.objects.filter(council=council, kind=kind, effective_date__lte=on)
    in_use = published.filter(Q(state=RasState.PUBLISHED) | Q(until_date__gt=on))
    return in_use.order_by("-effective_date").first()


def questions_of(version: RasVersion) -> list[RasQuestion]:
    """Give a version's questions in order, each with its answers to choose and its price."""
    options = Prefetch("options", RasOption.objects.order_by("position", "pk"))
    asked = version.questions.select_related("price").prefetch_related(options)
    return list(asked.order_by("position", "pk"))


def shapes_of(versions: Sequence[RasVersion]) -> list[Shape]:
    """Give all that each of several versions says; five questions to the database, however many they are."""
    asked = RasQuestion.objects.select_related("price").prefetch_related("options")
    whole = RasVersion.objects.prefetch_related("bands", "prices", Prefetch("questions", asked))
    found = whole.in_bulk([version.pk for version in versions])
    return [
        shape_of(found[version.pk], questions=list(found[version.pk].questions.all())) for version in versions
    ]


def scheme_of(version: RasVersion) -> Scheme:
    """Give how a version makes pounds of points."""
    bands = sorted((band.from_points, band.weekly_pence) for band in version.bands.all())
    return Scheme(
        method=version.method,
        bands=[Band(*band) for band in bands],
        unpaid_hour_pence=version.unpaid_hour_pence,
        unpaid_most_percent=version.unpaid_most_percent,
        moderation_percent=version.moderation_percent,
        tolerance_percent=version.tolerance_percent,
    )


def answered_with(options: Iterable[RasOption]) -> list[Answered]:
    """Give chosen answers as the rules work with them, each by the id of its question."""
    return [
        Answered(str(option.question_id), option.points, _unit_pence(option.question)) for option in options
    ]


def shape_of(version: RasVersion, *, questions: Sequence[RasQuestion] | None = None) -> Shape:
    """
    Give all that a version says, to see what it lacks and what changed in it.

    `questions`: as `questions_of` gave them, where they are known already.
    """
    asked = [
        Asked(
            str(question.origin),
            question.outcome,
            question.words,
            question.easy_words,
            question.help_words,
            question.price.words if question.price else "",
            [
                Offered(str(option.origin), option.words, option.easy_words, option.points)
                for option in question.options.all()
            ],
        )
        for question in (questions_of(version) if questions is None else questions)
    ]
    return Shape(
        method=version.method,
        terms=terms_in_words(version),
        questions=asked,
        bands=scheme_of(version).bands,
        prices={
            price.words: f"{in_pounds(price.unit_pence)} for one {price.unit}"
            for price in version.prices.all()
        },
    )


def newest_preview(*, version: RasVersion) -> Job | None:
    """Give the newest work of trying a version on past cases; none where nobody asked for it."""
    asked = Job.objects.filter(kind=PREVIEW, key__startswith=f"{version.pk}:", part_of=None)
    return asked.order_by("-asked_at").first()


def terms_in_words(version: RasVersion) -> dict[str, str]:
    """Say a version's terms, each under its label."""
    return {
        "Title": version.title,
        "What it is for": version.notes,
        "How points become pounds": str(RasMethod(version.method).label),
        "A final budget may differ without explanation by": f"{version.tolerance_percent}%",
        "A professional may move the amount by": f"{version.moderation_percent}%",
        "An hour of unpaid care a week takes off": in_pounds(version.unpaid_hour_pence),
        "Unpaid care takes off at most": f"{version.unpaid_most_percent}%",
    }


def _unit_pence(question: RasQuestion) -> int:
    return question.price.unit_pence if question.price else 0
