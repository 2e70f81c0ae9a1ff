"""Taking in a provider's document: its lines accepted and shared at once, or held with a reason."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from commissioning.models import Contract
from commonpurse.written_often import WrittenOften
from invoices.actions.desk import Verdict, open_desk, post_lines
from invoices.models import Hold, Invoice, InvoiceKind, InvoiceLine, InvoiceVat, LineState
from invoices.queries.crediting import left_to_credit_pence
from invoices.queries.intake import hold_number, invoice_of_number, running_contract
from invoices.queries.outcomes import Outcome, outcome_from
from invoices.rules import Accepted, Document, Held, Line, VatSum, due_date, owner_of
from ledger.actions import with_retries
from ledger.pennies import in_pounds
from providers.models import Provider

INVOICE = (
    *("council_id", "provider_id", "contract_id", "kind", "number", "corrects_id", "issue_date"),
    *("period_start_date", "period_end_date", "total_pence", "body_hash", "received_by"),
)
WRITE_INVOICE = WrittenOften(Invoice, *INVOICE, gives=["id", "received_at"])
WRITE_OLDER_INVOICE = WrittenOften(Invoice, *INVOICE, "received_at", gives=["id", "received_at"])
LINE = (
    *("invoice_id", "line_number", "service_code", "service_id", "service_date", "units", "unit_rate_pence"),
    *("amount_pence", "member_ref", "membership_id", "corrects_line", "corrected_line_id", "state"),
    "entry_id",
)
WRITE_LINES = WrittenOften(InvoiceLine, *LINE, gives=["id"])


class UnableToTakeIn(Exception):
    """The document is refused whole, and nothing was stored. `pointer`: the place in it; `code`: which rule."""

    code = "refused"

    def __init__(self, message: str, *, pointer: str) -> None:
        super().__init__(message)
        self.pointer = pointer


class UnknownContract(UnableToTakeIn):
    """There is no such contract for this provider: unknown, not approved, ended, or somebody else's."""

    code = "unknown_contract"


class UnknownCorrectedInvoice(UnableToTakeIn):
    """A credit note corrects an invoice that we do not have under this contract."""

    code = "unknown_corrected_invoice"


class CreditTooLarge(UnableToTakeIn):
    """A credit note gives back more than is left of the invoice it corrects."""

    code = "credit_too_large"


class NumberUsed(UnableToTakeIn):
    """A document with this number came in before, and said something else."""

    code = "number_used"


class Taken(NamedTuple):
    """
    The invoice that stands; `is_first` is false when the same document came in before.

    `outcome`: what became of it, where that was found out just now.
    """

    invoice: Invoice
    is_first: bool
    outcome: Outcome | None = None


@with_retries
@transaction.atomic
def take_in(
    *, document: Document, provider: Provider, on: date, by: str, at: datetime | None = None
) -> Taken:
    """
    Take in an invoice or credit note: judge its lines in order, post the good ones, hold the others.

    The same document again changes nothing. A line whose service date lies in a closed month is dated `on`,
    and says which day it concerns. `at`: when it came in, where that was not just now.

    :raises UnableToTakeIn: the document is refused whole (`UnknownContract`, `UnknownCorrectedInvoice`,
        `CreditTooLarge`, `NumberUsed`).
    """
    return take_in_here(document=document, provider=provider, on=on, by=by, at=at)


def take_in_here(
    *, document: Document, provider: Provider, on: date, by: str, at: datetime | None = None
) -> Taken:
    """
    Take in a document as `take_in` does, in a transaction that has begun and is given up on a refusal.

    :raises UnableToTakeIn: as `take_in`.
    """
    hold_number(provider=provider, number=document.number)
    stands = invoice_of_number(provider=provider, number=document.number)
    if stands is not None:
        return _again(document, stands)
    contract = _contract(document, provider)
    corrects = _corrected_invoice(document, contract)
    desk = open_desk(
        contract=contract, number=document.number, corrects=corrects, lines=document.lines, on=on
    )
    if not desk.is_running:  # it ended while we waited for it
        raise _no_contract(document)
    _check_credit(document, corrects)
    verdicts = list(zip(document.lines, desk.judge_lines(document.lines, kind=document.kind), strict=True))
    accepted = [(line, verdict) for line, verdict in verdicts if isinstance(verdict, Accepted)]
    entries = post_lines(desk, accepted, kind=document.kind, by=by)
    invoice = write_invoice(document, contract, corrects, by=by, at=at)
    lines = write_lines(verdicts, invoice=invoice, entry_ids=entries)
    InvoiceVat.objects.bulk_create(InvoiceVat(invoice=invoice, **vat._asdict()) for vat in document.vat)
    held = {line.line_number: verdict.reason for line, verdict in verdicts if isinstance(verdict, Held)}
    holds = {hold.line_id: [hold] for hold in hold_lines(lines, held, on=on, at=at)}
    return Taken(invoice, is_first=True, outcome=outcome_from(invoice, lines, holds))


def _contract(document: Document, provider: Provider) -> Contract:
    """Find the running contract a document is for, among those of its provider alone."""
    contract = running_contract(provider=provider, ref=document.contract_ref)
    if document.provider_ref != provider.ref:
        raise UnknownContract(
            f"You have no contract as provider {document.provider_ref}.", pointer="/provider_ref"
        )
    if contract is None:
        raise _no_contract(document)
    return contract


def _no_contract(document: Document) -> UnknownContract:
    return UnknownContract(f"You have no running contract {document.contract_ref}.", pointer="/contract_ref")


def _corrected_invoice(document: Document, contract: Contract) -> Invoice | None:
    """Find the invoice that a credit note puts right, under the same contract."""
    if document.kind != InvoiceKind.CREDIT_NOTE:
        return None
    found = Invoice.objects.filter(
        contract=contract, provider=contract.provider, number=document.corrects, kind=InvoiceKind.INVOICE
    ).first()
    if found is None:
        raise UnknownCorrectedInvoice(
            f"We have no invoice {document.corrects} under contract {contract.ref}. Send the invoice first.",
            pointer="/corrects",
        )
    return found


def _check_credit(document: Document, corrects: Invoice | None) -> None:
    """See that a credit note gives back no more than is left of its invoice; another one of it waits for us."""
    if corrects is None:
        return
    Invoice.objects.select_for_update(no_key=True).get(pk=corrects.pk)
    left_pence = left_to_credit_pence(corrects)
    if -document.total_pence > max(left_pence, 0):
        raise CreditTooLarge(
            f"This gives back {in_pounds(-document.total_pence)}, and {in_pounds(max(left_pence, 0))} is left of "
            f"invoice {corrects.number} with the credits that came before. Credit that much at most.",
            pointer="/total_pence",
        )


def _again(document: Document, stands: Invoice) -> Taken:
    """Answer a number that is used already: the same document is the same invoice, another is refused."""
    if bytes(stands.body_hash) != document.body_hash or _says_other_vat(document, stands):
        raise NumberUsed(
            f"Number {document.number} came in before with different contents. Give this one its own number.",
            pointer="/number",
        )
    return Taken(stands, is_first=False)


def _says_other_vat(document: Document, stands: Invoice) -> bool:
    """Compare the VAT of a document with what its first arrival said, where both say something of it."""
    told = {VatSum(*row) for row in stands.vat.values_list("category", "percent", "net_pence", "vat_pence")}
    return bool(document.vat and told and set(document.vat) != told)


def write_invoice(
    document: Document, contract: Contract, corrects: Invoice | None, *, by: str, at: datetime | None
) -> Invoice:
    """Write a document down as it came in, or as the council made it."""
    said = {
        "council_id": contract.council_id,
        "provider_id": contract.provider_id,
        "contract_id": contract.pk,
        "kind": document.kind,
        "number": document.number,
        "corrects_id": corrects and corrects.pk,
        "issue_date": document.issue_date,
        "period_start_date": document.period_start_date,
        "period_end_date": document.period_end_date,
        "total_pence": document.total_pence,
        "body_hash": document.body_hash,
        "received_by": by,
    }
    write, when = (WRITE_INVOICE, {}) if at is None else (WRITE_OLDER_INVOICE, {"received_at": at})
    [(pk, received_at)] = write([said | when])
    invoice = Invoice(id=pk, received_at=received_at, **said)
    invoice.contract, invoice.corrects = contract, corrects
    invoice._state.adding, invoice._state.db = False, contract._state.db  # noqa: SLF001 - as a row that was read
    return invoice


def hold_lines(
    lines: Sequence[InvoiceLine], reasons: Mapping[int, str], *, on: date, at: datetime | None
) -> list[Hold]:
    """Write down why each held line waits, whose turn it is, and by when. `reasons` by line number."""
    return Hold.objects.bulk_create(
        Hold(
            line=line,
            reason=reasons[line.line_number],
            owner=owner_of(reasons[line.line_number]),
            due_date=due_date(on=on),
            opened_at=at or Now(),
        )
        for line in lines
        if line.line_number in reasons
    )


def write_lines(
    verdicts: Sequence[tuple[Line, Verdict]], *, invoice: Invoice, entry_ids: Mapping[int, UUID]
) -> list[InvoiceLine]:
    """Write lines, in their order, with what their words were found to mean and what became of them."""
    said = [
        _line_row(line, verdict) | {"invoice_id": invoice.pk, "entry_id": entry_ids.get(line.line_number)}
        for line, verdict in verdicts
    ]
    written = WRITE_LINES(said)
    return [InvoiceLine(id=pk, **row) for (pk,), row in zip(written, said, strict=True)]


def _line_row(line: Line, verdict: Verdict) -> dict[str, Any]:
    good = verdict if isinstance(verdict, Accepted) else None
    return {
        "line_number": line.line_number,
        "service_code": line.service_code,
        "service_id": good and good.terms.id,
        "service_date": line.service_date,
        "units": line.units,
        "unit_rate_pence": line.unit_rate_pence,
        "amount_pence": line.amount_pence,
        "member_ref": line.member_ref,
        "membership_id": good and good.member and good.member.id,
        "corrects_line": line.corrects_line,
        "corrected_line_id": good and good.corrected_id,
        "state": LineState.ACCEPTED if good else LineState.HELD,
    }
