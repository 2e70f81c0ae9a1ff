"""What a decision about a contract would mean for one member, in pounds and hours."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.models import Decision, DecisionKind, SharingRule
from clusters.queries.meaning import what_it_means
from commissioning.actions import Change, draft_variation
from people.models import Person
from tests.clusters.makers import make_cluster, make_member
from tests.clusters.voting import NOW, make_decision
from tests.commissioning.calling import AFTER_OFFERS, make_an_offer, make_call, make_callers, put
from tests.commissioning.leavers import make_promised, make_three
from tests.people.makers import make_person, make_user
from tests.visiting import as_user

pytestmark = pytest.mark.django_db


def said(decision: Decision, person: Person) -> dict[str, dict[str, str]]:
    """What the page says of each answer."""
    labels = dict(decision.options.values_list("pk", "label"))
    return {labels[option]: dict(facts) for option, facts in what_it_means(decision, person).items()}


def make_choice(*, sharing: SharingRule = SharingRule.EQUAL) -> tuple[Decision, list[Person]]:
    """Three members and two offers, of 20 and of 24 pounds an hour."""
    callers = make_callers(sharing=sharing)
    call = make_call(person=callers[0])
    for pence in (20_00, 24_00):
        make_an_offer(call=call, pence=pence)
    return put(call), callers


def test_says_of_each_offer_my_part_of_a_week_and_what_it_costs_alone() -> None:
    decision, callers = make_choice()
    cheaper, dearer, none = said(decision, callers[0]).values()
    assert cheaper == {
        "How much of it": "10 hours a week, together",
        "Your part": "£66.67 a week",
        "Buying as much alone": "£250.00 a week",
    }
    assert dearer["Your part"] == "£80.00 a week"
    assert none == {"Your part": "£0.00 a week"}


def test_my_part_goes_by_what_i_put_in_where_that_is_agreed() -> None:
    callers = make_callers(sharing=SharingRule.BY_PLEDGE, members=2)
    rich = make_person(council=callers[0].council, user=make_user())
    make_member(cluster=callers[0].memberships.get().cluster, person=rich, pledged={"council": 2_000_00})
    call = make_call(person=callers[0])
    make_an_offer(call=call, pence=20_00)
    decision = put(call)
    parts = [next(iter(said(decision, person).values()))["Your part"] for person in (callers[0], rich)]
    assert parts == ["£50.00 a week", "£100.00 a week"]


def test_where_everybody_pays_for_what_they_use_it_says_the_price() -> None:
    decision, callers = make_choice(sharing=SharingRule.BY_USE)
    cheaper = next(iter(said(decision, callers[0]).values()))
    assert cheaper["Your part"] == "One hour costs £20.00. Only what you use"
    assert "Buying as much alone" not in cheaper


def test_says_what_of_mine_is_promised_to_a_contract_that_could_end() -> None:
    members = make_three()
    contract = make_promised(
        cluster=members[0].cluster,
        promises={members[0]: {"council": 300_00}, members[1]: {"council": 100_00}},
    )
    decision = make_decision(members, kind=DecisionKind.END_CONTRACT, subject_id=contract.pk)
    facts = said(decision, members[0].person)
    assert facts["Yes"]["Of yours, promised to it now"] == "£300.00"
    assert facts["No"]["Its last day"] == "Sunday 28 June 2026"
    assert said(decision, members[2].person)["Yes"]["Of yours, promised to it now"] == "£0.00"


def test_says_what_a_week_would_cost_if_a_contract_changed() -> None:
    members = make_three()
    contract = make_promised(cluster=members[0].cluster, promises={members[0]: {"council": 300_00}})
    change = Change(start_date=date(2026, 6, 1), end_date=date(2026, 8, 31), weekly_pence=120_00, rates={})
    assert members[0].person.user is not None
    new = draft_variation(contract=contract, change=change, by=members[0].person.user, at=NOW)
    decision = make_decision(members, kind=DecisionKind.VARY_CONTRACT, subject_id=new.pk)
    facts = said(decision, members[0].person)
    assert facts["Yes"]["It costs all of us"] == "£120.00 a week"
    assert facts["No"]["It costs all of us"] == "£90.00 a week"


def test_says_nothing_of_what_is_not_known() -> None:
    members = make_three(cluster=make_cluster())
    for kind in (DecisionKind.CHOOSE_OFFER, DecisionKind.END_CONTRACT, DecisionKind.VARY_CONTRACT):
        decision = make_decision(members, kind=kind, subject_id=members[0].pk)
        assert {label: facts for label, facts in said(decision, members[0].person).items() if facts} in (
            {},
            {"No": {"Your part": "£0.00 a week"}},
        )


def test_the_page_asks_few_questions_of_the_database_with_offers_too(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    decision, callers = make_choice()
    assert callers[0].user is not None
    visitor, address = as_user(callers[0].user), reverse("clusters:decision", args=[decision.pk])
    with time_machine.travel(AFTER_OFFERS + timedelta(hours=1), tick=False):
        assert "£66.67 a week" in visitor.get(address).content.decode()
        with django_assert_max_num_queries(12):
            visitor.get(address)
