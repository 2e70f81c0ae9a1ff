"""Handing the books over to a council's own finance system: the file, and the codes in it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, NamedTuple

from django.db import transaction

from ledger.actions import hold_open
from people.models import Council, RoleKind, User
from people.rules.words import date_words
from reports.models import LedgerCode
from reports.queries.hand_over import entries_in, services_of, streams_of
from reports.rules.forecast import Span
from reports.rules.hand_over import WRITERS, CodeSort, Format, JournalEntry


class HandedOver(NamedTuple):
    """What a file came to: how many entries, and what they move together, in pence (the debits, and so the credits)."""

    entries: int
    pence: int


class UnableToSetCode(Exception):
    """Who asks may not, the day is closed, or there is no such stream or service. `field`: which answer it is about."""

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


def hand_over(*, council: Council, span: Span, form: Format, out: IO[str]) -> HandedOver:
    """
    Write a council's entries of a span into a file, a few at a time; it is to be open with `newline=""`.

    What is closed comes out byte for byte the same whenever it is written.
    """
    sums = [0, 0]
    for piece in WRITERS[form](_counted(entries_in(council=council, span=span), sums)):
        out.write(piece)
    return HandedOver(*sums)


def _counted(entries: Iterator[JournalEntry], sums: list[int]) -> Iterator[JournalEntry]:
    for entry in entries:
        sums[0] += 1
        sums[1] += sum(line.pence for line in entry.lines if line.is_debit)
        yield entry


@transaction.atomic
def set_ledger_code(
    *,
    council: Council,
    sort: CodeSort,
    code: str,
    account_kind: str = "",
    stream_code: str = "",
    service_code: str = "",
    from_date: date,
    by: User,
    at: datetime,
) -> LedgerCode:
    """
    Give the lines of a council's journal another code from a day on; up to then they keep the one they have.

    No account kind, stream or service means any.

    :raises UnableToSetCode: see the class.
    """
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=council.pk):
        raise UnableToSetCode(f"Only finance officers of {council} can set its codes. Ask one of them.")
    opens = hold_open(book_id=council.book_id)
    if opens is not None and from_date < opens:
        raise UnableToSetCode(
            f"The books are closed up to that day, and what was handed over stays as it was. "
            f"Choose {date_words(opens)} or a later day.",
            field="from_date",
        )
    if stream_code and stream_code not in dict(streams_of(council=council)):
        raise UnableToSetCode(
            "There is no such funding stream. Choose one from the list.", field="stream_code"
        )
    if service_code and service_code not in services_of(council=council):
        raise UnableToSetCode(
            "No contract buys such a service. Choose one from the list.", field="service_code"
        )
    return LedgerCode.objects.create(
        council=council,
        sort=sort.value,
        account_kind=account_kind,
        stream_code=stream_code,
        service_code=service_code,
        code=code,
        effective_date=from_date,
        set_at=at,
        set_by=by.label,
    )
