"""What finance officers look at when they pay: runs, what is in them, what is held, and where providers are paid."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from invoices.models import (
    BankLine,
    Hold,
    HoldState,
    Payment,
    PaymentItem,
    PaymentRun,
    PaymentState,
)
from invoices.queries.payable import Difference, Span, differences, spans_of
from people.models import MONEY_WIDE, Council, RoleKind, User
from providers.models import PayeeAccount, Provider

NO_SPAN = Span(0, None, None)


class HeldFor(NamedTuple):
    """What of one provider is held, and so not owed yet: how many lines, and pence."""

    provider: Provider
    lines: int
    pence: int


class PaymentRow(NamedTuple):
    """A payment of a run: what it is for, and what the same provider got in the run before, pence."""

    payment: Payment
    span: Span
    last_pence: int

    @property
    def change_pence(self) -> int:
        """How much more it is than last time; below zero: less."""
        return self.payment.amount_pence - self.last_pence


class RunRows(NamedTuple):
    """The payments of a run, the largest change first, and who was paid last time and is not in it."""

    payments: list[PaymentRow]
    missing: list[Difference]
    change_pence: int


def councils_that_pay(user: User) -> QuerySet[Council]:
    """Give the councils whose payments somebody may see, by name."""
    return Council.objects.filter(
        pk__in=[role.council_id for role in user.roles.all() if role.kind in MONEY_WIDE]
    ).order_by("name")


def councils_paid_for(user: User) -> set[UUID]:
    """Give the councils that somebody pays for: those they are a finance officer of."""
    return {role.council_id for role in user.roles.all() if role.kind == RoleKind.FINANCE_OFFICER}


def approval_limit_pence(user: User, *, council_id: UUID) -> int:
    """Give how much a finance officer may approve in one run, pence."""
    return max(
        (
            role.approval_limit_pence
            for role in user.roles.all()
            if role.kind == RoleKind.FINANCE_OFFICER and role.council_id == council_id
        ),
        default=0,
    )


def runs_of(*, council_ids: Collection[UUID]) -> QuerySet[PaymentRun]:
    """Give the runs of councils, the newest first, with `total_pence` and `payment_count` (nothing left out)."""
    counting = ~Q(payments__state=PaymentState.LEFT_OUT)
    return (
        PaymentRun.objects.filter(council__in=council_ids)
        .select_related("council")
        .annotate(
            total_pence=Coalesce(Sum("payments__amount_pence", filter=counting), 0),
            payment_count=Count("payments", filter=counting),
        )
        .order_by("-made_at", "-pk")
    )


def held_for_providers(*, council: Council) -> list[HeldFor]:
    """Give what of each provider is held, the most first."""
    held = (
        Hold.objects.filter(state=HoldState.OPEN, line__invoice__council=council)
        .values_list("line__invoice__provider")
        .annotate(lines=Count("pk"), pence=Sum("line__amount_pence"))
    )
    sums = {provider: (lines, int(pence)) for provider, lines, pence in held}
    providers = Provider.objects.filter(pk__in=sums)
    rows = [HeldFor(provider, *sums[provider.pk]) for provider in providers]
    return sorted(rows, key=lambda row: (-row.pence, row.provider.name))


def run_rows(run: PaymentRun) -> RunRows:
    """Compare each payment of a run with the run before it."""
    spans = spans_of(run)
    compared = differences(run)
    last = {row.provider.pk: row.last_pence for row in compared}
    payments = [
        PaymentRow(payment, spans.get(payment.pk, NO_SPAN), last.get(payment.provider_id, 0))
        for payment in run.payments.select_related("provider", "payee")
    ]
    missing = [row for row in compared if not row.amount_pence]
    return RunRows(
        sorted(payments, key=lambda row: (-abs(row.change_pence), row.payment.provider.name)),
        missing,
        sum(row.change_pence for row in compared),
    )


class Invoiced(NamedTuple):
    """One invoice in a payment: how many of its lines, and pence."""

    invoice_id: UUID
    number: str
    kind: str
    issue_date: date
    lines: int
    pence: int


def invoices_in(payment: Payment) -> list[Invoiced]:
    """Give the invoices and credit notes a payment pays lines of, in order of their day."""
    invoice = "line__invoice"
    rows = (
        PaymentItem.objects.filter(payment=payment)
        .values_list(invoice, f"{invoice}__number", f"{invoice}__kind", f"{invoice}__issue_date")
        .annotate(lines=Count("pk"), pence=Sum("amount_pence"))
        .order_by(f"{invoice}__issue_date", f"{invoice}__number")
    )
    return [Invoiced(*row) for row in rows]


def items_of(payment: Payment) -> QuerySet[PaymentItem]:
    """Give what a payment is for, line by line, in order of the invoices and their lines."""
    return payment.items.select_related("line__invoice", "line__service").order_by(
        "line__invoice__issue_date", "line__invoice__number", "line__line_number"
    )


class AccountRow(NamedTuple):
    """Where a provider is paid: the account that counts, and one that waits to be checked."""

    provider: Provider
    counting: PayeeAccount | None
    waiting: PayeeAccount | None


def account_rows(*, council: Council) -> list[AccountRow]:
    """Give every provider of a council with the account that counts and one that waits; who waits comes first."""
    accounts = PayeeAccount.objects.select_related("given_by").order_by("given_at", "pk")
    providers = Provider.objects.filter(council=council).prefetch_related(
        Prefetch("payee_accounts", accounts)
    )
    rows = [_account_row(provider) for provider in providers.order_by("name", "ref")]
    return sorted(rows, key=lambda row: row.waiting is None)


def _account_row(provider: Provider) -> AccountRow:
    accounts = list(provider.payee_accounts.all())
    checked = [one for one in accounts if one.checked_at is not None]
    counting = max(checked, key=lambda one: (one.checked_at, one.pk), default=None)
    # Older details that nobody checked are of no interest once newer ones count.
    waiting = [
        one
        for one in accounts
        if one.checked_at is None
        and (counting is None or (one.given_at, one.pk) > (counting.given_at, counting.pk))
    ]
    return AccountRow(provider, counting, waiting[-1] if waiting else None)


def bank_lines_of(payment: Payment) -> QuerySet[BankLine]:
    """Give the lines of bank statements that a payment, or its whole run, turned out to be: out, and back."""
    settled = BankLine.objects.filter(Q(payment=payment) | Q(run=payment.run_id))
    return settled.select_related("statement").order_by("booking_date", "pk")
