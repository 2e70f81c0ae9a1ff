"""Counting a month: every share worked out again, compared with the books, and written down."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Sum

from invoices.models import InvoiceLine, LineState
from people.models import Council
from reconciliation.models import Finding, MonthEndState, ServiceMonth, Statement
from tests.people.makers import make_council
from tests.reconciliation.makers import APRIL, MAY, bill, count, credit, doubts, make_lively_pool, make_pool

pytestmark = pytest.mark.django_db

FAIRHOLME = Path(__file__).resolve().parents[3] / "shared" / "data" / "fairholme"


@pytest.fixture
def fairholme() -> Path:
    """The folder with a made-up council and the answers."""
    if not FAIRHOLME.is_dir():
        pytest.skip("The folder ../shared/data/fairholme with the made-up council is not here.")
    return FAIRHOLME


def written() -> list[tuple[object, ...]]:
    """Everything the statements say, without their own ids."""
    return list(
        Statement.objects.order_by("membership__ref", "stream").values_list(
            "membership__ref",
            "stream",
            "opening_pence",
            "pledged_pence",
            "returned_pence",
            "spent_pence",
            "closing_pence",
            "committed_pence",
            "available_pence",
            "allocation_pence",
            "forecast_pence",
            "flag",
            "spent_on",
        )
    )


@pytest.mark.parametrize("seed", range(6))
def test_works_out_every_share_as_it_was_posted(seed: int) -> None:
    council = make_council()
    for number in range(3):
        make_lively_pool(council=council, seed=10 * seed + number)
    month_end = count(council)
    assert doubts(month_end) == []
    assert month_end.state == MonthEndState.CLEAN
    assert not Finding.objects.filter(is_blocking=True).exists()
    accepted = InvoiceLine.objects.filter(state=LineState.ACCEPTED)
    assert accepted.filter(amount_pence__lt=0).exists()
    assert Statement.objects.aggregate(spent=Sum("spent_pence")) == accepted.aggregate(
        spent=Sum("amount_pence")
    )


def test_says_what_a_member_had_put_in_spent_and_kept() -> None:
    pool = make_pool(members=2, pledged={"council": 1_000_00})
    bill(pool, day=date(2026, 4, 7), code="HC-HOUR")
    bill(pool, code="HC-HOUR", units="2.5")
    bill(pool, code="SESSION")
    bill(pool, day=date(2026, 6, 1), code="SESSION")
    count(pool.council)
    first, _ = Statement.objects.order_by("membership__ref")
    assert (first.opening_pence, first.pledged_pence, first.spent_pence) == (980_00, 0, 75_00)
    assert (first.closing_pence, first.available_pence, first.committed_pence) == (905_00, 905_00, 0)
    services = {service.code: str(service.pk) for service in pool.contract.services.all()}
    assert first.spent_on == {
        services["HC-HOUR"]: {"pence": 50_00, "units": 2.5},
        services["SESSION"]: {"pence": 25_00, "units": 1},
    }


def test_compares_with_what_the_month_was_allotted_and_looks_ahead() -> None:
    pool = make_pool(members=1, pledged={"council": 365_00})
    bill(pool, code="HC-HOUR", units="2")
    count(pool.council)
    statement = Statement.objects.get()
    assert (statement.allocation_pence, statement.variance_pence, statement.flag) == (31_00, -9_00, "over")
    assert statement.forecast_pence == 325_00 - round(40_00 * 304 / 31)
    [finding] = Finding.objects.all()
    assert (finding.kind, finding.is_blocking, finding.found_pence) == ("overspend_forecast", False, -67_26)


def test_counts_each_line_once_for_its_service_however_many_share_it() -> None:
    pool = make_pool(members=3)
    for units in ("1", "0.5"):
        bill(pool, code="SESSION", units=units)
    credit(pool, bill(pool, code="SESSION"), pence=10_00)
    count(pool.council)
    service = ServiceMonth.objects.get(service__code="SESSION")
    assert (service.line_count, service.units, service.pence) == (4, Decimal("1.5"), 115_00)


def test_counts_the_units_of_a_line_once_for_each_member_who_pays_of_it() -> None:
    pool = make_pool(members=3)
    bill(pool, code="SESSION", units="1.5")
    bill(pool, code="HC-HOUR", units="2", member=2)
    count(pool.council)
    told = dict(ServiceMonth.objects.values_list("service__code", "shared_units"))
    assert told == {"SESSION": Decimal("4.5"), "HC-HOUR": Decimal(2)}


def test_changes_nothing_when_it_is_run_again() -> None:
    council = make_council()
    make_lively_pool(council=council, seed=1)
    first = count(council)
    before = written(), list(first.certificate.values()), list(Finding.objects.values())
    second = count(council)
    assert second.job is not None
    assert second.job.parts.count() == 0
    assert second.run == 2
    assert (written(), list(second.certificate.values()), list(Finding.objects.values())) == before


def test_counts_again_only_the_clusters_with_something_new() -> None:
    council = make_council()
    still, busy = (make_pool(council=council, ref=ref) for ref in ("CL-1", "CL-2"))
    bill(still)
    count(council)
    bill(busy)
    again = count(council)
    assert again.job is not None
    [part] = again.job.parts.all()
    assert part.payload["clusters"] == [str(busy.cluster.pk)]
    assert doubts(again) == []
    assert Statement.objects.filter(membership__cluster=busy.cluster).aggregate(s=Sum("spent_pence")) == {
        "s": 50_00
    }


def test_has_nothing_new_when_only_later_months_moved() -> None:
    pool = make_pool()
    bill(pool)
    count(pool.council)
    bill(pool, day=date(2026, 6, 1))
    again = count(pool.council)
    assert again.job is not None
    assert again.job.parts.count() == 0
    assert doubts(again) == []


def test_leaves_other_councils_alone() -> None:
    ours, theirs = make_pool(ref="CL-1"), make_pool(ref="CL-2")
    bill(ours)
    bill(theirs)
    count(ours.council)
    assert not Statement.objects.filter(membership__cluster=theirs.cluster).exists()


def test_counts_a_council_without_clusters() -> None:
    month_end = count(make_council())
    assert (month_end.state, doubts(month_end)) == (MonthEndState.CLEAN, [])


def test_counts_a_month_that_nothing_happened_in() -> None:
    pool = make_pool(members=2)
    month_end = count(pool.council, start_date=MAY)
    assert month_end.state == MonthEndState.CLEAN
    assert Statement.objects.aggregate(s=Sum("closing_pence")) == {"s": 1_000_00 + 1_033_33}


def test_counts_the_made_up_council_fairholme(fairholme: Path) -> None:
    call_command("load_council", str(fairholme), stdout=StringIO())
    council = Council.objects.get(code="FAI")
    for start in (APRIL, MAY):
        month_end = count(council, start_date=start)
        assert doubts(month_end) == []
        with open(fairholme / "expected" / f"spent-{start:%Y-%m}.csv") as file:
            expected = {row["membership_ref"]: int(row["spent_pence"]) for row in csv.DictReader(file)}
        spent = Statement.objects.filter(cluster_month__month_end=month_end).values_list("membership__ref")
        found = dict(spent.annotate(pence=Sum("spent_pence")))
        assert {ref: pence for ref, pence in found.items() if pence} == {
            r: p for r, p in expected.items() if p
        }
    held = Finding.objects.filter(month_end=month_end, kind="held_line")
    assert held.count() == 27
