"""The steps of a month end as its page shows them."""

from datetime import date
from typing import NamedTuple

from django.db.models import Sum
from django.urls import reverse

from jobs.models import JobState
from ledger.pennies import in_pounds
from reconciliation.models import MonthEnd, MonthEndState
from reconciliation.queries.standing import holds_until, open_findings


class Step(NamedTuple):
    """One step: its name, how far it is (words and colour of a tag), what to know, and where to go on."""

    name: str
    state: str
    colour: str
    words: str
    address: str = ""
    link: str = ""


def steps_of(month_end: MonthEnd, *, on: date) -> list[Step]:
    """Give the six steps of a month, in order."""
    return [
        _intake(month_end, on),
        _holds(month_end),
        _reconcile(month_end),
        _exceptions(month_end),
        _sign(month_end, on),
        _close(month_end),
    ]


def _intake(month_end: MonthEnd, on: date) -> Step:
    lines = month_end.cluster_months.aggregate(lines=Sum("line_count"))["lines"]
    counted = "Not counted yet." if lines is None else f"Accepted lines counted: {lines:,}."
    if month_end.end_date > on:
        return Step(
            "Intake", "Under way", "blue", f"The month runs up to {_day(month_end.end_date)}. {counted}"
        )
    return Step("Intake", "Done", "green", counted)


def _holds(month_end: MonthEnd) -> Step:
    waiting = holds_until(council_id=month_end.council_id, end=month_end.end_date)
    if not waiting.lines:
        return Step("Holds", "Done", "green", "No line is held.")
    words = f"{waiting.lines:,} held, {in_pounds(waiting.pence)}. They may stay held; they are not in the figures."
    return Step(
        "Holds", "Waiting", "yellow", words, reverse("reconciliation:holds"), "Look at the held lines"
    )


def _reconcile(month_end: MonthEnd) -> Step:
    job = month_end.job
    if job is None or (job.state == JobState.FAILED and month_end.certified_at is None):
        return Step(
            "Reconcile", "To do", "grey", "Every share is worked out again and compared with the books."
        )
    if not job.is_finished:
        return Step("Reconcile", "Under way", "blue", "You can leave this page; it goes on without you.")
    words = "Counted once." if month_end.run == 1 else f"Counted {month_end.run} times."
    address = reverse("reconciliation:clusters", args=[month_end.pk])
    return Step("Reconcile", "Done", "green", words, address, "Look at the clusters")


def _exceptions(month_end: MonthEnd) -> Step:
    if month_end.certified_at is None:
        return Step("Exceptions", "To do", "grey", "What does not agree is listed here.")
    blocking, others = open_findings(month_end)
    address = reverse("reconciliation:findings", args=[month_end.pk])
    if blocking:
        words = f"To be explained before signing: {blocking:,}. Also to look at: {others:,}."
        return Step("Exceptions", "Needs you", "red", words, address, "Look at what was found")
    words = f"Nothing stops the month. To look at: {others:,}." if others else "Nothing was found."
    return Step("Exceptions", "Done", "green", words, address if others else "", "Look at what was found")


def _sign(month_end: MonthEnd, on: date) -> Step:
    if month_end.is_final and month_end.signed_by:
        return Step(
            "Sign", "Done", "green", f"Signed by {month_end.signed_by} on {_day(month_end.signed_at)}."
        )
    if month_end.state != MonthEndState.CLEAN or month_end.end_date > on:
        return Step("Sign", "Not yet", "grey", "Once the month is over and everything agrees.")
    address = reverse("reconciliation:sign", args=[month_end.pk])
    return Step("Sign", "To do", "yellow", "Everything agrees.", address, "Check and sign")


def _close(month_end: MonthEnd) -> Step:
    if month_end.state == MonthEndState.CLOSED:
        return Step("Close", "Done", "green", "Closed and sealed. Late items go to the open month.")
    if month_end.state != MonthEndState.SIGNED:
        return Step("Close", "Not yet", "grey", "Once it is signed.")
    address = reverse("reconciliation:close", args=[month_end.pk])
    return Step(
        "Close", "To do", "yellow", "Signed. Nothing changes after closing.", address, "Close and seal"
    )


def _day(on: date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else ""
