"""
The ethical commissioning test: what a provider is asked, in plain words, and how its answers are counted. Pure.

Source: care rules 7 (the council's "commission ethically"; UNISON Ethical Care Charter).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

WHOLE = 100


class Group(StrEnum):
    """What part of being a good provider an item is about."""

    EMPLOYER = "employer"
    OPEN_BOOKS = "open_books"
    TAX = "tax"
    PURPOSE = "purpose"
    LOCAL = "local"
    SAFETY = "safety"


GROUPS = {
    Group.EMPLOYER: "A good employer",
    Group.OPEN_BOOKS: "Open books",
    Group.TAX: "Tax",
    Group.PURPOSE: "Purpose",
    Group.LOCAL: "Local and small",
    Group.SAFETY: "Safety",
}


class Item(NamedTuple):
    """One item: its code, its part, the question as it is asked, and what an honest yes rests on."""

    code: str
    group: Group
    question: str
    evidence: str


ITEMS: tuple[Item, ...] = (
    Item(
        "visits-by-need",
        Group.EMPLOYER,
        "Are visits as long as people need, not a set number of minutes?",
        "A rota, or how visits are planned.",
    ),
    Item(
        "no-short-visits",
        Group.EMPLOYER,
        "Do you never do 15-minute visits?",
        "A rota, or your policy on visits.",
    ),
    Item(
        "travel-paid",
        Group.EMPLOYER,
        "Do you pay your workers for travel time and travel costs?",
        "A payslip without a name, or your pay policy.",
    ),
    Item(
        "sick-pay",
        Group.EMPLOYER,
        "Do you pay workers who are ill?",
        "Your contract of work or sick-pay policy.",
    ),
    Item(
        "same-worker",
        Group.EMPLOYER,
        "Do people get the same worker wherever that is possible?",
        "A rota over a month.",
    ),
    Item(
        "no-zero-hours",
        Group.EMPLOYER,
        "Do you offer permanent contracts, and not zero hours in their place?",
        "How many of your workers have which contract.",
    ),
    Item(
        "training-paid",
        Group.EMPLOYER,
        "Is training done in paid time?",
        "Your training plan and how it is paid.",
    ),
    Item(
        "raise-concerns",
        Group.EMPLOYER,
        "Can workers raise a concern safely?",
        "Your policy, and whom they can speak to.",
    ),
    Item(
        "bargaining",
        Group.EMPLOYER,
        "Can workers bargain together, through a union?",
        "The agreement with a union, or your policy.",
    ),
    Item(
        "living-wage",
        Group.EMPLOYER,
        "Does everybody get at least the Real Living Wage?",
        "Your accreditation, or your pay scale.",
    ),
    Item(
        "shows-funding",
        Group.OPEN_BOOKS,
        "Do you publish what public money you get?",
        "Where it is published.",
    ),
    Item(
        "shows-results",
        Group.OPEN_BOOKS,
        "Do you publish what you did against each contract?",
        "Where it is published.",
    ),
    Item(
        "shows-subcontractors",
        Group.OPEN_BOOKS,
        "Do you publish whom you pay to do work for you, and how much?",
        "Where it is published, or that there is nobody.",
    ),
    Item(
        "shows-satisfaction",
        Group.OPEN_BOOKS,
        "Do you publish how happy people are with your service?",
        "Where it is published.",
    ),
    Item(
        "shows-ownership",
        Group.OPEN_BOOKS,
        "Do you publish who owns you?",
        "Where it is published, or your register entry.",
    ),
    Item(
        "uk-tax",
        Group.TAX,
        "Are you based in the UK, and do you pay your tax here?",
        "Your company or charity number.",
    ),
    Item(
        "purpose",
        Group.PURPOSE,
        "Are you not-for-profit, a co-operative, or is your property locked to your purpose?",
        "Your rules or articles.",
    ),
    Item(
        "local-and-small",
        Group.LOCAL,
        "Are you a small organisation from around here?",
        "Your address, and how many people work for you.",
    ),
    Item("insured", Group.SAFETY, "Are you insured for what you do?", "Your certificate, and its last day."),
    Item(
        "dbs-checked",
        Group.SAFETY,
        "Has everybody who helps people had a DBS check?",
        "How and when you check.",
    ),
)
WORDS_OF = {item.code: item for item in ITEMS}


@dataclass(frozen=True, kw_only=True)
class EthicalScore:
    """How many items are met, accepted by the council and not run out (`met`), of all there are (`of`)."""

    met: int
    of: int = len(ITEMS)

    @property
    def percent(self) -> int:
        """The part of the test that is passed, in whole per cent, rounded down."""
        return self.met * WHOLE // self.of

    def reaches(self, floor_percent: int) -> bool:
        """Tell whether it is at or above a council's floor, without rounding."""
        return self.met * WHOLE >= floor_percent * self.of

    def __str__(self) -> str:
        return f"{self.met} of {self.of} checked"
