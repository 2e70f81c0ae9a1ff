"""Taking in what waits in the inbox for some clusters: the plain ones all at once, the hard ones line by line."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from commissioning.models import Contract
from invoices.actions.take_in import UnableToTakeIn, take_in
from invoices.models import InboxDocument, InboxLine
from invoices.rules import Document, Line, due_date
from invoices.rules.judging import OWNERS
from ledger.actions import AccountName, hold_open, open_accounts, post_from
from ledger.models import AccountKind
from people.models import Council

SQL = Path(__file__).parents[1] / "sql"


class ChunkTaken(NamedTuple):
    """What became of a chunk: documents refused whole, with their place in the batch, number and reason."""

    refused: list[tuple[int, str, str]]
    refusals: dict[int, UnableToTakeIn]


@transaction.atomic
def take_in_chunk(*, council: Council, batch: str, clusters: Sequence[UUID], on: date, by: str) -> ChunkTaken:
    """
    Judge, share and post all that a batch holds for some clusters, in one transaction.

    The outcome is that of `take_in` on each document in order of arrival. Where order cannot matter (units
    and money suffice whatever comes first, no credit notes, numbers new) it is done set-based; the other
    clusters go through `take_in` itself. What is taken in leaves the inbox, so doing it again does nothing.
    """
    opens = hold_open(book_id=council.book_id)
    clusters = sorted(clusters)
    values: dict[str, Any] = {
        "chunk": clusters,
        "batch": batch,
        "council": council.pk,
        "book": council.book_id,
        "opens": opens,
        "on": on,
        "by": by,
        "due": due_date(on=on),
        "owners": json.dumps(OWNERS),
    }
    contracts = Contract.objects.filter(cluster__in=clusters).order_by("pk")
    list(contracts.select_for_update(no_key=True).values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute("SET LOCAL default_statistics_target = 10")  # the planner needs sizes, not details
        for step in ("bulk_lay_out.sql", "bulk_committed.sql", "bulk_share.sql"):
            _run(cursor, step, values)
        cursor.execute(_sql("bulk_hard.sql"), values)
        hard = [row[0] for row in cursor.fetchall()]
        if hard:
            _run(cursor, "bulk_leave.sql", {"hard": hard})
        _post(council, values, by)
        _run(cursor, "bulk_store.sql", values)
        _run(cursor, "bulk_clear.sql", {})
    return _one_by_one(council, batch, hard, on, by) if hard else ChunkTaken([], {})


def _post(council: Council, values: dict[str, Any], by: str) -> None:
    """Open the payable accounts that are needed and post every good line."""
    with connection.cursor() as cursor:
        cursor.execute(_sql("bulk_owed.sql"))
        names = [AccountName(AccountKind.PAYABLE, provider, stream) for provider, stream in cursor.fetchall()]
    if not names:
        return
    open_accounts(book_id=council.book_id, names=names)
    post_from(
        book_id=council.book_id,
        drafts_sql=_sql("bulk_drafts.sql"),
        moves_sql=_sql("bulk_moves.sql"),
        by=by,
        values={"opens": values["opens"], "on": values["on"]},
    )


@cache
def _sql(name: str) -> str:
    lines = (SQL / name).read_text().splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith("--"))


def _run(cursor: Any, name: str, values: dict[str, Any]) -> None:
    """Run the statements of a file one after the other."""
    for statement in _sql(name).split(";\n"):
        if statement.strip():
            cursor.execute(statement, values)


def _one_by_one(council: Council, batch: str, clusters: list[UUID], on: date, by: str) -> ChunkTaken:
    """Take in the documents of hard clusters in their order of arrival, as REST would."""
    rows = list(
        InboxDocument.objects.filter(council=council, batch=batch, contract__cluster__in=clusters)
        .select_related("contract__provider")
        .order_by("place")
    )
    lines = InboxLine.objects.filter(document__in=rows).order_by("document_id", "pk")
    by_document = {key: list(group) for key, group in groupby(lines, key=lambda line: line.document_id)}
    refused: list[tuple[int, str, str]] = []
    refusals: dict[int, UnableToTakeIn] = {}
    for row in rows:
        document = _document(row, by_document.get(row.pk, []))
        try:
            take_in(document=document, provider=row.contract.provider, on=on, by=by)
        except UnableToTakeIn as refusal:
            refused.append((row.place, row.number, str(refusal)))
            refusals[row.place] = refusal
    InboxDocument.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return ChunkTaken(refused, refusals)


def _document(row: InboxDocument, lines: Sequence[InboxLine]) -> Document:
    """Read a waiting document as it came."""
    return Document(
        kind=row.kind,
        number=row.number,
        provider_ref=row.contract.provider.ref,
        contract_ref=row.contract.ref,
        issue_date=row.issue_date,
        period_start_date=row.period_start_date,
        period_end_date=row.period_end_date,
        total_pence=row.total_pence,
        corrects=row.corrects,
        lines=tuple(
            Line(
                line_number=line.line_number,
                service_code=line.service_code,
                service_date=line.service_date,
                units=line.units.normalize() + 0,
                unit_rate_pence=line.unit_rate_pence,
                amount_pence=line.amount_pence,
                member_ref=line.member_ref,
                corrects_line=line.corrects_line,
            )
            for line in lines
        ),
    )
