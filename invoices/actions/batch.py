"""Many documents at once: put into the inbox, then worked off as jobs, a chunk of clusters each."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from commissioning.models import Contract, ContractState
from invoices.models import InboxDocument
from invoices.rules import Document, Line, Problem
from jobs.actions import ask_for
from jobs.models import Job
from people.models import Council

BATCH = "invoices.take_in_batch"
DOCUMENTS_AT_A_TIME = 1_000  # so that memory stays flat however large the batch is
CLUSTERS_A_CHUNK = 100  # about 12,000 lines: a few seconds' work, far below the broker's patience
DOCUMENT_COLUMNS = (
    "id, council_id, batch, place, contract_id, kind, number, corrects, issue_date, period_start_date, "
    "period_end_date, total_pence, body_hash"
)
LINE_COLUMNS = (
    "document_id, line_number, service_code, service_date, units, unit_rate_pence, amount_pence, member_ref, "
    "corrects_line"
)
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
        _copy([(p, d, contract) for p, d, contract in known if contract], council, batch)
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


def _copy(known: list[tuple[int, Document, UUID]], council: Council, batch: str) -> None:
    """Write some documents and their lines into the inbox, by COPY."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [len(known)])
        ids = [row[0] for row in cursor.fetchall()]
        with cursor.copy(f"COPY invoices_inboxdocument ({DOCUMENT_COLUMNS}) FROM STDIN") as copy:
            for document_id, (place, document, contract) in zip(ids, known, strict=True):
                own = {"id": document_id, "council": council.pk, "batch": batch, "place": place}
                copy.write_row(_document_row(document, own, contract))
        with cursor.copy(f"COPY invoices_inboxline ({LINE_COLUMNS}) FROM STDIN") as copy:
            for document_id, (_, document, _) in zip(ids, known, strict=True):
                for line in document.lines:
                    copy.write_row((document_id, *_line_row(line)))


def _document_row(document: Document, own: Mapping[str, Any], contract: UUID) -> tuple[Any, ...]:
    return (
        *own.values(),
        contract,
        document.kind,
        document.number,
        document.corrects,
        document.issue_date,
        document.period_start_date,
        document.period_end_date,
        document.total_pence,
        document.body_hash,
    )


def _line_row(line: Line) -> tuple[Any, ...]:
    return (
        line.line_number,
        line.service_code,
        line.service_date,
        line.units,
        line.unit_rate_pence,
        line.amount_pence,
        line.member_ref,
        line.corrects_line,
    )
