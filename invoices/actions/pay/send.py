"""Sending an approved run to the bank, and saying which account the council pays from."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from invoices.actions.pay.steps import locked_run, note_step, tell_provider
from invoices.models import PayingAccount, PaymentRun, PaymentState, RunState, RunStep
from people.models import Council, RoleKind, User
from providers.rules.payee import is_uk_account, plain_digits

SERVICE_USER = re.compile(r"[0-9]{6}")


class UnableToSend(Exception):
    """The run is not approved, the council has no account to pay from, or somebody else has to do this."""


@transaction.atomic
def send_run(*, run: PaymentRun, by: User, at: datetime) -> PaymentRun:
    """
    Say that the bank gets the file of an approved run. From now on it is settled by bank statements alone.

    The people of each provider in it are told what they get and when, with their remittance advice.

    Sending it again gives the same run: the file can be fetched as often as it is needed.

    :raises UnableToSend: see the class.
    """
    run = locked_run(run.pk)
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=run.council_id):
        raise UnableToSend("Only a finance officer of this council can send payments.")
    if run.state in (RunState.SENT, RunState.PAID):
        return run
    if run.state != RunState.APPROVED:
        raise UnableToSend(f"This run is at “{run.get_state_display()}”. It can be sent once it is approved.")
    account = PayingAccount.objects.filter(council=run.council_id, ended_at__isnull=True).first()
    if account is None:
        raise UnableToSend("Say first which bank account the council pays from.")
    run.state, run.sent_at, run.sent_by, run.paid_from = RunState.SENT, at, by, account
    try:
        with transaction.atomic():
            run.save(update_fields=["state", "sent_at", "sent_by", "paid_from"])
    except IntegrityError as refusal:
        raise UnableToSend(
            "Something in this run was held, or taken back, since it was approved. Cancel it and draft it again."
        ) from refusal
    note_step(run=run, step=RunStep.SENT, by=by, at=at)
    _tell_providers(run, by=by, at=at)
    return run


def _tell_providers(run: PaymentRun, *, by: User, at: datetime) -> None:
    """Tell whoever works for a provider that a payment is on its way, and where it says what it is for."""
    for payment in run.payments.filter(state=PaymentState.PLANNED).select_related("provider"):
        tell_provider(
            payment=payment,
            council=run.council,
            kind="invoices_remittance",
            by=by,
            at=at,
            about=reverse("invoices:remittance", args=[payment.pk]),
            reference=payment.reference,
            pay_date=run.pay_date,
        )


@transaction.atomic
def set_paying_account(
    *,
    council: Council,
    account_name: str,
    sort_code: str,
    account_number: str,
    service_user_number: str,
    by: User,
    at: datetime,
) -> PayingAccount:
    """
    Say which account a council pays from; it counts from now on, and the one before is ended.

    :raises UnableToSend: see the class; or it is no UK account.
    """
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=council.pk):
        raise UnableToSend("Only a finance officer of this council can say which account it pays from.")
    sort_code, account_number = plain_digits(sort_code), plain_digits(account_number)
    if not is_uk_account(sort_code=sort_code, account_number=account_number) or not account_name.strip():
        raise UnableToSend(
            "A sort code has six digits and an account number eight, and the account has a name. Look at them again."
        )
    if service_user_number and not SERVICE_USER.fullmatch(service_user_number):
        raise UnableToSend("A service user number has six digits. Your bank tells you yours.")
    PayingAccount.objects.filter(council=council, ended_at__isnull=True).update(ended_at=at)
    return PayingAccount.objects.create(
        council=council,
        account_name=account_name.strip(),
        sort_code=sort_code,
        account_number=account_number,
        service_user_number=service_user_number,
        since=at,
        set_by=by.label,
    )
