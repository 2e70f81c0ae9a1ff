"""Addresses of the API, under /api/v1/."""

from django.urls import path

from invoices.api.answers import AttachmentsView, AttachmentView, ReplyView
from invoices.api.batches import BatchesView
from invoices.api.contracts import ContractsView, ContractView
from invoices.api.holds import HoldsView, HoldView
from invoices.api.payments import PaymentsView, PaymentView
from invoices.api.remittance import RemittanceView
from invoices.api.views import InvoicesView, InvoiceView
from invoices.api.visits import VisitsView, VisitView
from invoices.api.withdrawals import WithdrawalView

app_name = "invoices-api"

urlpatterns = [
    path("invoices", InvoicesView.as_view(), name="invoices"),
    path("invoices/<uuid:invoice_id>", InvoiceView.as_view(), name="invoice"),
    path("invoices/batches", BatchesView.as_view(), name="batches"),
    path("contracts", ContractsView.as_view(), name="contracts"),
    path("contracts/<uuid:contract_id>", ContractView.as_view(), name="contract"),
    path("holds", HoldsView.as_view(), name="holds"),
    path("holds/<uuid:hold_id>", HoldView.as_view(), name="hold"),
    path("holds/<uuid:hold_id>/reply", ReplyView.as_view(), name="reply"),
    path("holds/<uuid:hold_id>/attachments", AttachmentsView.as_view(), name="attachments"),
    path(
        "holds/<uuid:hold_id>/attachments/<uuid:attachment_id>", AttachmentView.as_view(), name="attachment"
    ),
    path("visits", VisitsView.as_view(), name="visits"),
    path("visits/<uuid:visit_id>", VisitView.as_view(), name="visit"),
    path("visits/<uuid:visit_id>/withdrawal", WithdrawalView.as_view(), name="withdrawal"),
    path("payments", PaymentsView.as_view(), name="payments"),
    path("payments/<uuid:payment_id>", PaymentView.as_view(), name="payment"),
    path("payments/<uuid:payment_id>/remittance", RemittanceView.as_view(), name="remittance"),
]
