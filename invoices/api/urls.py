"""Addresses of the API, under /api/v1/."""

from django.urls import path

from invoices.api.views import InvoicesView, InvoiceView

app_name = "invoices-api"

urlpatterns = [
    path("invoices", InvoicesView.as_view(), name="invoices"),
    path("invoices/<uuid:invoice_id>", InvoiceView.as_view(), name="invoice"),
]
