"""What an offer costs, in words that anybody can read, and whose part of it is how much. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from ledger.pennies import in_pounds, line_pence, split_pence

BY_USE, EQUAL, BY_PLEDGE = "by_use", "equal", "by_pledge"  # how the members share (design section 2)
HISSING = ("s", "sh", "ch", "x")


def amount_words(units: Decimal, unit: str) -> str:
    """Say so many of a unit: "12 hours", "1 hour", "2.5 half days", "3 lunches"."""
    number = f"{units.normalize():f}"
    if units == 1:
        return f"1 {unit}"
    return f"{number} {unit}{'es' if unit.endswith(HISSING) else 's'}"


def price_words(rate_pence: int, unit: str) -> str:
    """Say the price of one unit."""
    return f"One {unit} costs {in_pounds(rate_pence)}."


def week_words(week_pence: int, units: Decimal, unit: str) -> str:
    """Say what a week costs all together."""
    return f"For {amount_words(units, unit)} a week we all pay {in_pounds(week_pence)} together."


def each_words(week_pence: int, *, members: int, rule: str | None) -> str:
    """Say what that is for each member; on average where it goes by what each put in."""
    if rule == BY_USE or members == 0:
        return "Each of us pays for what we use." if rule == BY_USE else ""
    each = in_pounds(-(-week_pence // members))
    if rule == BY_PLEDGE:
        return f"That is {each} a week on average: who put in more pays more."
    return f"That is about {each} a week for each of the {members} of us."


def share_of(week_pence: int, weights: Sequence[int], place: int) -> int:
    """
    Give one member's part of a week's cost, in pence, rounded up where it is not whole.

    The odd pennies of a real invoice go by its number; no member pays more than this.
    """
    if sum(weights) == 0:
        weights = [1] * len(weights)
    first = [f"{0 if one == place else 1}:{one:04d}" for one in range(len(weights))]
    return split_pence(week_pence, weights, order=first)[place]


def alone_pence(units: Decimal, alone_rate_pence: int, *, rule: str | None) -> int | None:
    """Give what one person would pay a week for as much alone; none where each pays for what they use."""
    return None if rule == BY_USE else line_pence(units, alone_rate_pence)
