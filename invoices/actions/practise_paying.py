"""Payments while practising: a made-up council pays what it accepted, in two steps, with money that is made up too."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from invoices.actions.pay.draft import put_in
from invoices.actions.pay.settle import settle
from invoices.models import PayingAccount, PaymentRun, PaymentState, RunState
from invoices.queries.payable import owed_to_providers
from invoices.queries.practice import newest_sandbox, practised_run
from invoices.rules.working_days import working_day_from
from people.models import Council, User
from providers.models import PayeeAccount, Provider

# Nobody signs in as these: they stand where a real council's two officers do (ADR 18).
MADE_UP = "practice.invalid"
SORT_CODE, ACCOUNT_NUMBER = "000000", "00000000"


class UnableToPractisePaying(Exception):
    """Nothing was practised yet, or nothing that was accepted waits to be paid."""


@transaction.atomic
def pay_practised(*, provider: Provider, on: date, at: datetime, by: str) -> PaymentRun:
    """
    Take the next step of paying what a provider's systems practised: send what is accepted, then let the bank pay it.

    The same runs, payments, entries and messages as in a real council, in the made-up one's book; no file goes to any
    bank. `by` is whoever asked for it.

    :raises UnableToPractisePaying: see the class.
    """
    sandbox = newest_sandbox(provider)
    if sandbox is None:
        raise UnableToPractisePaying(
            "Your systems have not practised yet. Send an invoice with a key for practising."
        )
    council = Council.objects.select_for_update(no_key=True).get(pk=sandbox.practice.council_id)
    assert council.is_practice  # PostgreSQL holds it too: a sandbox is of a made-up council
    sent = practised_run(council)
    if sent is None:
        return _send(council, sandbox.practice, on=on, at=at)
    for payment in sent.payments.filter(state=PaymentState.PLANNED):
        settle(payment=payment, paid_date=on, on=on, at=at, by=by)
    sent.refresh_from_db()
    return sent


def _send(council: Council, practice: Provider, *, on: date, at: datetime) -> PaymentRun:
    """Write a run of all that is accepted, and take it through its steps up to the bank that is none."""
    drafts, approves = (_made_up(name) for name in ("drafts", "approves"))
    _say_where_to(practice, drafts, approves, at=at)
    owed = [one for one in owed_to_providers(council=council) if not one.why_not]
    if not owed:
        raise UnableToPractisePaying(
            "Nothing that was accepted waits to be paid. Let your system send an invoice with a key for practising."
        )
    last = PaymentRun.objects.filter(council=council).aggregate(last=Max("number"))["last"]
    run = PaymentRun.objects.create(
        council=council, number=1 + (last or 0), pay_date=working_day_from(on), made_at=at, made_by=drafts
    )
    put_in(run, owed)
    steps = {
        RunState.REVIEWED: {"reviewed_at": at, "reviewed_by": drafts},
        RunState.APPROVED: {"approved_at": at, "approved_by": approves},
        RunState.SENT: {"sent_at": at, "sent_by": approves, "paid_from": _account(council)},
    }
    for state, said in steps.items():
        PaymentRun.objects.filter(pk=run.pk).update(state=state, **said)
    run.refresh_from_db()
    return run


def _made_up(name: str) -> User:
    """Give somebody who is nobody: no role, no way to sign in."""
    made_up, _ = User.objects.get_or_create(
        email=f"{name}@{MADE_UP}", defaults={"name": f"Practice ({name})", "is_active": False}
    )
    return made_up


def _say_where_to(practice: Provider, drafts: User, approves: User, *, at: datetime) -> None:
    if not practice.payee_accounts.exists():
        PayeeAccount.objects.create(
            provider=practice,
            account_name="Practice",
            sort_code=SORT_CODE,
            account_number=ACCOUNT_NUMBER,
            given_at=at,
            given_by=drafts,
            checked_at=at,
            checked_by=approves,
            how_checked="Made up: nothing is ever paid there",
        )


def _account(council: Council) -> PayingAccount:
    account, _ = PayingAccount.objects.get_or_create(
        council=council,
        ended_at=None,
        defaults={
            "account_name": "Practice",
            "sort_code": SORT_CODE,
            "account_number": ACCOUNT_NUMBER,
            "set_by": "system:practice",
        },
    )
    return account
