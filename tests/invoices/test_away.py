"""While somebody is away: one document after the other, in bulk and at the month end, the same to the penny."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection

from clusters.models import AwayCause, Cluster, Membership, WhenAway
from commissioning.models import Contract
from invoices.actions import put_in_inbox, take_in_chunk
from invoices.actions.take_in_chunk import _run, _sql
from invoices.models import InvoiceLine, LineState
from invoices.queries import shares_of_council
from invoices.rules import Document
from ledger.models import Entry
from people.models import Council
from reconciliation.models import Finding, MonthEndState, Statement
from reconciliation.queries.faults import faults
from tests.clusters.makers import make_absence, make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.away import (
    JUNE,
    MAY,
    Paid,
    make_council_with_absences,
    throw_documents,
    worked_out,
)
from tests.invoices.makers import MAY_4, make_document, make_line, send
from tests.reconciliation.makers import count, doubts

pytestmark = pytest.mark.django_db

SEEDS = range(8)


def posted(council: Council) -> Paid:
    """Who paid what of each accepted line, as the books have it."""
    found: Paid = {
        (line.invoice.number, line.line_number): {}
        for line in InvoiceLine.objects.filter(
            invoice__council=council, state=LineState.ACCEPTED
        ).select_related("invoice")
    }
    for share in shares_of_council(council_id=council.pk):
        line = found[share.invoice_number, share.line_number]
        line[share.membership_ref] = line.get(share.membership_ref, 0) + share.pence
    return found


def take_in_bulk(council: Council, contracts: Sequence[Contract], documents: Sequence[Document]) -> None:
    put_in_inbox(council=council, batch="may", documents=enumerate(documents))
    clusters = [contract.cluster_id for contract in contracts]
    taken = take_in_chunk(council=council, batch="may", clusters=clusters, on=JUNE, by="key:test")
    assert taken.refused == []


def exact(council: Council) -> list[tuple[object, ...]]:
    """Every share, stream by stream, and what each entry says it was worked out by."""
    entries = Entry.objects.filter(book=council.book_id, kind__in=["invoice", "credit"]).order_by("key")
    return [
        *(tuple(share) for share in shares_of_council(council_id=council.pk)),
        *((entry.key, str(sorted(entry.basis.items()))) for entry in entries),
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_is_shared_alike_one_by_one_in_bulk_and_at_the_month_end(seed: int) -> None:
    single, ours = make_council_with_absences(seed, code="ONE")
    bulk, theirs = make_council_with_absences(seed, code="TWO")
    documents = [
        document for nth, contract in enumerate(ours) for document in throw_documents(contract, nth, seed)
    ]
    contracts = {contract.ref: contract for contract in ours}
    for document in documents:
        send(document, contract=contracts[document.contract_ref], on=JUNE)
    take_in_bulk(bulk, theirs, documents)

    assert posted(single) == worked_out(single)
    assert exact(bulk) == exact(single)
    assert Entry.objects.filter(book=single.book_id, basis__has_key="away").exists()
    for council in (single, bulk):
        month_end = count(council)
        assert doubts(month_end) == []
        assert month_end.state == MonthEndState.CLEAN
        assert not Finding.objects.filter(is_blocking=True).exists()
        assert list(faults(council=council)) == []


def make_five(who_pays: WhenAway) -> tuple[Cluster, list[Membership], Contract]:
    """Five people of whom one is away for a week in May, ill; on holiday they would pay."""
    cluster = make_cluster(on_illness=who_pays)
    members = [make_member(cluster=cluster, ref=f"M-{place}") for place in range(5)]
    make_absence(membership=members[0], start_date=MAY_4, end_date=date(2026, 5, 11), cause=AwayCause.ILLNESS)
    return cluster, members, make_contract(cluster=cluster)


@pytest.mark.parametrize(
    ("who_pays", "pence"),
    [
        (WhenAway.PAYS_ANYWAY, {f"M-{place}": 10_00 for place in range(5)}),
        (WhenAway.OTHERS_COVER, {f"M-{place}": 12_50 for place in range(1, 5)}),
        (
            WhenAway.RESERVE_COVERS,
            {"M-0": 2_00, "M-1": 12_00, "M-2": 12_00, "M-3": 12_00, "M-4": 12_00},
        ),
    ],
)
def test_example_13_one_worker_for_five_with_one_away(who_pays: WhenAway, pence: dict[str, int]) -> None:
    cluster, _, contract = make_five(who_pays)
    line = make_line(service_code="SESSION", unit_rate_pence=50_00)
    usual = make_line(
        line_number=2, service_code="SESSION", unit_rate_pence=50_00, service_date=date(2026, 5, 11)
    )
    own = make_line(line_number=3, member_ref="M-0")
    send(make_document(contract=contract, number="W", lines=[line, usual, own]), contract=contract)
    assert posted(cluster.council) == {
        ("W", 1): pence,
        ("W", 2): {f"M-{place}": 10_00 for place in range(5)},
        ("W", 3): {"M-0": 20_00},
    }
    month_end = count(cluster.council)
    assert doubts(month_end) == []
    sums = {"M-0": 0} | pence
    spent = dict(Statement.objects.values_list("membership__ref", "spent_pence"))
    assert spent == {ref: pence + 10_00 + (20_00 if ref == "M-0" else 0) for ref, pence in sums.items()}


def test_a_credit_gives_back_exactly_what_was_paid() -> None:
    cluster, _, contract = make_five(WhenAway.RESERVE_COVERS)
    line = make_line(service_code="MINIBUS", unit_rate_pence=64_67)
    credit = make_line(
        service_code="MINIBUS", units="0", unit_rate_pence=64_67, amount_pence=-64_67, corrects_line=1
    )
    send(make_document(contract=contract, number="A", lines=[line]), contract=contract)
    send(make_document(contract=contract, number="C", lines=[credit], corrects="A"), contract=contract)
    both = posted(cluster.council)
    assert both["C", 1] == {ref: -pence for ref, pence in both["A", 1].items()}
    assert doubts(count(cluster.council)) == []


def test_the_month_end_counts_no_units_for_whom_the_others_covered() -> None:
    cluster, _, contract = make_five(WhenAway.OTHERS_COVER)
    line = make_line(service_code="SESSION", unit_rate_pence=50_00)
    send(make_document(contract=contract, lines=[line]), contract=contract)
    count(cluster.council)
    spent = dict(Statement.objects.values_list("membership__ref", "spent_on"))
    assert spent["M-0"] == {}
    assert [one["units"] for one in spent["M-1"].values()] == [1]


def test_a_line_that_comes_late_for_a_day_away_is_shared_by_that_day() -> None:
    cluster, _, contract = make_five(WhenAway.OTHERS_COVER)
    line = make_line(service_code="SESSION", unit_rate_pence=50_00)
    send(make_document(contract=contract, number="L", lines=[line]), contract=contract, on=date(2026, 7, 9))
    assert "M-0" not in posted(cluster.council)["L", 1]
    assert MAY < MAY_4 < JUNE
    assert doubts(count(cluster.council)) == []


def test_only_clusters_with_somebody_away_on_a_shared_day_go_one_by_one() -> None:
    council, contracts = make_council_with_absences(3, code="ONE")
    documents = [d for nth, contract in enumerate(contracts) for d in throw_documents(contract, nth, 3)]
    put_in_inbox(council=council, batch="may", documents=enumerate(documents))
    values: dict[str, Any] = {
        "chunk": [contract.cluster_id for contract in contracts],
        "batch": "may",
        "council": council.pk,
        "book": council.book_id,
    }
    with connection.cursor() as cursor:
        for step in ("bulk_lay_out.sql", "bulk_committed.sql", "bulk_share.sql"):
            _run(cursor, step, values)
        cursor.execute(_sql("bulk_hard.sql"), values)
        hard = {row[0] for row in cursor.fetchall()}
        _run(cursor, "bulk_clear.sql", {})
    assert hard == {contract.cluster_id for contract in contracts[:2]}
