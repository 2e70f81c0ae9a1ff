"""What the money buys now, with somebody's, and without: by steps, rounded where there are few, never one's part."""

from datetime import date
from decimal import Decimal

import pytest

from clusters.models import Cluster
from commissioning.models import Contract, ContractService, ContractState
from commissioning.queries.what_if import what_if
from tests.budgets.makers import make_budget
from tests.clusters.makers import make_member
from tests.commissioning.chosen import make_written_call, make_written_offer
from tests.commissioning.makers import make_contract, make_service
from tests.commissioning.pooling import ON, YEAR_PENCE, make_pool
from tests.people.makers import make_person
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db


def make_stepped(cluster: Cluster) -> Contract:
    """A contract drafted from an offer: 30 a session, 27.50 from three a week, 25 from six."""
    call = make_written_call(cluster=cluster)
    offer = make_written_offer(call=call)
    contract = Contract.objects.create(
        council=cluster.council,
        ref="K-STEPS",
        cluster=cluster,
        provider=offer.provider,
        start_date=ON,
        end_date=date(2027, 4, 1),
        is_loaded=True,
        offer=offer,
    )
    service = make_service(code="SESSION", unit="session", unit_rate_pence=30_00)
    ContractService.objects.create(contract=contract, **vars(service))
    contract.state = ContractState.APPROVED
    contract.save(update_fields=["state"])
    return contract


def test_says_what_it_buys_now_and_without_a_member() -> None:
    cluster, members = make_pool()
    make_contract(cluster=cluster, services=[make_service(unit_rate_pence=5_00)], start_date=ON)
    seen = what_if(cluster=cluster, person=members[0].person, more_pence=0, on=ON)
    [line] = seen.lines
    assert (line.now.weekly_pence, line.now.weekly_units) == (35_00, Decimal(7))
    assert line.without is not None
    assert (line.without.weekly_pence, line.without.weekly_units) == (28_00, Decimal("5.6"))
    assert line.then is None
    assert (seen.own_weekly_pence, seen.is_about, seen.is_hidden) == (7_00, False, False)


def test_reaches_a_cheaper_step_with_one_more() -> None:
    cluster, _ = make_pool(size=10)
    make_stepped(cluster)
    dora = make_person(council=cluster.council)
    make_budget(person=dora, start_date=ON, end_date=date(2027, 4, 1))
    seen = what_if(cluster=cluster, person=dora, more_pence=2 * YEAR_PENCE, on=ON)
    [line] = seen.lines
    assert (line.now.weekly_pence, line.now.weekly_units, line.now.unit_rate_pence) == (
        70_00,
        Decimal("2.33"),
        30_00,
    )
    assert line.then is not None
    assert (line.then.weekly_pence, line.then.weekly_units, line.then.unit_rate_pence) == (
        84_00,
        Decimal("3.05"),
        27_50,
    )
    assert line.thing.has_steps
    assert line.without is None


@pytest.mark.parametrize(
    ("size", "is_about", "is_hidden"), [(5, False, False), (4, True, False), (2, True, True)]
)
def test_is_rounded_or_not_shown_where_there_are_few(size: int, is_about: bool, is_hidden: bool) -> None:
    cluster, members = make_pool(size=size)
    make_contract(cluster=cluster, services=[make_service(unit_rate_pence=3_00)], start_date=ON)
    seen = what_if(cluster=cluster, person=members[0].person, more_pence=0, on=ON)
    assert (seen.is_about, seen.is_hidden) == (is_about, is_hidden)
    if is_hidden:
        assert seen.lines == ()
    elif is_about:
        assert seen.lines[0].now.weekly_pence % 10_00 == 0
        assert seen.lines[0].now.weekly_units == Decimal(9)  # 28 pounds: nine and a third


def test_counts_only_people_whose_money_is_there() -> None:
    cluster, members = make_pool(size=3)
    make_member(cluster=cluster, pledged={}, joined_date=ON)
    make_contract(cluster=cluster, services=[make_service()], start_date=ON)
    assert what_if(cluster=cluster, person=members[0].person, more_pence=0, on=ON).is_about


def test_spreads_the_money_over_contracts_as_they_expect_it_and_over_their_services() -> None:
    cluster, members = make_pool()
    services = [make_service(code=code, unit_rate_pence=1_00) for code in ("A", "B")]
    make_contract(cluster=cluster, services=services, start_date=ON)
    make_contract(cluster=cluster, services=[make_service(code="C", unit_rate_pence=1_00)], start_date=ON)
    seen = what_if(cluster=cluster, person=members[0].person, more_pence=0, on=ON)
    assert [line.now.weekly_pence for line in seen.lines] == [11_66, 11_66, 11_66]


def test_says_nothing_of_contracts_that_are_over_or_not_approved() -> None:
    cluster, members = make_pool()
    make_contract(cluster=cluster, start_date=date(2026, 1, 1), end_date=ON)
    Contract.objects.create(
        council=cluster.council,
        ref="K-DRAFT",
        cluster=cluster,
        provider=make_provider(council=cluster.council),
        start_date=ON,
        end_date=date(2027, 4, 1),
    )
    assert what_if(cluster=cluster, person=members[0].person, more_pence=0, on=ON).lines == ()
