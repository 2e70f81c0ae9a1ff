"""The certificate: what must be true of a month before anybody signs it."""

from dataclasses import dataclass
from typing import NamedTuple


class Check(NamedTuple):
    """One thing that must be true: it is where `expected` and `found` are the same. Pence, or a count."""

    code: str
    words: str
    expected: int
    found: int
    is_money: bool = True


@dataclass(frozen=True, kw_only=True)
class Figures:
    """
    A council's month in pence, each figure from where it stands on its own.

    `explained_shares`, `explained_opening`: differences somebody has accounted for, found less expected.
    """

    billed: int
    recomputed: int
    posted: int
    last_closing: int
    opening: int
    pledged: int
    returned: int
    other: int
    closing: int
    stated: int
    in_pools: int
    pledges: int
    payables: int
    agreed: int
    funded: int
    bank_stated: int
    bank_booked: int
    explained_shares: int
    explained_opening: int
    overdrawn: int
    periods: int
    linked_periods: int
    arrived: int
    open_findings: int
    follows_a_closed_month: bool


def checks_of(figures: Figures) -> list[Check]:
    """List what must be true of a month, with its figures. Source: design section 7."""
    f = figures
    return [
        Check(
            "shares",
            "Members' shares are what the agreements give",
            f.recomputed + f.explained_shares,
            f.posted,
        ),
        Check(
            "lines",
            "Members' shares are the accepted lines, to the penny",
            f.billed + f.explained_shares,
            f.posted,
        ),
        Check(
            "payables",
            "What providers are owed is what was accepted",
            f.billed + f.explained_shares,
            f.payables,
        ),
        _opening(f),
        Check(
            "moves",
            "Opening, pledged, returned and spent give the closing",
            f.opening + f.pledged - f.returned - f.posted - f.other,
            f.closing,
        ),
        Check("pledges", "Pledges of the month are in the pools", f.pledges, f.pledged),
        Check("statements", "Members' statements add up to the clusters'", f.closing, f.stated),
        Check("balances", "Statements close at what the books hold", f.in_pools, f.closing),
        Check("funding", "Budgets agreed are what left the council's funding", f.agreed, f.funded),
        Check("bank", "What providers were paid is what the bank says", f.bank_stated, f.bank_booked),
        Check("overdrawn", "Accounts below nothing", 0, f.overdrawn, is_money=False),
        Check(
            "seals",
            "Closed months whose seal follows the one before",
            f.periods,
            f.linked_periods,
            is_money=False,
        ),
        Check("arrived", "Clusters with something new since they were counted", 0, f.arrived, is_money=False),
        Check("findings", "Findings still to be explained", 0, f.open_findings, is_money=False),
    ]


def _opening(f: Figures) -> Check:
    if not f.follows_a_closed_month:
        return Check("opening", "Opening (the month before is not closed)", f.opening, f.opening)
    return Check(
        "opening", "The opening is what the last month left", f.last_closing + f.explained_opening, f.opening
    )
