"""The web, the worker and the broker killed again and again while invoices come in and webhooks go out."""

import os
from collections.abc import Iterator

from bench.row import Row
from tests.invoices.kills import CALM_SECONDS, strike

KILLS_AND_INVOICES = {"small": (8, 80), "middle": (20, 200), "full": (50, 500)}


def measure(size: str) -> Iterator[Row]:
    """Give what is wrong afterwards: each invoice tells its provider's system once, so there are as many webhooks."""
    kills, invoices = KILLS_AND_INVOICES[size]
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "commonpurse.settings"}
    outcome = strike(kills=kills, invoices=invoices, environment=variables)
    killed = ", ".join(f"{name} {times}" for name, times in sorted(outcome.kills.items()))
    answers = ", ".join(f"{status}: {times}" for status, times in sorted(outcome.statuses.items()))
    yield Row(
        name=f"{kills} kills in {invoices} invoices and {invoices} webhooks: wrong",
        figure=str(len(outcome.wrong)),
        target="0",
        is_met=not outcome.wrong,
        detail="; ".join(outcome.wrong)
        or f"killed {killed}; answers {answers}; heard again {outcome.heard_again}",
    )
    yield Row(
        name="All of it delivered and no work left, seconds of calm",
        figure=f"{outcome.calm_seconds:.0f} s",
        target=f"at most {CALM_SECONDS:.0f} s",
        is_met=outcome.calm_seconds < CALM_SECONDS,
    )
    refused = sum(n for status, n in outcome.statuses.items() if status.startswith("5"))
    yield Row(name="Answers of 5xx meanwhile", figure=str(refused), target="0", is_met=refused == 0)
