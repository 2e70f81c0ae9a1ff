"""Loading the made-up council: its whole life in one transaction, and then its month ends."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from commonpurse.demo.build import (
    assessments,
    budgets,
    calls,
    circles,
    deals,
    decisions,
    direct,
    ethics,
    invoices,
    letters,
    neighbours,
    own,
    payments,
    people,
    plans,
    safety,
)
from commonpurse.demo.build.months import keep_months
from commonpurse.demo.days import Days
from commonpurse.demo.story.council import CODE, NAME
from people.models import Council

Say = Callable[[str], None]


class Loaded(NamedTuple):
    """The council that stands; `is_first` is false when it was all there already."""

    council: Council
    is_first: bool


def load(*, on: date, say: Say) -> Loaded:
    """
    Load the made-up council as it stands on a day. What is there already stays as it is.

    If it was interrupted, another load goes on where it was: either nothing is there, or all but month ends.
    Only outside a transaction.
    """
    council = Council.objects.filter(code=CODE).first()
    is_new = council is None
    if council is None:
        council = _live(Days(on), say)
    has_kept = keep_months(council, say)
    return Loaded(council, is_first=is_new or has_kept)


@transaction.atomic
def _live(days: Days, say: Say) -> Council:
    """Let everything happen, from the first plans to the newest invoices, in the order it happened."""
    say(f"{NAME}: its streams of money and those who work for it")
    town = people.begin(days)
    people.publish_questions(town)
    say("People, with their plans and budgets")
    people.welcome_people(town)
    assessments.assess(town)
    budgets.agree_a_budget_with_its_plan(town)
    direct.pay_directly(town)
    say("Clusters: founded, agreements signed, money pledged")
    circles.found_circles(town)
    say("Providers, and contracts approved with their money")
    deals.register_companies(town)
    ethics.pass_the_test(town)
    deals.approve_deals(town)
    deals.give_keys(town)
    payments.open_accounts(town)
    say("Some join later, one leaves")
    circles.let_others_join(town)
    circles.let_some_leave(town)
    invoices.take_in_invoices(town, say)
    circles.settle_with_leavers(town)
    say("What waits today: people who ask to join, contracts to approve, offers to choose from")
    circles.let_people_ask(town)
    deals.ask_for_deals(town)
    calls.call_for_offers(town)
    decisions.let_votes_be_short(town)
    plans.write_next_versions(town)
    own.act_for_themselves(town)
    neighbours.know_the_neighbours(town)
    neighbours.meter_care_accounts(town)
    safety.keep_people_safe(town)
    letters.settle_letters(town)
    return town.council
