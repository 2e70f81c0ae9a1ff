"""The nouns of intake and payment: invoices, lines, holds, requests, the inbox, payments, statements, uploads."""

from invoices.models.adjustment import Adjustment
from invoices.models.dispute import Dispute, DisputeState
from invoices.models.feed import Change, ChangeKind, SyncEpoch
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
from invoices.models.reply import Attachment, HoldReply, MediaType
from invoices.models.request import IdempotentRequest, Operation
from invoices.models.statement import (
    BankLine,
    BankLineState,
    BankStatement,
    BankStatementQuerySet,
    StatementFormat,
)
from invoices.models.upload import KEPT_STATES, Upload, UploadQuerySet, UploadState
from invoices.models.vat import InvoiceVat
from invoices.models.visit import Visit, VisitQuerySet
from invoices.models.webhook import (
    TEST_EVENT,
    Delivery,
    DeliveryAttempt,
    DeliveryState,
    Endpoint,
    EndpointSecret,
    WebhookEvent,
)

__all__ = [
    "KEPT_STATES",
    "TEST_EVENT",
    "Adjustment",
    "Attachment",
    "BankLine",
    "BankLineState",
    "BankStatement",
    "BankStatementQuerySet",
    "Change",
    "ChangeKind",
    "Correction",
    "Delivery",
    "DeliveryAttempt",
    "DeliveryState",
    "Dispute",
    "DisputeState",
    "Endpoint",
    "EndpointSecret",
    "Hold",
    "HoldReason",
    "HoldReply",
    "HoldState",
    "IdempotentRequest",
    "InboxDocument",
    "InboxLine",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceQuerySet",
    "InvoiceVat",
    "LineState",
    "MediaType",
    "Operation",
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
    "SyncEpoch",
    "Upload",
    "UploadQuerySet",
    "UploadState",
    "Visit",
    "VisitQuerySet",
    "WebhookEvent",
]
