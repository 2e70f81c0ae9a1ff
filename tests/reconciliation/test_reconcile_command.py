"""`manage.py reconcile`: counts a month from the command line, where no worker may be running."""

from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from people.models import Council
from reconciliation.actions import close_month, sign
from reconciliation.models import MonthEnd
from tests.people.makers import make_council
from tests.reconciliation.makers import APRIL, JUNE, bill, count, make_finance_officer, make_pool
from tests.reconciliation.test_find import post_without_line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    """The command asks the clock what day it is."""
    with time_machine.travel("2026-06-02 09:00 +0000"):
        yield


def reconcile(code: str, month: str) -> list[str]:
    """Run the command and give the lines it said."""
    said = StringIO()
    call_command("reconcile", code, month, stdout=said)
    return said.getvalue().splitlines()


def test_counts_says_how_far_it_is_and_ends_with_a_plain_line() -> None:
    pool = make_pool()
    bill(pool)
    said = reconcile(pool.council.code, "2026-05")
    assert said[0] == "Waiting for its turn: 0 of 1"
    assert (
        "agrees: Members' shares are the accepted lines, to the penny: £50.00 expected, £50.00 found" in said
    )
    assert said[-1] == (
        "Testshire Council, May 2026: 1 cluster, 1 line, £50.00 spent; everything agrees; 0 things to look at."
    )


def test_says_what_does_not_agree() -> None:
    pool = make_pool()
    post_without_line(pool)
    said = reconcile(pool.council.code, "2026-05")
    assert (
        "DIFFERS: Members' shares are the accepted lines, to the penny: £0.00 expected, £5.00 found" in said
    )
    assert "to be explained: 1 finding;" in said[-1]


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (
            "2026-13",
            "'2026-13' is not a month. Write the year and the month, like 2026-05. Nothing was counted.",
        ),
        ("May", "'May' is not a month"),
        ("0000-05", "is not a month"),
        ("2026-05 ", "is not a month"),
        ("٢٠٢٦-05", "is not a month"),
        ("9999-12", "December 9999 has not begun yet. Choose a month that has. Nothing was counted."),
    ],
)
def test_refuses_what_is_no_month_or_has_not_begun(month: str, words: str) -> None:
    council = make_council()
    with pytest.raises(CommandError, match=words):
        reconcile(council.code, month)
    assert not MonthEnd.objects.exists()


@pytest.mark.parametrize("month", ["0001-01", "2026-03"])
def test_refuses_a_month_from_before_the_council_began(month: str) -> None:
    pool = make_pool()
    with pytest.raises(
        CommandError, match=r"Testshire Council began in April 2026; there is nothing to count before"
    ):
        reconcile(pool.council.code, month)
    assert not MonthEnd.objects.exists()


def test_counts_a_month_before_the_councils_year_that_has_an_entry() -> None:
    pool = make_pool()
    Council.objects.update(year_start_date=date(2026, 5, 1))
    assert "April 2026" in reconcile(pool.council.code, "2026-04")[-1]


def test_refuses_an_unknown_council() -> None:
    with pytest.raises(
        CommandError, match=r"There is no council with the code NO-SUCH. Nothing was counted."
    ):
        reconcile("NO-SUCH", "2026-05")


def test_refuses_a_closed_month() -> None:
    pool = make_pool()
    officer = make_finance_officer(council=pool.council)
    month_end = sign(month_end=count(pool.council, start_date=APRIL), by=officer, on=JUNE, at=timezone.now())
    close_month(month_end=month_end, by=officer, at=timezone.now())
    with pytest.raises(CommandError, match=r"April 2026 is closed and sealed"):
        reconcile(pool.council.code, "2026-04")
