"""What an offer costs, in words that anybody can read, and whose part of it is how much. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ledger.pennies import in_pounds, line_pence, split_pence
from providers.rules import amount_words, unit_words

BY_USE, EQUAL, BY_PLEDGE = "by_use", "equal", "by_pledge"  # how the members share (design section 2)

PRICE = _("One %(unit)s costs %(price)s.")
WEEK = _("For %(amount)s a week we all pay %(price)s together.")
EACH_BY_USE = _("Each of us pays for what we use.")
EACH_BY_PLEDGE = _("That is %(price)s a week on average: who put in more pays more.")
EACH_EQUALLY = _("That is about %(price)s a week for each of the %(members)s of us.")
ONCE = _("To begin with it costs %(pounds)s, once.")


def price_words(rate_pence: int, unit: str) -> str:
    """Say the price of one unit."""
    return PRICE % {"unit": unit_words(unit), "price": in_pounds(rate_pence)}


def week_words(week_pence: int, units: Decimal, unit: str) -> str:
    """Say what a week costs all together."""
    said = {"amount": amount_words(units, unit), "price": in_pounds(week_pence)}
    return WEEK % said


def each_words(week_pence: int, *, members: int, rule: str | None) -> str:
    """Say what that is for each member; on average where it goes by what each put in."""
    if rule == BY_USE or members == 0:
        return str(EACH_BY_USE) if rule == BY_USE else ""
    each = in_pounds(-(-week_pence // members))
    if rule == BY_PLEDGE:
        return EACH_BY_PLEDGE % {"price": each}
    return EACH_EQUALLY % {"price": each, "members": members}


def once_words(one_off_pence: int) -> str:
    """Say what it costs to begin with, once."""
    return ONCE % {"pounds": in_pounds(one_off_pence)} if one_off_pence else ""


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
