"""Drafting a payment run: everything that can be paid, one payment a provider."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from invoices.actions.pay.steps import note_step
from invoices.models import Payment, PaymentRun, RunState, RunStep
from invoices.queries.payable import Owed, owed_to_providers, payable_lines
from invoices.rules.working_days import is_working_day, working_day_from
from people.models import Council, RoleKind, User
from people.rules.words import day_words

ITEMS = """
INSERT INTO invoices_paymentitem (payment_id, line_id, amount_pence, is_live)
SELECT p.id, l.id, l.amount_pence, true
FROM invoices_invoiceline l
JOIN invoices_invoice i ON i.id = l.invoice_id
JOIN invoices_payment p ON p.run_id = %(run)s AND p.provider_id = i.provider_id
WHERE l.id = ANY(%(lines)s)
"""


class UnableToDraftRun(Exception):
    """Only finance officers draft runs; there is nothing to pay, a draft is open, or banks do not pay that day."""


@transaction.atomic
def draft_run(*, council: Council, pay_date: date, by: User, on: date, at: datetime) -> PaymentRun:
    """
    Put everything that can be paid into a draft: accepted lines that are in no payment and not held.

    One payment a provider, its credits taken off; who is owed nothing, or has no checked account, is left for
    another run. `pay_date`: the day the bank is to pay, a working day, today or later. `on`: today.

    :raises UnableToDraftRun: see the class.
    """
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=council.pk):
        raise UnableToDraftRun("Only a finance officer of this council can draft a payment run.")
    if pay_date < on:
        raise UnableToDraftRun("The bank can pay today or later. Choose such a day.")
    if not is_working_day(pay_date):
        raise UnableToDraftRun(
            "Banks pay on working days, and that is a weekend or a bank holiday. "
            f"The next such day is {day_words(working_day_from(pay_date))}."
        )
    # One draft at a time: two at once would want the same lines.
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    runs = PaymentRun.objects.filter(council=council)
    if runs.filter(state__in=[RunState.DRAFT, RunState.REVIEWED]).exists():
        raise UnableToDraftRun("A run is open already. Approve it or cancel it, and then draft the next.")
    owed = [one for one in owed_to_providers(council=council) if not one.why_not]
    if not owed:
        raise UnableToDraftRun(
            "Nothing can be paid now: no accepted line waits for a provider with a checked account."
        )
    number = 1 + (runs.aggregate(last=Max("number"))["last"] or 0)
    run = PaymentRun.objects.create(council=council, number=number, pay_date=pay_date, made_at=at, made_by=by)
    put_in(run, owed)
    note_step(run=run, step=RunStep.DRAFTED, by=by, at=at)
    return run


def put_in(run: PaymentRun, owed: list[Owed]) -> None:
    """Write the payments, and in one statement what each is for."""
    ids = _new_ids(len(owed))
    Payment.objects.bulk_create(
        [
            Payment(
                id=payment_id,
                run=run,
                provider=one.provider,
                payee=one.payee,
                reference=f"CP{run.number:05d}{payment_id.hex[-8:].upper()}",
                amount_pence=one.amount_pence,
            )
            for payment_id, one in zip(ids, owed, strict=True)
        ]
    )
    lines = payable_lines(council=run.council).filter(invoice__provider__in=[one.provider for one in owed])
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, {"run": run.pk, "lines": list(lines.values_list("pk", flat=True))})


def _new_ids(count: int) -> list[UUID]:
    """Give ids in the order of time, as PostgreSQL makes them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT uuidv7() FROM generate_series(1, %s)", [count])
        return [one for (one,) in cursor.fetchall()]
