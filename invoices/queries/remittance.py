"""The payments of a provider's system, and what each is for."""

from typing import NamedTuple

from django.db.models import QuerySet

from invoices.models import Invoice, Payment, PaymentItem
from invoices.queries.paying import items_of
from providers.models import SystemKey


class PaidInvoice(NamedTuple):
    """An invoice or credit note with those of its lines that a payment is for, and what they come to in pence."""

    invoice: Invoice
    items: list[PaymentItem]

    @property
    def amount_pence(self) -> int:
        """What is paid of it; below zero: taken off."""
        return sum(item.amount_pence for item in self.items)


def payments_of(key: SystemKey) -> QuerySet[Payment]:
    """Give the payments to the provider whose system asks, from the day they go to the bank."""
    return Payment.objects.visible_to(key).select_related("run", "payee")


def remittance(payment: Payment) -> list[PaidInvoice]:
    """Give what a payment is for, by invoice, in order of their dates and lines; they add up to it."""
    found: dict[Invoice, list[PaymentItem]] = {}
    items = items_of(payment).select_related("line__invoice__contract", "line__invoice__corrects")
    for item in items:
        found.setdefault(item.line.invoice, []).append(item)
    return [PaidInvoice(invoice, items) for invoice, items in found.items()]
