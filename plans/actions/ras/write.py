"""Writing a version of a resource allocation system, as long as it is a draft."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from people.models import Council, RoleKind, User
from people.rules.words import long_sentences
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
from plans.queries import questions_of
from plans.rules.kinds import kind_of
from plans.rules.outcomes import outcomes_of
from plans.rules.ras import Band

SYSTEM = "system:"
PLACES_AN_OUTCOME = 100  # questions of one outcome are numbered apart from those of the next


class UnableToWriteRas(Exception):
    """The version is published, somebody else has to write it, or the words do not do."""


@dataclass(frozen=True, kw_only=True)
class RasTerms:
    """What a version says as a whole. Units: whole per cent, pence a week for each hour a week of unpaid care."""

    title: str
    notes: str = ""
    method: RasMethod = RasMethod.BANDS
    tolerance_percent: int = 10
    moderation_percent: int = 10
    unpaid_hour_pence: int = 0
    unpaid_most_percent: int = 0


@dataclass(frozen=True, kw_only=True)
class OptionInWords:
    """An answer to choose. `origin`: the one it was before, where it is a known one in other words or points."""

    words: str
    easy_words: str
    points: int
    origin: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionInWords:
    """A question with its answers. `price_kind`: with a price book, the kind of help that its points buy."""

    outcome: str
    words: str
    easy_words: str
    options: Sequence[OptionInWords]
    help_words: str = ""
    price_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class PriceInWords:
    """What one unit of a kind of help costs. Units: pence."""

    kind: str
    unit_pence: int


@transaction.atomic
def draft_ras(
    *, council: Council, kind: RasKind, by: User | str, at: datetime, copy_of: RasVersion | None = None
) -> RasVersion:
    """
    Begin the next version: a copy of an earlier one, or an empty one.

    :raises UnableToWriteRas: another is being written, the one to copy is another council's or of another kind, or the
        user does not administer the council.
    """
    check_administers(council, by)
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    versions = council.ras_versions.filter(kind=kind)
    if versions.filter(state=RasState.DRAFT).exists():
        raise UnableToWriteRas("A version is being written already. Go on with that one.")
    if copy_of is not None and (copy_of.council_id, copy_of.kind) != (council.pk, kind):
        raise UnableToWriteRas("Only a version of your own council, for the same people, can be copied.")
    draft = RasVersion.objects.create(
        council=council,
        kind=kind,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        made_at=at,
        made_by=label_of(by),
        copied_from=copy_of,
        **(asdict(_terms_of(copy_of)) if copy_of else {"title": "A new resource allocation system"}),
    )
    if copy_of is not None:
        _copy(copy_of, draft)
    return draft


@transaction.atomic
def set_terms(*, version: RasVersion, terms: RasTerms, by: User | str) -> RasVersion:
    """
    Say what a version is called, how its points become pounds, and its rules.

    :raises UnableToWriteRas: it is published, it has no title, or the user does not administer the council.
    """
    draft = _draft(version, by)
    if not terms.title.strip():
        raise UnableToWriteRas("Give this version a title.")
    for name, value in asdict(terms).items():
        setattr(draft, name, value)
    draft.save(update_fields=list(asdict(terms)))
    return draft


@transaction.atomic
def write_question(
    *, version: RasVersion, said: QuestionInWords, by: User | str, question: RasQuestion | None = None
) -> RasQuestion:
    """
    Write a question with its answers: a new one, or `question` in other words.

    :raises UnableToWriteRas: the version is published, the outcome is not one of its kind, words are missing or too
        long to be easy, or its price is not in the price book.
    """
    draft = _draft(version, by)
    _check_words(draft, said)
    price = draft.prices.filter(kind=said.price_kind).first() if said.price_kind else None
    if said.price_kind and price is None:
        raise UnableToWriteRas("This kind of help has no price yet. Add it to the price book first.")
    facts = {
        "outcome": said.outcome,
        "words": said.words.strip(),
        "easy_words": said.easy_words.strip(),
        "help_words": said.help_words.strip(),
        "price": price,
        "position": _place_of(draft, said.outcome, question),
    }
    if question is None:
        question = RasQuestion.objects.create(version=draft, **facts)
    else:
        question = draft.questions.select_for_update(no_key=True).get(pk=question.pk)
        for name, value in facts.items():
            setattr(question, name, value)
        question.save(update_fields=list(facts))
    _write_options(question, said.options)
    return question


@transaction.atomic
def drop_question(*, question: RasQuestion, by: User | str) -> None:
    """
    Take a question out of a draft.

    :raises UnableToWriteRas: the version is published, or the user does not administer the council.
    """
    _draft(question.version, by)
    question.options.all().delete()
    question.delete()


@transaction.atomic
def set_bands(*, version: RasVersion, bands: Sequence[Band], by: User | str) -> None:
    """
    Say from how many points on how much a week it is; the bands before are replaced.

    :raises UnableToWriteRas: the version is published, or two bands begin at the same points.
    """
    draft = _draft(version, by)
    if len({band.from_points for band in bands}) < len(bands):
        raise UnableToWriteRas("Two bands begin at the same points. Let each begin at its own.")
    draft.bands.all().delete()
    RasBand.objects.bulk_create(
        RasBand(version=draft, from_points=band.from_points, weekly_pence=band.weekly_pence) for band in bands
    )


@transaction.atomic
def set_prices(*, version: RasVersion, prices: Sequence[PriceInWords], by: User | str) -> None:
    """
    Write the price book; a kind of help that is not in it any more buys nothing for its questions.

    :raises UnableToWriteRas: the version is published, or a kind of help has two prices or costs nothing.
    """
    draft = _draft(version, by)
    kinds = [price.kind for price in prices]
    if len(set(kinds)) < len(kinds):
        raise UnableToWriteRas("A kind of help has two prices. Write one for each.")
    if any(price.unit_pence < 1 for price in prices):
        raise UnableToWriteRas("Every price must be above nothing. Leave out what has no price.")
    gone = draft.prices.exclude(kind__in=kinds)
    draft.questions.filter(price__in=gone).update(price=None)
    gone.delete()
    for price in prices:
        PriceItem.objects.update_or_create(
            version=draft,
            kind=price.kind,
            defaults={"unit": kind_of(price.kind).unit, "unit_pence": price.unit_pence},
        )


def check_administers(council: Council, by: User | str) -> None:
    """
    Let only those through who administer the council, and the system itself (a command, the demo).

    :raises UnableToWriteRas: anybody else.
    """
    is_system = isinstance(by, str) and by.startswith(SYSTEM)
    if not is_system and not (
        isinstance(by, User) and by.has_role(RoleKind.ADMINISTRATOR, council_id=council.pk)
    ):
        raise UnableToWriteRas(
            f"Only those who administer {council} can change how it works out budgets. Ask one of them."
        )


def label_of(by: User | str) -> str:
    """Say who acts, without a name."""
    return by if isinstance(by, str) else by.label


def _draft(version: RasVersion, by: User | str) -> RasVersion:
    """Give the version as it stands, so that nobody publishes it meanwhile."""
    locked = RasVersion.objects.select_for_update(of=["self"], no_key=True).select_related("council")
    draft = locked.get(pk=version.pk)
    check_administers(draft.council, by)
    if not draft.is_draft:
        raise UnableToWriteRas(
            "This version is published, and stays as it is: budgets were worked out with it. Make a new version."
        )
    return draft


def _terms_of(version: RasVersion) -> RasTerms:
    return RasTerms(**{name: getattr(version, name) for name in RasTerms.__dataclass_fields__})


def _copy(old: RasVersion, draft: RasVersion) -> None:
    """Copy everything a version is made of; what is known again later keeps its origin."""
    prices = {price.pk: price for price in old.prices.all()}
    for price in prices.values():
        price.pk, price.version = None, draft
        price.save(force_insert=True)
    for question in questions_of(old):
        options = list(question.options.all())
        copied = RasQuestion.objects.create(
            version=draft,
            origin=question.origin,
            outcome=question.outcome,
            position=question.position,
            words=question.words,
            easy_words=question.easy_words,
            help_words=question.help_words,
            price=prices[question.price_id] if question.price_id else None,
        )
        for option in options:
            option.pk, option.question = None, copied
            option.save(force_insert=True)
    for band in old.bands.all():
        RasBand.objects.create(version=draft, from_points=band.from_points, weekly_pence=band.weekly_pence)


def _check_words(draft: RasVersion, said: QuestionInWords) -> None:
    if said.outcome not in {outcome.code for outcome in outcomes_of(draft.kind)}:
        raise UnableToWriteRas("Choose one of the outcomes that the law asks about.")
    words = [said.words, *(option.words for option in said.options)]
    easy = [said.easy_words, *(option.easy_words for option in said.options)]
    if not all(text.strip() for text in (*words, *easy)):
        raise UnableToWriteRas("Write the question and every answer in usual and in easy words.")
    for text in easy:
        if long_sentences(text):
            raise UnableToWriteRas(
                f"“{text}” is too long for easy words. Use at most 15 words in a sentence."
            )


def _place_of(draft: RasVersion, outcome: str, question: RasQuestion | None) -> int:
    """Give a question its place: with those of its outcome, in the order of the regulations, and last among them."""
    if question is not None and question.outcome == outcome:
        return question.position
    codes = [each.code for each in outcomes_of(draft.kind)]
    first = PLACES_AN_OUTCOME * (codes.index(outcome) + 1)
    last = draft.questions.filter(outcome=outcome).aggregate(last=Max("position"))["last"]
    return last + 1 if last is not None else first


def _write_options(question: RasQuestion, said: Sequence[OptionInWords]) -> None:
    """Replace the answers to choose; a known one keeps its origin."""
    known = set(question.options.values_list("origin", flat=True))
    question.options.all().delete()
    RasOption.objects.bulk_create(
        RasOption(
            question=question,
            origin=option.origin if option.origin in known else uuid4(),
            position=position,
            words=option.words.strip(),
            easy_words=option.easy_words.strip(),
            points=option.points,
        )
        for position, option in enumerate(said, 1)
    )
