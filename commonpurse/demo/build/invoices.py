"""Invoices on their way through the same intake as by REST, and what the finance officer did about held lines."""

from collections.abc import Callable
from datetime import date, timedelta

from commonpurse.demo.build import payments
from commonpurse.demo.days import moment
from commonpurse.demo.documents import Sent, documents
from commonpurse.demo.shapes import Slipped
from commonpurse.demo.story.council import GRACE
from commonpurse.demo.town import Town
from invoices.actions import reject, release, take_in
from invoices.models import Hold, HoldReason, Invoice
from invoices.rules import parse_document
from ledger.pennies import line_pence

DAYS_TO_DECIDE = 2


def take_in_invoices(town: Town, say: Callable[[str], None]) -> None:
    """Take in every document on the day it arrived, deal with held lines, and pay once a month what is owed."""
    month = None
    to_pay = payments.days_to_pay(town)
    for sent in documents(town.days, lambda circle, person: town.memberships[circle, person].ref):
        if sent.month != month:
            month = sent.month
            say(f"Invoices of {town.days.month(month):%B %Y}")
        while to_pay and sent.arrives_on > to_pay[0]:
            payments.pay(town, to_pay.pop(0), is_last=not to_pay)
        invoice = _take_in(town, sent)
        if sent.slipped:
            _decide(town, invoice, sent.slipped, sent.arrives_on + timedelta(days=DAYS_TO_DECIDE))
    for day in to_pay:
        payments.pay(town, day, is_last=day == to_pay[-1])


def _take_in(town: Town, sent: Sent) -> Invoice:
    return take_in(
        document=parse_document(sent.body),
        provider=town.providers[sent.company],
        on=sent.arrives_on,
        by=town.keys[sent.company].label,
        at=moment(sent.arrives_on, 8),
    ).invoice


def _decide(town: Town, invoice: Invoice, slipped: Slipped, on: date) -> None:
    """Put the held line right, or refuse it, where the story says so."""
    grace = town.users[GRACE]
    for hold in Hold.objects.filter(line__invoice=invoice).select_related("line"):
        if slipped.put_right and hold.reason == HoldReason.RATE_MISMATCH:
            service = invoice.contract.services.get(code=hold.line.service_code)
            rate = service.unit_rate_pence
            corrections = {"unit_rate_pence": rate, "amount_pence": line_pence(hold.line.units, rate)}
            release(
                hold=hold,
                corrections=corrections,
                note=slipped.put_right,
                by=grace,
                on=on,
                at=moment(on),
            )
        elif slipped.refused:
            reject(hold=hold, reason=slipped.refused, by=grace, at=moment(on))
