"""The nouns of intake: invoices and their lines, holds, requests, and the inbox."""

from invoices.models.hold import Correction, Hold, HoldReason, HoldState
from invoices.models.inbox import InboxDocument, InboxLine
from invoices.models.invoice import Invoice, InvoiceKind, InvoiceLine, InvoiceQuerySet, LineState
from invoices.models.request import IdempotentRequest

__all__ = [
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
]
