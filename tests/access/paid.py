"""Somebody's direct payment, for whoever visits every page."""

from datetime import timedelta

from budgets.actions.direct import pay_arrangement
from budgets.models import PaymentArrangement
from tests.budgets.makers import make_arrangement
from tests.cast import NINE, ON, Cast


def make_paid(here: Cast) -> PaymentArrangement:
    """Ben's council money is paid to him, and was for the first weeks."""
    arrangement = make_arrangement(person=here.ben, by=here.farah)
    pay_arrangement(arrangement=arrangement, on=ON - timedelta(days=20), at=NINE, by=here.farah.label)
    return arrangement
