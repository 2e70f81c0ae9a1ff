"""Budgets for tests."""

from collections.abc import Mapping
from datetime import date

from budgets.actions import BudgetPart, add_stream, agree_budget
from budgets.models import Budget, FundingStream
from people.models import Council, Person
from tests.people.makers import YEAR_END, YEAR_START, make_person

STREAM_NAMES = {"council": "council money", "contribution": "own contribution", "health": "health money"}


def make_stream(*, council: Council, code: str = "council") -> FundingStream:
    """A source of money of this council; the one it has already, if it has."""
    return add_stream(council=council, code=code, name=STREAM_NAMES.get(code, f"{code} money"))


def make_budget(
    *,
    person: Person | None = None,
    pence: Mapping[str, int] | None = None,
    start_date: date = YEAR_START,
    end_date: date = YEAR_END,
) -> Budget:
    """A budget with so many pence from each stream; by default 10,000 pounds of council money for the year."""
    person = person or make_person()
    parts = [
        BudgetPart(stream=make_stream(council=person.council, code=code), annual_pence=amount)
        for code, amount in (pence or {"council": 10_000_00}).items()
    ]
    return agree_budget(
        person=person, start_date=start_date, end_date=end_date, parts=parts, by="system:tests"
    )
