"""
From answers to points to pounds, with every step. Pure.

Source: care rules 1 and 4: question, points and pounds are shown line by line and add up. The two ways from points to
pounds, the limit of the reduction for unpaid care, moderation and tolerance are ours (docs/ras.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ledger.pennies import split_pence

BANDS, PRICE_BOOK = "bands", "price_book"


class UnableToWorkOut(ValueError):
    """The figures given make no sense together."""


class Band(NamedTuple):
    """From so many points on, so much a week. Units: points, pence a week."""

    from_points: int
    weekly_pence: int


class Answered(NamedTuple):
    """The answer to a question: its points, and with a price book what one point costs. Units: points, pence."""

    question: str
    points: int
    unit_pence: int = 0


class Line(NamedTuple):
    """What one answer adds to the weekly amount. Units: points, pence a week."""

    question: str
    points: int
    weekly_pence: int


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """
    How a version makes pounds of points. Units: pence a week, whole per cent.

    `unpaid_hour_pence` is taken off for each hour a week of unpaid care, at most `unpaid_most_percent` of the amount.
    """

    method: str
    bands: Sequence[Band] = ()
    unpaid_hour_pence: int = 0
    unpaid_most_percent: int = 0
    moderation_percent: int = 0
    tolerance_percent: int = 0


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """
    A weekly amount with every step to it. Units: points, pence a week.

    The lines add up to `before_pence`; less `unpaid_pence` and with `moderation_pence` it is `weekly_pence`. `band`:
    the one the points found, with a scheme of bands.
    """

    points: int
    lines: Sequence[Line]
    band: Band | None
    before_pence: int
    unpaid_pence: int
    moderation_pence: int
    weekly_pence: int


def work_out(
    scheme: Scheme, answers: Sequence[Answered], *, unpaid_hours: int = 0, moderation_pence: int = 0
) -> Allocation:
    """
    Work out the weekly amount of the answers.

    `unpaid_hours`: hours a week that carers consent to give unpaid, on the day; without consent it is 0.
    `moderation_pence`: by how much the professional moves the amount, above or below zero.

    :raises UnableToWorkOut: points or hours below zero, no band for the points, or moderation beyond the limit.
    """
    before = weekly_before(scheme, answers)
    unpaid = unpaid_reduction(scheme, before, hours=unpaid_hours)
    rest = before - unpaid
    if abs(moderation_pence) > moderation_limit(scheme, rest):
        raise UnableToWorkOut(f"An amount may be moved by at most {scheme.moderation_percent} per cent.")
    points = sum(answer.points for answer in answers)
    return Allocation(
        points=points,
        lines=_lines(scheme, answers, before),
        band=band_for(scheme.bands, points) if scheme.method == BANDS else None,
        before_pence=before,
        unpaid_pence=unpaid,
        moderation_pence=moderation_pence,
        weekly_pence=rest + moderation_pence,
    )


def weekly_before(scheme: Scheme, answers: Sequence[Answered]) -> int:
    """
    Give the weekly pence of the answers, before anything is taken off or moved.

    :raises UnableToWorkOut: points or prices are below zero, or there is no band for the points.
    """
    if any(answer.points < 0 or answer.unit_pence < 0 for answer in answers):
        raise UnableToWorkOut("Points and prices cannot be below zero.")
    if scheme.method == PRICE_BOOK:
        return sum(answer.points * answer.unit_pence for answer in answers)
    return band_for(scheme.bands, sum(answer.points for answer in answers)).weekly_pence


def band_for(bands: Sequence[Band], points: int) -> Band:
    """
    Give the band with the most points that are reached; exactly its points are enough.

    :raises UnableToWorkOut: all of them begin higher.
    """
    reached = [band for band in bands if band.from_points <= points]
    if not reached:
        raise UnableToWorkOut(f"No band begins at {points} points or below.")
    return max(reached)


def unpaid_reduction(scheme: Scheme, before_pence: int, *, hours: int) -> int:
    """
    Give what is taken off a weekly amount for unpaid care, rounded down to the penny.

    :raises UnableToWorkOut: the hours are below zero.
    """
    if hours < 0:
        raise UnableToWorkOut("Hours of unpaid care cannot be below zero.")
    return min(hours * scheme.unpaid_hour_pence, before_pence * scheme.unpaid_most_percent // 100)


def moderation_limit(scheme: Scheme, weekly_pence: int) -> int:
    """Give by how many pence a week a professional may move an amount, up or down; rounded down to the penny."""
    return weekly_pence * scheme.moderation_percent // 100


def tolerance_range(indicative_pence: int, *, percent: int) -> tuple[int, int]:
    """Give the least and the most a final amount may be without explanation, both included; rounded inwards."""
    room = indicative_pence * percent // 100
    return indicative_pence - room, indicative_pence + room


def is_within_tolerance(indicative_pence: int, final_pence: int, *, percent: int) -> bool:
    """Tell whether a final weekly amount is near enough to the indicative one to need no explanation."""
    least, most = tolerance_range(indicative_pence, percent=percent)
    return least <= final_pence <= most


def _lines(scheme: Scheme, answers: Sequence[Answered], before_pence: int) -> list[Line]:
    """Share the amount among the answers: with bands in proportion to points, with a price book each its own."""
    if not answers:
        return []
    if scheme.method == PRICE_BOOK:
        return [Line(one.question, one.points, one.points * one.unit_pence) for one in answers]
    # No points at all, and yet a band with money: each question has the same part in it.
    weights = [one.points for one in answers] if any(one.points for one in answers) else [1] * len(answers)
    shares = split_pence(before_pence, weights, order=[one.question for one in answers])
    return [Line(one.question, one.points, share) for one, share in zip(answers, shares, strict=True)]
