"""Fetching the file that makes the bank pay an approved run; who fetched it, and when, is kept."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import models, transaction

from invoices.actions.pay.steps import locked_run, note_step
from invoices.models import PayingAccount, PaymentRun, PaymentState, RunState, RunStep
from invoices.rules.bank_file import (
    BankAccount,
    BankPayment,
    BankRun,
    UnableToWriteFile,
    bacs_file,
    bank_csv,
)
from people.models import RoleKind, User
from providers.models import PayeeAccount


class UnableToFetch(Exception):
    """The run is not approved, nothing of it is to be paid any more, or the bank could not read such a file."""


class FileKind(models.TextChoices):
    """What a bank may be sent."""

    CSV = "csv", "CSV"
    BACS = "bacs", "Bacs Standard 18"


class Fetched(NamedTuple):
    """A file for the bank: what it is called, and what is in it."""

    name: str
    content: str


@transaction.atomic
def fetch_file(*, run: PaymentRun, kind: str, by: User, on: date, at: datetime) -> Fetched:
    """
    Give the file that makes the bank pay what of a run is on its way, and write down that it was fetched.

    Only of an approved run, or one that is at the bank; what the bank has paid already is not in it again.

    :raises UnableToFetch: see the class.
    """
    run = locked_run(run.pk)
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=run.council_id):
        raise UnableToFetch("Only a finance officer of this council can fetch the file for the bank.")
    if run.state not in (RunState.APPROVED, RunState.SENT):
        raise UnableToFetch(
            f"This run is at “{run.get_state_display()}”. There is a file for the bank once it is approved, "
            "and until it is paid."
        )
    account = run.paid_from or PayingAccount.objects.filter(council=run.council_id, ended_at=None).first()
    if account is None:
        raise UnableToFetch("Say first which bank account the council pays from.")
    file_kind = FileKind(kind)
    payments = run.payments.filter(state=PaymentState.PLANNED).select_related("payee").order_by("reference")
    to_bank = BankRun(
        number=run.number,
        pay_date=run.pay_date,
        made_date=on,
        paid_from=_account(account),
        service_user_number=account.service_user_number,
        payments=[
            BankPayment(to=_account(one.payee), amount_pence=one.amount_pence, reference=one.reference)
            for one in payments
        ],
    )
    try:
        content = bacs_file(to_bank) if file_kind == FileKind.BACS else bank_csv(to_bank)
    except UnableToWriteFile as refusal:
        raise UnableToFetch(str(refusal)) from refusal
    note_step(run=run, step=RunStep.FETCHED, by=by, at=at, detail=file_kind.label)
    ending = "txt" if file_kind == FileKind.BACS else "csv"
    return Fetched(f"payment-run-{run.number}-{run.pay_date.isoformat()}.{ending}", content)


def _account(account: PayingAccount | PayeeAccount) -> BankAccount:
    return BankAccount(
        name=account.account_name, sort_code=account.sort_code, account_number=account.account_number
    )
