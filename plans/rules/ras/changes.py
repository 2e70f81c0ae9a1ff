"""What changed from one version of a resource allocation system to the next, in words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.pennies import in_pounds
from plans.rules.outcomes import outcome_of
from plans.rules.ras.work_out import Band


class Offered(NamedTuple):
    """One answer to choose, known in every version by its `origin`."""

    origin: str
    words: str
    easy_words: str
    points: int


class Asked(NamedTuple):
    """One question, known in every version by its `origin`. `price`: the kind of help its points buy, or nothing."""

    origin: str
    outcome: str
    words: str
    easy_words: str
    help_words: str
    price: str
    options: Sequence[Offered]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """All that a version says: its terms by their labels, questions in order, bands, and prices by kind of help."""

    method: str
    terms: Mapping[str, str] = field(default_factory=dict)
    questions: Sequence[Asked] = ()
    bands: Sequence[Band] = ()
    prices: Mapping[str, str] = field(default_factory=dict)


class Change(NamedTuple):
    """What differs: what it is about, as it was (nothing: it is new), and as it is (nothing: it is gone)."""

    about: str
    before: str
    after: str


def changes_between(old: Shape, new: Shape) -> list[Change]:
    """Give what differs between two versions: terms first, then question by question, then bands and prices."""
    return [
        *_differences(old.terms, new.terms),
        *_question_changes(old, new),
        *_differences(_band_words(old.bands), _band_words(new.bands)),
        *_differences(_labelled("Price of “{}”", old.prices), _labelled("Price of “{}”", new.prices)),
    ]


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    labels = [*new, *(label for label in old if label not in new)]
    both = [Change(label, old.get(label, ""), new.get(label, "")) for label in labels]
    return [change for change in both if change.before != change.after]


def _question_changes(old: Shape, new: Shape) -> list[Change]:
    before = {question.origin: question for question in old.questions}
    after = {question.origin: question for question in new.questions}
    changes = []
    for question in new.questions:
        known = before.get(question.origin)
        if known is None:
            changes.append(Change("A new question", "", _question_words(question)))
        else:
            changes += _differences(_facts(known, question.words), _facts(question, question.words))
            changes += _option_changes(known, question)
    gone = [question for question in old.questions if question.origin not in after]
    changes += [Change("A question that is gone", _question_words(question), "") for question in gone]
    return changes + _order_changes(
        "Order of the questions",
        {origin: question.words for origin, question in before.items()},
        {origin: question.words for origin, question in after.items()},
    )


def _facts(question: Asked, called: str) -> dict[str, str]:
    return {
        f"“{called}”: words": question.words,
        f"“{called}”: easy words": question.easy_words,
        f"“{called}”: help": question.help_words,
        f"“{called}”: outcome": outcome_of(question.outcome).said,
        f"“{called}”: what its points buy": question.price,
    }


def _option_changes(old: Asked, new: Asked) -> list[Change]:
    before = {option.origin: _option_words(option) for option in old.options}
    after = {option.origin: _option_words(option) for option in new.options}
    origins = [*after, *(origin for origin in before if origin not in after)]
    both = [
        Change(f"“{new.words}”: an answer", before.get(origin, ""), after.get(origin, ""))
        for origin in origins
    ]
    changed = [change for change in both if change.before != change.after]
    return changed + _order_changes(f"“{new.words}”: order of the answers", before, after)


def _order_changes(about: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """Tell of another order of what is in both, by origin; what is new or gone alone changes no order."""
    was = [origin for origin in before if origin in after]
    is_now = [origin for origin in after if origin in before]
    if was == is_now:
        return []
    return [Change(about, "; ".join(before[one] for one in was), "; ".join(after[one] for one in is_now))]


def _question_words(question: Asked) -> str:
    return f"{question.words} ({'; '.join(_option_words(option) for option in question.options)})"


def _option_words(option: Offered) -> str:
    return f"{option.words} [{option.easy_words}]: {option.points} points"


def _band_words(bands: Sequence[Band]) -> dict[str, str]:
    return {f"Band from {band.from_points} points": in_pounds(band.weekly_pence) for band in sorted(bands)}


def _labelled(label: str, said: Mapping[str, str]) -> dict[str, str]:
    return {label.format(what): words for what, words in said.items()}
