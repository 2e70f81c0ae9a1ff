"""
The figures a plan was handed in on, and what of them has changed since. Pure.

Whoever agrees a plan agrees it on these figures; on others it is refused, saying which. Units: pence, pence a week.
"""

from collections.abc import Mapping
from typing import TypedDict

from ledger.pennies import in_pounds


class Figures(TypedDict):
    """What a plan costs, what it is held against, and who may agree it. `prices`: pence a unit by kind of help."""

    weekly_pence: int
    one_off_pence: int
    indicative_weekly_pence: int | None
    tolerance_percent: int
    prices: dict[str, int | None]
    lead_limit_weekly_pence: int
    panel_limit_weekly_pence: int | None


def what_changed(then: Figures, now: Figures) -> list[str]:
    """Say in plain words what has changed between two sets of figures, one sentence each; none: nothing has."""
    found = [
        _change("The plan’s cost a week", then["weekly_pence"], now["weekly_pence"]),
        _change("What is paid once", then["one_off_pence"], now["one_off_pence"]),
        _change("The indicative budget", then["indicative_weekly_pence"], now["indicative_weekly_pence"]),
        _tolerance(then["tolerance_percent"], now["tolerance_percent"]),
        *_prices(then["prices"], now["prices"]),
        _change(
            "What a lead may agree alone", then["lead_limit_weekly_pence"], now["lead_limit_weekly_pence"]
        ),
        _change("What goes to the panel", then["panel_limit_weekly_pence"], now["panel_limit_weekly_pence"]),
    ]
    return [sentence for sentence in found if sentence]


def _prices(then: Mapping[str, int | None], now: Mapping[str, int | None]) -> list[str]:
    """Say which prices of the price book have changed, by kind of help."""
    return [_change(f"The price of {kind}", then.get(kind), now.get(kind)) for kind in sorted({*then, *now})]


def _change(what: str, then: int | None, now: int | None) -> str:
    return "" if then == now else f"{what} was {_said(then)} and is {_said(now)} now."


def _tolerance(then: int, now: int) -> str:
    return "" if then == now else f"The difference that needs no reason was {then} % and is {now} % now."


def _said(pence: int | None) -> str:
    return "not set" if pence is None else in_pounds(pence)
