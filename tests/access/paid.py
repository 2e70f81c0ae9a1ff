"""Somebody's direct payment, for whoever visits every page."""

from datetime import timedelta

from budgets.actions.challenge import challenge_contribution
from budgets.actions.direct import pay_arrangement
from budgets.actions.family import find_necessary
from budgets.actions.question import ask_about
from budgets.actions.recover import give_notice
from budgets.actions.spend import Spent, write_spend
from budgets.models import PaymentArrangement
from tests.budgets.makers import make_arrangement
from tests.cast import NINE, ON, Cast


def make_paid(here: Cast) -> PaymentArrangement:
    """
    Ben's council money is paid to him; he wrote down a taxi, asked about plants, and may pay his sister.

    He does not agree with a line of what he pays.
    """
    arrangement = make_arrangement(person=here.ben, by=here.farah)
    pay_arrangement(arrangement=arrangement, on=ON - timedelta(days=50), at=NINE, by=here.farah.label)
    write_spend(
        person=here.ben,
        spent=Spent(spent_date=ON, amount_pence=12_50, what="A taxi", paid_to="Harbour Cars"),
        receipt=None,
        by=here.ben_user,
        on=ON,
        at=NINE,
    )
    ask_about(
        person=here.ben, need=None, what="A raised bed", amount_pence=80_00, by=here.ben_user, on=ON, at=NINE
    )
    find_necessary(
        person=here.ben,
        payee="Joy Carter",
        relation="Sister",
        reason="She knows how he likes it",
        start_date=ON,
        by=here.priya,
        at=NINE,
    )
    give_notice(
        budget=arrangement.allocation.budget,
        stream=arrangement.allocation.stream,
        amount_pence=10_00,
        reason="A week was paid in which you were in hospital.",
        by=here.farah,
        on=ON - timedelta(days=40),
        at=NINE,
    )
    challenge_contribution(
        assessment=here.ben.financial_assessments.get(),
        step="dre",
        words="My heating is more than that.",
        by=here.ben_user,
        on=ON,
        at=NINE,
    )
    return arrangement
