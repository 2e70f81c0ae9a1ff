"""Documents of providers for tests."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count

from commissioning.models import Contract
from invoices.actions import Taken, take_in
from invoices.rules import Document, Line
from ledger.pennies import line_pence

_numbers = count(1)
MAY_4 = date(2026, 5, 4)


def make_line(
    *,
    line_number: int = 1,
    service_code: str = "HC-HOUR",
    service_date: date = MAY_4,
    units: str = "1",
    unit_rate_pence: int = 20_00,
    amount_pence: int | None = None,
    member_ref: str = "",
    corrects_line: int | None = None,
) -> Line:
    """A line that costs units times rate, unless another amount is given."""
    return Line(
        line_number=line_number,
        service_code=service_code,
        service_date=service_date,
        units=Decimal(units),
        unit_rate_pence=unit_rate_pence,
        amount_pence=line_pence(Decimal(units), unit_rate_pence) if amount_pence is None else amount_pence,
        member_ref=member_ref,
        corrects_line=corrects_line,
    )


def make_document(
    *, contract: Contract, lines: Sequence[Line], number: str = "", corrects: str = ""
) -> Document:
    """A document under a contract whose total is right; a credit note where it corrects something."""
    return Document(
        kind="credit_note" if corrects else "invoice",
        number=number or f"INV-{next(_numbers):05d}",
        provider_ref=contract.provider.ref,
        contract_ref=contract.ref,
        issue_date=date(2026, 5, 31),
        period_start_date=date(2026, 5, 1),
        period_end_date=date(2026, 5, 31),
        total_pence=sum(line.amount_pence for line in lines),
        lines=tuple(lines),
        corrects=corrects,
    )


def send(document: Document, *, contract: Contract, on: date = date(2026, 6, 1)) -> Taken:
    """Take a document in as its provider's system would send it."""
    return take_in(document=document, provider=contract.provider, on=on, by="key:test")
