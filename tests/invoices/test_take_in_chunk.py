"""Bulk intake gives what REST gives, document by document, to the penny."""

from datetime import date, timedelta
from random import Random

import pytest

from clusters.models import Cluster, SharingRule
from commissioning.models import Contract
from invoices.actions import ask_for_batch, put_in_inbox, take_in_chunk
from invoices.models import InboxDocument, InboxLine, InvoiceLine
from invoices.queries import shares_of_council
from invoices.rules import Document, Line
from jobs.actions import work_off
from jobs.models import JobState
from ledger.models import Account, Transfer
from people.models import Council
from tests.clusters.makers import make_cluster, make_member, make_pledge, make_return
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_council
from tests.providers.makers import make_provider

RATES = {"HC-HOUR": 20_03, "SESSION": 50_07, "MINIBUS": 64_67}
RULES = {"HC-HOUR": SharingRule.BY_USE, "SESSION": SharingRule.EQUAL, "MINIBUS": SharingRule.BY_PLEDGE}
TODAY = date(2026, 6, 1)


def make_pool(code: str, *, clusters: int = 3, pence: int = 400_00) -> tuple[Council, list[Contract]]:
    """A council whose clusters have members of one, two and three streams, some of whom come and go."""
    council = make_council(code=code)
    provider = make_provider(council=council, ref="PR-1")
    contracts = []
    for nth in range(clusters):
        cluster = make_cluster(council=council, ref=f"CL-{nth}")
        make_members(cluster, nth, pence)
        services = [make_service(code=c, rule=RULES[c], unit_rate_pence=RATES[c]) for c in RATES]
        contracts.append(make_contract(cluster=cluster, provider=provider, ref=f"K-{nth}", services=services))
    return council, contracts


def make_members(cluster: Cluster, nth: int, pence: int) -> None:
    streams = [
        {"council": pence},
        {"council": pence, "health": 77_31},
        {"health": 1, "council": pence, "contribution": pence},
    ]
    for place in range(5):
        member = make_member(
            cluster=cluster,
            ref=f"M-{nth}-{place}",
            pledged=streams[place % 3],
            joined_date=date(2026, 4, 1) + timedelta(days=9 * place),
            left_date=date(2026, 5, 20) if place == 2 else None,
        )
        if place == 1:
            make_pledge(membership=member, stream="contribution", amount_pence=13_37, on=date(2026, 5, 10))
        if place == 3:
            make_return(membership=member, stream="council", amount_pence=pence // 3, on=date(2026, 5, 8))
        if place == 4:
            make_return(membership=member, stream="health", amount_pence=77_31, on=date(2026, 5, 12))


def make_documents(contract: Contract, nth: int, dice: Random, *, lines: int = 25) -> list[Document]:
    """A month of visits and sessions, a few of them wrong in one way or another."""
    written: list[Line] = []
    for number in range(1, lines + 1):
        code = dice.choice([*RATES, "HC-HOUR", "NOTHING"] if number % 9 == 0 else [*RATES, "HC-HOUR"])
        written.append(
            make_line(
                line_number=number,
                service_code=code,
                service_date=date(2026, 4, 28) + timedelta(days=dice.randrange(30)),
                units=dice.choice(["1", "0.75", "1.5", "0.33"]),
                unit_rate_pence=RATES.get(code, 1) + (number % 11 == 0),
                member_ref=f"M-{nth}-{dice.randrange(6)}" if code == "HC-HOUR" else "",
            )
        )
    half = len(written) // 2
    return [
        make_document(contract=contract, number=f"A-{nth}", lines=written[:half]),
        make_document(
            contract=contract,
            number=f"B-{nth}",
            lines=[
                *written[half:],
                make_line(line_number=99, service_code="SESSION", unit_rate_pence=RATES["SESSION"]),
            ],
        ),
    ]


def outcome(council: Council) -> tuple[list[object], list[object], list[object]]:
    """Everything that came of an intake: shares, what became of lines, and what is left."""
    lines = InvoiceLine.objects.filter(invoice__council=council)
    states = lines.values_list("invoice__number", "line_number", "state", "holds__reason", "holds__owner")
    accounts = Account.objects.filter(book=council.book_id).exclude(kind="payable")
    left = accounts.values_list("kind", "stream", "balance_pence", "move_count")
    return (
        [tuple(share) for share in shares_of_council(council_id=council.pk)],
        sorted(states, key=str),
        sorted(left, key=str),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("seed", "pence"), [(1, 4_000_00), (2, 4_000_00), (3, 90_00), (4, 300_00)])
def test_gives_what_one_document_after_the_other_gives(seed: int, pence: int) -> None:
    single, ours = make_pool("ONE", pence=pence)
    bulk, theirs = make_pool("TWO", pence=pence)
    documents = [make_documents(contract, nth, Random(seed + nth)) for nth, contract in enumerate(ours)]
    if seed % 2 == 0:
        credit = make_line(
            line_number=1,
            service_code="SESSION",
            units="0",
            unit_rate_pence=RATES["SESSION"],
            amount_pence=-50_07,
            corrects_line=99,
        )
        documents[0].append(make_document(contract=ours[0], number="C-0", lines=[credit], corrects="B-0"))

    for contract, some in zip(ours, documents, strict=True):
        for document in some:
            send(document, contract=contract, on=TODAY)
    refused = put_in_inbox(
        council=bulk, batch="may", documents=enumerate(d for some in documents for d in some)
    )
    taken = take_in_chunk(
        council=bulk,
        batch="may",
        clusters=[contract.cluster_id for contract in theirs],
        on=TODAY,
        by="key:test",
    )

    assert refused == []
    assert taken.refused == []
    assert outcome(bulk) == outcome(single)
    assert InboxDocument.objects.count() == InboxLine.objects.count() == 0


def owed(council: Council) -> dict[tuple[str, str], int]:
    """Pence owed by provider and stream."""
    sums: dict[tuple[str, str], int] = {}
    providers = dict(council.providers.values_list("pk", "ref"))
    for transfer in Transfer.objects.filter(book=council.book_id, target__kind="payable").select_related(
        "target"
    ):
        whose = (providers[transfer.target.owner_id], transfer.target.stream)
        sums[whose] = sums.get(whose, 0) + transfer.amount_pence
    return sums


@pytest.mark.django_db
def test_owes_each_of_a_clusters_providers_their_own_and_knows_visits_of_last_time() -> None:
    came_to = []
    for code in ("ONE", "TWO"):
        council, (ours,) = make_pool(code, clusters=1)
        services = [make_service(code=c, rule=RULES[c], unit_rate_pence=RATES[c]) for c in RATES]
        provider = make_provider(council=council, ref="PR-2")
        others = make_contract(cluster=ours.cluster, provider=provider, ref="K-OTHER", services=services)
        visit = make_line(unit_rate_pence=RATES["HC-HOUR"], member_ref="M-0-1")
        session = make_line(line_number=2, service_code="SESSION", unit_rate_pence=RATES["SESSION"])
        batches = [
            [(ours, make_document(contract=ours, number="A", lines=[visit, session]))],
            [
                (ours, make_document(contract=ours, number="B", lines=[visit])),
                (others, make_document(contract=others, number="C", lines=[visit, session])),
            ],
        ]
        for nth, documents in enumerate(batches):
            if code == "ONE":
                for contract, document in documents:
                    send(document, contract=contract, on=TODAY)
            else:
                waiting = enumerate(document for _, document in documents)
                put_in_inbox(council=council, batch=str(nth), documents=waiting)
                clusters = [ours.cluster_id]
                take_in_chunk(council=council, batch=str(nth), clusters=clusters, on=TODAY, by="key:test")
        came_to.append((outcome(council), owed(council)))
    single, bulk = came_to
    assert bulk == single
    assert ("B", 1, "held", "duplicate_line", "provider") in bulk[0][1]
    assert {provider for provider, _ in bulk[1]} == {"PR-1", "PR-2"}


@pytest.mark.django_db
def test_does_nothing_the_second_time() -> None:
    council, contracts = make_pool("ONE")
    documents = make_documents(contracts[0], 0, Random(7))
    clusters = [contracts[0].cluster_id]
    for _ in range(2):
        put_in_inbox(council=council, batch="may", documents=enumerate(documents))
        take_in_chunk(council=council, batch="may", clusters=clusters, on=TODAY, by="key:test")
        first = outcome(council)
    assert outcome(council) == first
    assert InvoiceLine.objects.count() == sum(len(document.lines) for document in documents)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pence", "units", "reason"), [(4_000_00, "3", "duplicate_line"), (75_00, "2", "insufficient_funds")]
)
def test_takes_the_lines_of_a_document_as_they_stand_in_it_whatever_their_numbers(
    pence: int, units: str, reason: str
) -> None:
    council, contracts = make_pool("ONE", clusters=1, pence=pence)
    visits = [
        make_line(line_number=number, units=some, unit_rate_pence=RATES["HC-HOUR"], member_ref="M-0-0")
        for number, some in ((2, "3"), (1, units))
    ]
    document = make_document(contract=contracts[0], lines=visits)
    put_in_inbox(council=council, batch="may", documents=[(1, document)])
    clusters = [contracts[0].cluster_id]
    take_in_chunk(council=council, batch="may", clusters=clusters, on=TODAY, by="key:test")
    lines = InvoiceLine.objects.order_by("pk").values_list("line_number", "state", "holds__reason")
    assert list(lines) == [(2, "accepted", None), (1, "held", reason)]
    assert not send(document, contract=contracts[0]).is_first  # it is still known for what it said


@pytest.mark.django_db(transaction=True)
def test_works_a_batch_off_in_chunks_and_says_what_was_refused() -> None:
    council, contracts = make_pool("ONE")
    documents = [d for nth, k in enumerate(contracts) for d in make_documents(k, nth, Random(nth))]
    changed = make_document(contract=contracts[0], number="A-0", lines=[make_line(member_ref="M-0-0")])
    stranger = make_document(contract=make_contract(), lines=[make_line()])
    put_in_inbox(council=council, batch="may", documents=enumerate([*documents, changed]))
    refused = put_in_inbox(council=council, batch="may", documents=[(99, stranger)])

    job = work_off(ask_for_batch(council=council, batch="may", asked_by="user:1"))

    assert job.state == JobState.DONE, job.error
    assert [place for place, _, _ in job.result["refused"]] == [len(documents)]
    assert [refusal.place for refusal in refused] == [99]
    assert InvoiceLine.objects.count() == sum(len(document.lines) for document in documents)
