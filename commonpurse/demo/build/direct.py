"""Money that is paid to people directly: instalments, what one of them spent, and what they asked first."""

from datetime import timedelta

from budgets.actions.direct import arrange_payment, pay_what_is_due
from budgets.actions.question import answer_question, ask_about
from budgets.actions.spend import Receipt, Spent, see_spend, write_spend
from budgets.models import Allocation, Rhythm, SpendAnswer
from commonpurse.demo.days import moment
from commonpurse.demo.story.council import GRACE, OWN
from commonpurse.demo.story.newcomers import CONSTANCE
from commonpurse.demo.town import Town

TICKET = b"%PDF-1.4\n% A made-up receipt: one bus pass for the month.\n"


def pay_directly(town: Town) -> None:
    """Pay a part of a budget to somebody each month; they write down a bus pass, and ask about a lamp."""
    part = _part(town)
    person, grace = part.budget.person, town.users[GRACE]
    start = part.budget.start_date
    arrange_payment(allocation=part, rhythm=Rhythm.MONTHLY, start_date=start, by=grace, at=moment(start))
    for weeks in (0, 5, 9):
        on = start + timedelta(weeks=weeks)
        pay_what_is_due(council=town.council, on=on, at=moment(on), by=grace.label)
    on = start + timedelta(weeks=10)
    assert person.user is not None
    assert person.lead_professional is not None
    spent = write_spend(
        person=person,
        spent=Spent(spent_date=on, amount_pence=18_40, what="A bus pass", paid_to="Thornvale Buses"),
        receipt=Receipt(name="bus-pass.pdf", media_type="application/pdf", content=TICKET),
        by=person.user,
        on=on,
        at=moment(on),
    )
    see_spend(spend=spent, by=grace, at=moment(on + timedelta(days=1)))
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
    """Give what Constance pays herself, which she holds as a direct payment."""
    held = Allocation.objects.filter(budget__person=town.people[CONSTANCE.ref], stream=town.streams[OWN])
    return held.select_related("budget__person__council", "stream").get()
