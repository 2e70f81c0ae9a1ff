"""Somebody whose budget is agreed from a plan, and what it comes to."""

from dataclasses import dataclass
from datetime import date, timedelta

from budgets.models import (
    Budget,
)
from budgets.queries import left_by_stream
from budgets.rules.weeks import span_pence
from ledger.actions import AccountName
from ledger.models import AccountKind
from ledger.queries import balance_pence
from people.models import Council, Person, User
from tests.budgets.makers import (
    let_lead_agree,
    make_financial,
)
from tests.people.makers import (
    YEAR_END,
    YEAR_START,
    make_council,
    make_person,
    make_social_worker,
)

LAST = YEAR_END - timedelta(days=1)
MAY = date(2026, 5, 4)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Somebody and their social worker; what they pay is known."""

    council: Council
    person: Person
    priya: User


def make_pair(**facts: object) -> Pair:
    """Somebody who pays 67.71 a week, unless said otherwise, and Priya who leads their plan."""
    council = make_council()
    let_lead_agree(council)
    priya = make_social_worker(council=council)
    person = make_person(council=council, lead=priya)
    make_financial(person=person, by=priya, **facts)
    return Pair(council=council, person=person, priya=priya)


def allocated(budget: Budget) -> dict[str, int]:
    """What each stream puts in, in pence; it is all left."""
    return {part.stream.code: part.left_pence for part in left_by_stream(budget=budget)}


def funding(council: Council, stream: str) -> int:
    return balance_pence(
        account_id=AccountName(AccountKind.FUNDING, council.pk, stream).id_in(council.book_id)
    )


def of_year(weekly_pence: int, first: date = YEAR_START) -> int:
    """What the council's year comes to at so much a week, from a day on."""
    return span_pence(weekly_pence, first=first, last=LAST, week_from=YEAR_START)
