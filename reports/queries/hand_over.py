"""A council's entries as its own finance system takes them, read a few at a time."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from budgets.models import FundingStream
from commissioning.models import ContractService
from ledger.models import AccountKind, Entry, Period
from people.models import Council, RoleKind, User
from reports.models import LedgerCode
from reports.queries.rows import sql_of
from reports.rules.forecast import Span
from reports.rules.hand_over import CodeRow, Codes, CodeSort, JournalEntry, JournalLine, account_name

FETCHED_AT_ONCE = 2_000
MONTHS_SHOWN = 12
LINE = 9  # where, in a row, what is of the whole entry ends


def councils_handed_over(user: User) -> QuerySet[Council]:
    """Give the councils whose entries somebody may take to a finance system: a finance officer's, by name."""
    kept = [role.council_id for role in user.roles.all() if role.kind == RoleKind.FINANCE_OFFICER]
    return Council.objects.filter(pk__in=kept).order_by("name")


def entries_in(*, council: Council, span: Span) -> Iterator[JournalEntry]:
    """
    Give the entries of a span, in order of their day and key, each with its lines and their codes.

    Only some are in memory at a time, however many there are; all are of one moment.
    """
    codes = codes_of(council=council)
    with transaction.atomic(), connection.cursor() as settings:
        # The whole answer is wanted, so it is not to be planned for its first rows; and sums want memory.
        settings.execute("SET LOCAL cursor_tuple_fraction = 1; SET LOCAL work_mem = '64MB'")
        with connection.chunked_cursor() as cursor:
            values: dict[str, Any] = {"book": council.book_id, "start": span.start, "end": span.end}
            cursor.execute(sql_of("hand_over.sql"), values)
            for _, rows in groupby(_fetched(cursor), key=itemgetter(0)):
                yield _entry(list(rows), codes)


def _fetched(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(FETCHED_AT_ONCE):
        yield from rows


def _entry(rows: list[tuple[Any, ...]], codes: Codes) -> JournalEntry:
    entry_id, key, kind, reason, reason_code, reverses, effective, concerned, recorded = rows[0][:LINE]
    return JournalEntry(
        entry_id=entry_id,
        key=key,
        kind=kind,
        reason=reason,
        reason_code=reason_code,
        reverses=reverses,
        effective_date=effective,
        concerned_date=concerned,
        recorded_at=recorded,
        lines=tuple(_line(row[LINE:], on=effective, codes=codes) for row in rows),
    )


def _line(said: tuple[Any, ...], *, on: date, codes: Codes) -> JournalLine:
    """Put a line into words. VAT has a code only where a service is paid for."""
    kind, owner, stream, service, vat_category, is_debit, pence = said
    found = {
        sort: codes.code(sort, account_kind=kind, stream=stream, service_code=service, on=on)
        for sort in CodeSort
    }
    return JournalLine(
        account=account_name(kind, [reference for reference in owner if reference is not None], stream),
        account_kind=kind,
        stream=stream,
        service_code=service,
        cost_centre=found[CodeSort.COST_CENTRE],
        subjective_code=found[CodeSort.SUBJECTIVE],
        vat_code=found[CodeSort.VAT] if service else "",
        vat_category=vat_category,
        is_debit=is_debit,
        pence=pence,
    )


def count_in(*, council: Council, span: Span) -> int:
    """Count the entries of a span."""
    dated = Q(effective_date__gte=span.start, effective_date__lt=span.end)
    return Entry.objects.filter(dated, book=council.book_id).count()


def closed_months(*, council: Council) -> list[Span]:
    """Give the latest spans of a council that are closed, the newest first."""
    closed = Period.objects.filter(book=council.book_id).order_by("-end_date")
    return [Span(start=period.start_date, end=period.end_date) for period in closed[:MONTHS_SHOWN]]


def codes_of(*, council: Council) -> Codes:
    """Give the codes that a council's lines get, with those that came along."""
    rows = LedgerCode.objects.filter(Q(council=council) | Q(council__isnull=True))
    return Codes(_code_row(row) for row in rows.order_by("set_at", "pk"))


def _code_row(row: LedgerCode) -> CodeRow:
    return CodeRow(
        sort=row.sort,
        account_kind=row.account_kind,
        stream=row.stream_code,
        service_code=row.service_code,
        code=row.code,
        from_date=row.effective_date,
        is_own=row.council_id is not None,
    )


class CodeShown(NamedTuple):
    """A code as the page lists it: what it is for in words, and the last day it holds; none: until further notice."""

    row: LedgerCode
    words: str
    last_date: date | None
    is_over: bool


def codes_shown(*, council: Council, on: date) -> list[CodeShown]:
    """List every code of a council and those that came along, with the last day each holds; what is over comes last."""
    rows = LedgerCode.objects.filter(Q(council=council) | Q(council__isnull=True))
    rows = rows.order_by("sort", F("council").asc(nulls_last=True), "-effective_date", "-set_at", "-pk")
    streams = dict(FundingStream.objects.filter(council=council).values_list("code", "name"))
    begins: dict[tuple[Any, ...], date] = {}
    shown = []
    for row in rows:
        lines = (row.council_id, row.sort, row.account_kind, row.stream_code, row.service_code)
        next_date = begins.get(lines)
        begins[lines] = row.effective_date
        last = next_date - timedelta(days=1) if next_date else None
        shown.append(CodeShown(row, _words(row, streams), last, last is not None and last < on))
    return sorted(shown, key=lambda one: (one.is_over, SORT_ORDER.index(one.row.sort)))


SORT_ORDER = [sort.value for sort in CodeSort]


def _words(row: LedgerCode, streams: dict[str, str]) -> str:
    """Say which lines a code is for."""
    said = [
        str(AccountKind(row.account_kind).label) if row.account_kind else "",
        streams.get(row.stream_code, row.stream_code),
        f"service {row.service_code}" if row.service_code else "",
    ]
    return ", ".join(part for part in said if part) or "Everything else"


def streams_of(*, council: Council) -> list[tuple[str, str]]:
    """Give the funding streams of a council: code and name."""
    return list(FundingStream.objects.filter(council=council).order_by("name").values_list("code", "name"))


def services_of(*, council: Council) -> list[str]:
    """Give the codes of all services that a council's contracts buy."""
    codes = ContractService.objects.filter(contract__council=council).values_list("code", flat=True)
    return sorted(set(codes.distinct()))
