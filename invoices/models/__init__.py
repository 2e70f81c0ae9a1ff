"""The nouns of intake and payment: invoices and lines, holds, requests, the inbox, payment runs, statements."""

from invoices.models.hold import Correction, Hold, HoldReason, HoldState
from invoices.models.inbox import InboxDocument, InboxLine
from invoices.models.invoice import Invoice, InvoiceKind, InvoiceLine, InvoiceQuerySet, LineState
from invoices.models.payment import (
    PayingAccount,
    Payment,
    PaymentItem,
    PaymentQuerySet,
    PaymentRun,
    PaymentRunQuerySet,
    PaymentState,
    RunEvent,
    RunState,
    RunStep,
)
from invoices.models.request import IdempotentRequest
from invoices.models.statement import (
    BankLine,
    BankLineState,
    BankStatement,
    BankStatementQuerySet,
    StatementFormat,
)

__all__ = [
    "BankLine",
    "BankLineState",
    "BankStatement",
    "BankStatementQuerySet",
    "Correction",
    "Hold",
    "HoldReason",
    "HoldState",
    "IdempotentRequest",
    "InboxDocument",
    "InboxLine",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceQuerySet",
    "LineState",
    "PayingAccount",
    "Payment",
    "PaymentItem",
    "PaymentQuerySet",
    "PaymentRun",
    "PaymentRunQuerySet",
    "PaymentState",
    "RunEvent",
    "RunState",
    "RunStep",
    "StatementFormat",
]
