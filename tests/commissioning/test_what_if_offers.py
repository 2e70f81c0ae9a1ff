"""What the money would buy if an offer that stands were chosen: by its steps, and said to be not chosen yet."""

from datetime import date
from decimal import Decimal

import pytest

from clusters.models import Cluster
from commissioning.models import Call, CallState, Offer, OfferState
from commissioning.queries.what_if import WhatIf, WhatIfLine, what_if
from commissioning.rules.what_if import Buys
from people.models import Person
from tests.budgets.makers import make_budget
from tests.clusters.makers import make_cluster
from tests.commissioning.chosen import make_written_call, make_written_offer
from tests.commissioning.makers import make_contract, make_service
from tests.commissioning.pooling import ON, YEAR_PENCE, make_pool
from tests.people.makers import make_person
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db


def make_offer(cluster: Cluster, *, one_off_pence: int = 0) -> Offer:
    """An offer for three sessions a week: 30 pounds a session, 27.50 from three a week, 25 from six."""
    return make_written_offer(call=make_written_call(cluster=cluster), one_off_pence=one_off_pence)


def seen_by(person: Person, cluster: Cluster, *, more_pence: int = 0, on: date = ON) -> WhatIf:
    """What somebody is told."""
    return what_if(cluster=cluster, person=person, more_pence=more_pence, on=on)


def told_to(person: Person, cluster: Cluster, *, more_pence: int = 0) -> WhatIfLine:
    """The one offer somebody is told of."""
    [line] = seen_by(person, cluster, more_pence=more_pence).offers
    return line


def bought(case: Buys | None) -> tuple[int, Decimal, int]:
    """Pence a week, units a week and the price of one."""
    assert case is not None
    return case.weekly_pence, case.weekly_units, case.unit_rate_pence


def test_tells_an_offer_as_if_it_were_chosen_and_not_as_bought() -> None:
    cluster, members = make_pool()
    offer = make_offer(cluster)
    seen = seen_by(members[0].person, cluster)
    assert seen.lines == ()
    [line] = seen.offers
    assert (line.thing.words, line.thing.what) == ("Offer 1", "Cooking together")
    assert bought(line.now) == (35_00, Decimal("1.16"), 30_00)
    named = what_if(cluster=cluster, person=members[0].person, more_pence=0, on=ON, names_offers=True)
    assert named.offers[0].thing.words == f"Offer 1: {offer.provider.name}"


def test_reaches_the_next_step_with_one_more() -> None:
    cluster, _ = make_pool(size=11)
    make_offer(cluster)
    dora = make_person(council=cluster.council)
    make_budget(person=dora, start_date=ON, end_date=date(2027, 4, 1))
    line = told_to(dora, cluster, more_pence=YEAR_PENCE)
    assert bought(line.now) == (77_00, Decimal("2.56"), 30_00)
    assert bought(line.then) == (84_00, Decimal("3.05"), 27_50)
    assert line.without is None


def test_falls_below_the_step_with_one_fewer() -> None:
    cluster, members = make_pool(size=12)
    make_offer(cluster)
    line = told_to(members[0].person, cluster)
    assert bought(line.now) == (84_00, Decimal("3.05"), 27_50)
    assert bought(line.without) == (77_00, Decimal("2.56"), 30_00)


def test_takes_off_what_an_offer_costs_once() -> None:
    """A fifth of 1,825 pounds is 365: what is left buys for 28 pounds a week instead of 35."""
    cluster, members = make_pool()
    make_offer(cluster, one_off_pence=YEAR_PENCE)
    line = told_to(members[0].person, cluster)
    assert line.thing.once_pence == YEAR_PENCE
    assert bought(line.now) == (28_00, Decimal("0.93"), 30_00)
    assert bought(line.without)[0] == 21_00


def test_buys_nothing_where_an_offer_costs_more_once_than_there_is() -> None:
    cluster, members = make_pool()
    make_offer(cluster, one_off_pence=6 * YEAR_PENCE)
    assert bought(told_to(members[0].person, cluster).now) == (0, Decimal(0), 30_00)


def test_shares_the_money_with_what_is_bought_already() -> None:
    """The contract expects nothing a week, so that each has half; the contract itself keeps all until one is chosen."""
    cluster, members = make_pool(size=10)
    make_contract(cluster=cluster, services=[make_service(code="SWIM", unit_rate_pence=5_00)], start_date=ON)
    make_offer(cluster)
    seen = seen_by(members[0].person, cluster)
    assert [line.now.weekly_pence for line in (*seen.lines, *seen.offers)] == [70_00, 35_00]


def test_leaves_out_offers_for_what_is_bought_already() -> None:
    cluster, members = make_pool()
    make_contract(cluster=cluster, services=[make_service(code="SESSION")], start_date=ON)
    make_offer(cluster)
    seen = seen_by(members[0].person, cluster)
    assert (len(seen.lines), seen.offers) == (1, ())


@pytest.mark.parametrize("state", [OfferState.WITHDRAWN, OfferState.CHOSEN, OfferState.NOT_CHOSEN])
def test_leaves_out_offers_that_do_not_stand(state: OfferState) -> None:
    cluster, members = make_pool()
    make_offer(cluster)
    Offer.objects.update(state=state)
    assert seen_by(members[0].person, cluster).offers == ()


@pytest.mark.parametrize(("state", "offers"), [("open", 1), ("choosing", 1), ("unmet", 0), ("withdrawn", 0)])
def test_tells_offers_as_long_as_the_call_asks(state: CallState, offers: int) -> None:
    cluster, members = make_pool()
    make_offer(cluster)
    Call.objects.update(state=state)
    assert len(seen_by(members[0].person, cluster).offers) == offers


def test_leaves_out_offers_for_a_time_that_is_over() -> None:
    cluster, members = make_pool()
    call = make_offer(cluster).call
    last = seen_by(members[0].person, cluster, on=call.last_date)
    over = seen_by(members[0].person, cluster, on=call.end_date)
    assert (len(last.offers), len(over.offers)) == (1, 0)


def test_tells_nothing_where_nobody_offered_or_another_cluster_asked() -> None:
    cluster, members = make_pool()
    make_written_call(cluster=cluster)
    make_offer(make_cluster())
    seen = seen_by(members[0].person, cluster)
    assert (seen.lines, seen.offers) == ((), ())


def test_tells_each_of_several_offers_by_itself() -> None:
    cluster, members = make_pool()
    call = make_written_call(cluster=cluster)
    make_written_offer(call=call, steps={"0": 10_00})
    make_written_offer(call=call, steps={"0": 20_00}, provider=make_provider(council=cluster.council))
    seen = seen_by(members[0].person, cluster)
    assert [(line.thing.words, line.now.weekly_units) for line in seen.offers] == [
        ("Offer 1", Decimal("3.5")),
        ("Offer 2", Decimal("1.75")),
    ]


@pytest.mark.parametrize(("size", "is_about", "count"), [(4, True, 1), (2, True, 0)])
def test_is_rounded_or_not_shown_where_there_are_few(size: int, is_about: bool, count: int) -> None:
    cluster, members = make_pool(size=size)
    make_offer(cluster)
    seen = seen_by(members[0].person, cluster)
    assert (seen.is_about, len(seen.offers)) == (is_about, count)
    assert [line.now.weekly_pence for line in seen.offers] == [30_00] * count
