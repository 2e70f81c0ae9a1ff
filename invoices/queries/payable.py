"""What is owed to providers and can be paid, and how one payment run differs from the last."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, Sum

from invoices.models import Hold, HoldState, InvoiceLine, LineState, PaymentItem, PaymentRun, RunState
from ledger.models import Entry
from people.models import Council
from providers.models import PayeeAccount, Provider


class Owed(NamedTuple):
    """
    What one provider can be paid, pence; credits taken off. `payee`: where to, None where no account is checked.

    `why_not`: why nothing can be paid yet; empty where it can.
    """

    provider: Provider
    payee: PayeeAccount | None
    lines: int
    amount_pence: int
    why_not: str


class Difference(NamedTuple):
    """What a provider gets in a run and got in the one before, pence; nought where it was not in it."""

    provider: Provider
    amount_pence: int
    last_pence: int

    @property
    def change_pence(self) -> int:
        """How much more it is than last time; below zero: less."""
        return self.amount_pence - self.last_pence


NO_ACCOUNT = "No bank account of theirs is checked yet. Check one, and they are in the next run."
CREDITS = (
    "Their credits are as much as what they are owed, or more. The rest is taken off their next invoices."
)


def payable_lines(*, council: Council) -> QuerySet[InvoiceLine]:
    """Give the accepted lines of a council that are in no payment, are not held, and were not taken back."""
    return (
        InvoiceLine.objects.filter(invoice__council=council, state=LineState.ACCEPTED, entry__isnull=False)
        .exclude(Exists(PaymentItem.objects.filter(line=OuterRef("pk"), is_live=True)))
        .exclude(Exists(Hold.objects.filter(line=OuterRef("pk"), state=HoldState.OPEN)))
        .exclude(Exists(Entry.objects.filter(reverses=OuterRef("entry"))))
    )


def owed_to_providers(*, council: Council) -> list[Owed]:
    """Give what each provider can be paid now, the largest first; three queries."""
    sums = {
        provider: (lines, int(pence))
        for provider, lines, pence in payable_lines(council=council)
        .values_list("invoice__provider")
        .annotate(lines=Count("pk"), pence=Sum("amount_pence"))
    }
    accounts = payees_of(provider_ids=list(sums))
    owed = []
    for provider in Provider.objects.filter(pk__in=sums).order_by("name", "pk"):
        lines, pence = sums[provider.pk]
        payee = accounts.get(provider.pk)
        why_not = CREDITS if pence <= 0 else "" if payee else NO_ACCOUNT
        owed.append(Owed(provider, payee, lines, pence, why_not))
    return sorted(owed, key=lambda one: -one.amount_pence)


def payees_of(*, provider_ids: list[UUID]) -> dict[UUID, PayeeAccount]:
    """Give the account each provider is paid into: of those that somebody checked, the newest."""
    checked = PayeeAccount.objects.filter(provider__in=provider_ids, checked_at__isnull=False)
    return {account.provider_id: account for account in checked.order_by("checked_at", "pk")}


def total_pence(run: PaymentRun) -> int:
    """Add up what a run pays, without what was left out."""
    return int(
        run.payments.exclude(state="left_out").aggregate(pence=Sum("amount_pence", default=0))["pence"]
    )


def run_before(run: PaymentRun) -> PaymentRun | None:
    """Give the last run of the council before this one that went to the bank."""
    sent = PaymentRun.objects.filter(council=run.council_id, number__lt=run.number)
    return sent.filter(state__in=[RunState.SENT, RunState.PAID]).order_by("-number").first()


def differences(run: PaymentRun) -> list[Difference]:
    """Compare a run with the one before it, provider by provider, the largest change first."""
    before = run_before(run)
    now, last = _by_provider(run), _by_provider(before) if before else {}
    providers = Provider.objects.filter(pk__in={*now, *last})
    rows = [Difference(one, now.get(one.pk, 0), last.get(one.pk, 0)) for one in providers]
    return sorted(rows, key=lambda row: (-abs(row.change_pence), row.provider.name))


def _by_provider(run: PaymentRun) -> dict[UUID, int]:
    counting = run.payments.exclude(state="left_out")
    return dict(counting.values_list("provider", "amount_pence"))


class Span(NamedTuple):
    """How many lines a payment is for, and the first and last day they were delivered on."""

    lines: int
    first_date: object
    last_date: object


def spans_of(run: PaymentRun) -> dict[UUID, Span]:
    """Give for each payment of a run how many lines it is for, and their days; one query."""
    items = PaymentItem.objects.filter(payment__run=run)
    rows = items.values_list("payment").annotate(
        lines=Count("pk"), first=Min("line__service_date"), last=Max("line__service_date")
    )
    return {payment: Span(lines, first, last) for payment, lines, first, last in rows}
