"""What a sum of money a week buys, where a unit is cheaper the more of it is bought. Pure: no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

DAYS_A_WEEK = 7
SMALLEST = Decimal("0.01")  # of a unit: nobody sells less
TEN_POUNDS = 10_00

# From so many units a week, and pence for one of them.
Steps = Sequence[tuple[Decimal, int]]


@dataclass(frozen=True, kw_only=True)
class Buys:
    """What so much money a week buys: units a week, at so many pence each."""

    weekly_pence: int
    weekly_units: Decimal
    unit_rate_pence: int

    @property
    def about(self) -> "Buys":
        """The same roughly, in whole units and tens of pounds, so that nobody's part can be worked out from it."""
        return Buys(
            weekly_pence=(self.weekly_pence + TEN_POUNDS // 2) // TEN_POUNDS * TEN_POUNDS,
            weekly_units=self.weekly_units.quantize(Decimal(1), rounding=ROUND_HALF_UP),
            unit_rate_pence=self.unit_rate_pence,
        )


@dataclass(frozen=True, kw_only=True)
class Thing:
    """
    One thing the cluster buys, or could buy, and its prices by how much of it is bought each week.

    `what` says more of what it is, where its words do not. `weight`: what it is expected to cost a week, beside the
    others. `once_pence`: what it costs once, to begin with.
    """

    words: str
    unit: str
    steps: Steps
    weight: int
    what: str = ""
    once_pence: int = 0

    @property
    def has_steps(self) -> bool:
        """Whether it is cheaper the more is bought."""
        return len(self.steps) > 1


@dataclass(frozen=True, kw_only=True)
class Money:
    """What there is in pence, and what that is a week as long as it has to last."""

    pence: int
    weekly_pence: int

    def __add__(self, other: "Money") -> "Money":
        return Money(pence=self.pence + other.pence, weekly_pence=self.weekly_pence + other.weekly_pence)

    def __sub__(self, other: "Money") -> "Money":
        return Money(pence=self.pence - other.pence, weekly_pence=self.weekly_pence - other.weekly_pence)


def buys(weekly_pence: int, steps: Steps) -> Buys:
    """
    Give the most units a week that a sum buys: at each step's price as many as it pays for and as the step allows.

    Every unit costs what the step says that is reached; below the lowest step its price is asked. Units are cut to
    the hundredth. Source: ours, after the price steps of offers (design section 4, what-if).

    :raises ValueError: there is no step, or one is for nothing.
    """
    if not steps or any(rate <= 0 for _, rate in steps):
        raise ValueError("Something that is bought has at least one price, above nothing.")
    in_order = sorted(steps)
    ends = [start for start, _ in in_order[1:]] + [None]
    best = Buys(weekly_pence=weekly_pence, weekly_units=Decimal(0), unit_rate_pence=in_order[0][1])
    for place, ((start, rate), end) in enumerate(zip(in_order, ends, strict=True)):
        units = (Decimal(max(0, weekly_pence)) / rate).quantize(SMALLEST, rounding=ROUND_DOWN)
        if end is not None:
            units = min(units, end - SMALLEST)
        is_reached = place == 0 or units >= start
        if is_reached and units > best.weekly_units:
            best = Buys(weekly_pence=weekly_pence, weekly_units=units, unit_rate_pence=rate)
    return best


def weekly_pence(*, pence: int, on: date, until: date) -> int:
    """
    Spread an amount evenly from a day until another (exclusive), in pence a week, rounded down.

    For less than a week it is all of it.
    """
    return pence * DAYS_A_WEEK // max(DAYS_A_WEEK, (until - on).days)


def spread(pence: int, weights: Sequence[int]) -> list[int]:
    """Spread an amount in proportion to weights, or evenly where all are nothing; pence left over are left out."""
    parts = list(weights) if sum(weights) > 0 else [1] * len(weights)
    return [pence * part // sum(parts) for part in parts]


def buys_if_chosen(money: Money, thing: Thing, *, beside: Sequence[int]) -> Buys:
    """
    Give what a sum would buy of one more thing, beside what is bought already (the weights of that).

    The sum is spread over all of them. What the new thing costs once is paid first, from its own part; the weeks have
    the rest, in the same proportion. Source: ours, after the price steps of offers (design section 4, what-if).
    """
    weights = [*beside, thing.weight] if sum(beside) or not beside else [1] * (len(beside) + 1)
    part, weekly = spread(money.pence, weights)[-1], spread(money.weekly_pence, weights)[-1]
    left = max(0, part - thing.once_pence)
    return buys(weekly * left // part if part > 0 else 0, thing.steps)
