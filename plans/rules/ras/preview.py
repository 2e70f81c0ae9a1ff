"""
What a new version would mean for past cases: who would gain and who would lose, by group. Pure.

Source: issue 5 and care rules 4: no figure of fewer than 5 people is shown. Groups that are smaller are put together;
where even that is too small, the next smallest group joins them, so that nothing can be found out by subtraction.
"""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

OTHERS = "All others"
EVERYBODY = "Everybody"
UNKNOWN_AGE = "Age not known"
AGES = ("Under 25", "25 to 44", "45 to 64", "65 to 74", "75 to 84", "85 and over", UNKNOWN_AGE)
OLDER_FROM = (25, 45, 65, 75, 85)  # years
AMOUNTS = ("Up to £99.99 a week", "£100 to £299.99", "£300 to £599.99", "£600 and more")
MORE_FROM = (100_00, 300_00, 600_00)  # pence a week


class Case(NamedTuple):
    """One past case: the groups it belongs to (one of each way to group), and its weekly pence before and after."""

    groups: tuple[str, ...]
    before_pence: int
    after_pence: int


class Tally(NamedTuple):
    """How many would gain, lose, or have the same, and their weekly pence in all, before and after."""

    gain: int = 0
    lose: int = 0
    same: int = 0
    before_pence: int = 0
    after_pence: int = 0

    @property
    def people(self) -> int:
        """How many people it is about."""
        return self.gain + self.lose + self.same

    @property
    def change_pence(self) -> int:
        """What changes for each on average, in pence a week, rounded towards zero; 0 where there is nobody."""
        change = self.after_pence - self.before_pence
        size = abs(change) // self.people if self.people else 0
        return size if change >= 0 else -size


@dataclass(frozen=True)
class Group:
    """A group that may be shown: what it is called, and its figures."""

    words: str
    tally: Tally


def age_group(birth_date: date | None, *, on: date) -> str:
    """Give the group of somebody's age on a day; a birthday counts from its morning."""
    if birth_date is None:
        return UNKNOWN_AGE
    had_birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    years = on.year - birth_date.year - (0 if had_birthday else 1)
    return AGES[bisect(OLDER_FROM, years)]


def amount_group(weekly_pence: int) -> str:
    """Give the group of a weekly amount. Units: pence."""
    return AMOUNTS[bisect(MORE_FROM, weekly_pence)]


def tally_cases(cases: Iterable[Case]) -> dict[str, Tally]:
    """Count cases by every group they belong to."""
    counted: dict[str, Tally] = {}
    for case in cases:
        one = _tally_of(case)
        for group in case.groups:
            counted[group] = _plus(counted.get(group, Tally()), one)
    return counted


def merge_tallies(several: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Put what was counted in parts together."""
    merged: dict[str, Tally] = {}
    for part in several:
        for group, tally in part.items():
            merged[group] = _plus(merged.get(group, Tally()), tally)
    return merged


def groups_to_show(counted: Mapping[str, Tally], *, order: Sequence[str], least: int) -> list[Group]:
    """
    Give the groups of one way to group that may be shown, in order, those too small put together at the end.

    `least`: the fewest people that figures are shown for. Nothing is shown where all are fewer together.
    """
    there = [name for name in order if name in counted]
    by_size = sorted(there, key=lambda name: counted[name].people)
    small: list[str] = []
    for name in by_size:
        together = sum(counted[one].people for one in small)
        if counted[name].people >= least and (not small or together >= least):
            break
        small.append(name)
    shown = [Group(name, counted[name]) for name in there if name not in small]
    rest = merge_tallies({OTHERS: counted[name]} for name in small).get(OTHERS, Tally())
    return [*shown, Group(OTHERS, rest)] if rest.people >= least else shown


def _tally_of(case: Case) -> Tally:
    return Tally(
        gain=int(case.after_pence > case.before_pence),
        lose=int(case.after_pence < case.before_pence),
        same=int(case.after_pence == case.before_pence),
        before_pence=case.before_pence,
        after_pence=case.after_pence,
    )


def _plus(one: Tally, other: Tally) -> Tally:
    return Tally(*(mine + theirs for mine, theirs in zip(one, other, strict=True)))
