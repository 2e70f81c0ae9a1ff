"""Money that is paid to people directly: instalments, what one of them spent, and what they asked first."""

from datetime import date, timedelta

from budgets.actions.care_account import meter_council
from budgets.actions.direct import arrange_payment, pay_what_is_due
from budgets.actions.question import answer_question, ask_about
from budgets.actions.spend import Receipt, Spent, see_spend, write_spend
from budgets.models import Allocation, Rhythm, Spend, SpendAnswer
from commonpurse.demo.days import moment, month_on
from commonpurse.demo.story.council import COUNCIL, GRACE
from commonpurse.demo.story.newcomers import CONSTANCE
from commonpurse.demo.town import Town
from people.models import Person

TICKET = b"%PDF-1.4\n% A made-up receipt: one bus pass for the month.\n"
RECEIPT = Receipt(name="bus-pass.pdf", media_type="application/pdf", content=TICKET)
WAGES, WAGES_PENCE, ASSISTANT = "My assistant's wages for the month", 402_00, "Rosa Delgado"


def pay_directly(town: Town) -> None:
    """Pay a part of a budget to somebody each month; they pay an assistant, and ask about a lamp."""
    part = _part(town)
    person, grace = part.budget.person, town.users[GRACE]
    start = part.budget.start_date
    arrange_payment(allocation=part, rhythm=Rhythm.MONTHLY, start_date=start, by=grace, at=moment(start))
    months = [first for number in range(12) if (first := month_on(start, number)) <= town.days.on]
    for first in months:
        pay_what_is_due(council=town.council, on=first, at=moment(first), by=grace.label)
    for first in months[1:]:
        _spend(person, WAGES, on=first, pence=WAGES_PENCE, paid_to=ASSISTANT)
    on = start + timedelta(weeks=10)
    spent = _spend(person, "A bus pass", on=on, pence=18_40, paid_to="Thornvale Buses", receipt=RECEIPT)
    see_spend(spend=spent, by=grace, at=moment(on + timedelta(days=1)))
    _ask(person, on=on)
    meter_council(council=town.council, on=town.days.on, at=moment(town.days.on), by="system:care-accounts")


def _spend(
    person: Person, what: str, *, on: date, pence: int, paid_to: str, receipt: Receipt | None = None
) -> Spend:
    """Let somebody write down what they paid on a day."""
    assert person.user is not None
    spent = Spent(spent_date=on, amount_pence=pence, what=what, paid_to=paid_to)
    return write_spend(person=person, spent=spent, receipt=receipt, by=person.user, on=on, at=moment(on))


def _ask(person: Person, *, on: date) -> None:
    """Let them ask about a lamp, and their social worker say yes."""
    assert person.user is not None
    assert person.lead_professional is not None
    asked = ask_about(
        person=person,
        need=None,
        what="A lamp to read by",
        amount_pence=24_00,
        by=person.user,
        on=on,
        at=moment(on),
    )
    answer_question(
        question=asked,
        answer=SpendAnswer.YES,
        words="You told us that reading in the evening matters to you, so yes.",
        by=person.lead_professional,
        at=moment(on + timedelta(days=2)),
    )


def _part(town: Town) -> Allocation:
    """Give Constance's council money, which is paid to her."""
    held = Allocation.objects.filter(budget__person=town.people[CONSTANCE.ref], stream=town.streams[COUNCIL])
    return held.select_related("budget__person__council", "stream").get()
