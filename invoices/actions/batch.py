"""Many documents at once: put into the inbox, then worked off as jobs, a chunk of clusters each."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from commissioning.models import Contract, ContractState
from commonpurse.written_often import WrittenOften
from invoices.models import InboxDocument, InboxLine
from invoices.rules import Document, Problem
from jobs.actions import ask_for
from jobs.models import Job
from people.models import Council

BATCH = "invoices.take_in_batch"
DOCUMENTS_AT_A_TIME = 1_000  # so that memory stays flat however large the batch is
CLUSTERS_A_CHUNK = 100  # about 12,000 lines: a few seconds' work, far below the broker's patience
OF_DOCUMENT = (
    "kind",
    "number",
    "corrects",
    "issue_date",
    "period_start_date",
    "period_end_date",
    "total_pence",
    "body_hash",
)
OF_LINE = (
    "line_number",
    "service_code",
    "service_date",
    "units",
    "unit_rate_pence",
    "amount_pence",
    "member_ref",
    "corrects_line",
)
DOCUMENTS = WrittenOften(InboxDocument, "id", "council_id", "batch", "place", "contract_id", *OF_DOCUMENT)
LINES = WrittenOften(InboxLine, "document_id", *OF_LINE)
Placed = tuple[int, Document]


class Refused(NamedTuple):
    """A document that was refused whole: its place in the batch, and what is wrong with it."""

    place: int
    number: str
    problem: Problem


@transaction.atomic
def receive_batch(
    *, council: Council, batch: str, documents: Iterable[Placed], asked_by: str
) -> tuple[Job, list[Refused]]:
    """
    Put documents into the inbox and ask for them to be taken in, both or neither.

    Gives the job, and the documents that were refused because they have no running contract.
    """
    refused = put_in_inbox(council=council, batch=batch, documents=documents)
    return ask_for_batch(council=council, batch=batch, asked_by=asked_by), refused


@transaction.atomic
def put_in_inbox(*, council: Council, batch: str, documents: Iterable[Placed]) -> list[Refused]:
    """
    Put documents into the inbox, each with its place of arrival; gives those that have no running contract.

    Nothing is judged or posted yet: `ask_for_batch` asks for that.
    """
    running = Contract.objects.filter(council=council, state=ContractState.APPROVED)
    contracts = {(owner, ref): pk for pk, ref, owner in running.values_list("pk", "ref", "provider__ref")}
    refused: list[Refused] = []
    waiting = iter(documents)
    while some := list(islice(waiting, DOCUMENTS_AT_A_TIME)):
        known = [(p, d, contracts.get((d.provider_ref, d.contract_ref))) for p, d in some]
        refused += [_without_contract(place, document) for place, document, contract in known if not contract]
        _put([(p, d, contract) for p, d, contract in known if contract], council, batch)
    return refused


@transaction.atomic
def ask_for_batch(*, council: Council, batch: str, asked_by: str) -> Job:
    """Ask for a batch in the inbox to be taken in: one job, its parts a chunk of clusters each."""
    clusters = (
        InboxDocument.objects.filter(council=council, batch=batch)
        .order_by("contract__cluster_id")
        .values_list("contract__cluster_id", flat=True)
        .distinct()
    )
    chunks = list(_chunks(iter(clusters), CLUSTERS_A_CHUNK))
    key = f"{council.pk}:{batch}"
    whole = ask_for(
        kind=BATCH,
        key=key,
        council_id=council.pk,
        asked_by=asked_by,
        total=max(len(chunks), 1),
        doing="Taking in invoices",
    )
    for nth, chunk in enumerate(chunks):
        ask_for(
            kind="invoices.take_in_chunk",
            key=f"{key}:{nth}",
            council_id=council.pk,
            asked_by=asked_by,
            part_of=whole,
            payload={"batch": batch, "clusters": [str(cluster) for cluster in chunk]},
        )
    return whole


def _chunks(items: Iterator[UUID], size: int) -> Iterator[list[UUID]]:
    while chunk := list(islice(items, size)):
        yield chunk


def _without_contract(place: int, document: Document) -> Refused:
    words = f"{document.provider_ref} has no running contract {document.contract_ref}."
    return Refused(place, document.number, Problem("/contract_ref", "unknown_contract", words))


def _put(known: list[tuple[int, Document, UUID]], council: Council, batch: str) -> None:
    """Write some documents and their lines into the inbox, each in one statement (COPY knows no wall: ADR 34)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [len(known)])
        ids = [row[0] for row in cursor.fetchall()]
    DOCUMENTS(
        [
            {"id": pk, "council_id": council.pk, "batch": batch, "place": place, "contract_id": contract}
            | {name: getattr(document, name) for name in OF_DOCUMENT}
            for pk, (place, document, contract) in zip(ids, known, strict=True)
        ]
    )
    LINES(
        [
            {"document_id": pk} | {name: getattr(line, name) for name in OF_LINE}
            for pk, (_, document, _) in zip(ids, known, strict=True)
            for line in document.lines
        ]
    )
