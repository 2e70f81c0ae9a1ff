"""How much of an invoice can still be credited."""

from django.db.models import Q, Sum

from invoices.models import Invoice, InvoiceKind, InvoiceLine, LineState


def left_to_credit_pence(invoice: Invoice) -> int:
    """
    Give what an invoice comes to with its adjustments, less what its credit notes give back already, pence.

    Rejected lines of credit notes give nothing back. PostgreSQL counts the same (credits_fit.sql): change both.
    """
    of_it = Q(invoice=invoice) | Q(invoice__corrects=invoice)
    gives_nothing = Q(invoice__kind=InvoiceKind.CREDIT_NOTE, state=LineState.REJECTED)
    pence: int | None = (
        InvoiceLine.objects.filter(of_it).exclude(gives_nothing).aggregate(sum=Sum("amount_pence"))["sum"]
    )
    return int(pence or 0)
