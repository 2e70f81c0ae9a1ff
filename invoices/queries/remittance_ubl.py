"""What a payment covers, as the provider's own system reads it: a UBL remittance advice."""

from invoices.models import Payment
from invoices.queries.paying import items_of
from invoices.rules.ubl import PaidLine, Party, Remittance, write_remittance


def remittance_ubl(payment: Payment) -> bytes:
    """
    Write the remittance advice of a payment that is on its way, as UBL 2.1. References only, never a name of a member.

    It is dated the day the run was sent to the bank, however often and whenever it is fetched.
    """
    run, council, provider = payment.run, payment.run.council, payment.provider
    assert run.sent_at is not None  # the database holds that a run on its way was sent
    lines = [
        PaidLine(
            document_number=item.line.invoice.number,
            document_kind=item.line.invoice.kind,
            line_number=item.line.line_number,
            service_date=item.line.service_date,
            amount_pence=item.amount_pence,
        )
        for item in items_of(payment)
    ]
    return write_remittance(
        Remittance(
            reference=payment.reference,
            issue_date=run.sent_at.date(),
            pay_date=payment.paid_date or run.pay_date,
            payer=Party(council.name, ref=council.code),
            payee=Party(provider.name, ref=provider.ref),
            account_ending=payment.payee.account_number[-4:],
            amount_pence=payment.amount_pence,
            lines=lines,
        )
    )
