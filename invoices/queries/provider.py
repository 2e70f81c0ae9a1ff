"""What people of a provider look at when they bill: contracts and what is left of them, invoices, holds, payments."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Sum, When

from clusters.models import Membership
from commissioning.models import Contract, ContractService, ContractState
from invoices.models import (
    Hold,
    HoldReply,
    HoldState,
    Invoice,
    InvoiceLine,
    LineState,
    Payment,
    PaymentItem,
)
from invoices.queries.outcomes import Sums, sums_of
from invoices.rules.next_steps import what_to_do, whose_turn
from people.models import User


@dataclass(frozen=True, kw_only=True)
class Billable:
    """One service of a contract, and how many of its units were accepted so far."""

    service: ContractService
    used: Decimal

    @property
    def left(self) -> Decimal | None:
        """How many units may still be billed; none where there is no limit."""
        return None if self.service.max_units is None else self.service.max_units - self.used


class MemberTime(NamedTuple):
    """When somebody can be billed for under a contract: a reference, never a name. Dates inclusive."""

    ref: str
    first_date: date
    last_date: date


class HeldLine(NamedTuple):
    """A line that is held, whose turn it is, and what the provider can do."""

    hold: Hold
    turn: str
    next_step: str


class InvoiceRow(NamedTuple):
    """An invoice in a list, and what became of it in pence."""

    invoice: Invoice
    sums: Sums


class LineRow(NamedTuple):
    """A line, the hold that is open or says why it was rejected, and the payment it is in."""

    line: InvoiceLine
    held: HeldLine | None
    payment: Payment | None


def own_contracts(user: User) -> QuerySet[Contract]:
    """Give the contracts of one's employers that count or counted, the latest to end first."""
    return (
        Contract.objects.filter(
            provider__staff__user=user, state__in=[ContractState.APPROVED, ContractState.ENDED]
        )
        .select_related("cluster", "provider")
        .order_by("-end_date", "ref")
    )


def own_invoices(user: User) -> QuerySet[Invoice]:
    """Give the invoices of one's employers, the newest first: identifiers grow with time."""
    return (
        Invoice.objects.filter(provider__staff__user=user)
        .select_related("contract__cluster", "provider", "corrects")
        .order_by("-pk")
    )


def own_holds(user: User) -> QuerySet[Hold]:
    """Give the holds on lines of one's employers' invoices, each with `is_answered`."""
    return (
        Hold.objects.filter(line__invoice__provider__staff__user=user)
        .select_related("line__invoice__contract", "line__invoice__provider")
        .annotate(is_answered=Exists(HoldReply.objects.filter(hold=OuterRef("pk"))))
    )


def own_payments(user: User) -> QuerySet[Payment]:
    """Give the payments to one's employers that are on their way, were made or came back, the newest first."""
    visible = Payment.objects.visible_to(user).filter(provider__staff__user=user)
    return visible.select_related("run__council", "provider").order_by("-run__pay_date", "-pk")


def billable(contracts: Collection[Contract]) -> dict[UUID, list[Billable]]:
    """Give the services of contracts with what was billed and accepted of each; one query."""
    found: dict[UUID, list[Billable]] = {contract.pk: [] for contract in contracts}
    invoiced = Q(lines__state=LineState.ACCEPTED, lines__corrects_line__isnull=True)
    services = ContractService.objects.filter(contract__in=found)
    for service in services.annotate(used=Sum("lines__units", filter=invoiced)).order_by("code"):
        found[service.contract_id].append(Billable(service=service, used=service.used or Decimal(0)))
    return found


def members_to_bill(contract: Contract) -> list[MemberTime]:
    """Give the references of who was a member while a contract ran, and from when up to when."""
    there = Membership.objects.filter(
        Q(left_date__isnull=True) | Q(left_date__gt=contract.start_date),
        cluster=contract.cluster_id,
        joined_date__lt=contract.end_date,
    )
    times = there.order_by("ref").values_list("ref", "joined_date", "left_date")
    return [_time(ref, joined, left, contract) for ref, joined, left in times if joined]


def _time(ref: str, joined: date, left: date | None, contract: Contract) -> MemberTime:
    ends = min(left, contract.end_date) if left else contract.end_date
    return MemberTime(ref, max(joined, contract.start_date), date.fromordinal(ends.toordinal() - 1))


def with_sums(invoices: Collection[Invoice]) -> list[InvoiceRow]:
    """Put beside invoices what became of them; one query."""
    sums = sums_of(invoice_ids=[invoice.pk for invoice in invoices])
    return [InvoiceRow(invoice, sums.get(invoice.pk, Sums())) for invoice in invoices]


def with_fate(lines: Collection[InvoiceLine], *, user: User) -> list[LineRow]:
    """Put beside lines why they are held or rejected, and the payment they are in; two queries."""
    # An accepted line has a hold to tell of only while a member disputes it.
    told = Q(state=HoldState.OPEN) | ~Q(line__state=LineState.ACCEPTED)
    ids = [line.pk for line in lines]
    holds = (
        Hold.objects.filter(told, line__in=ids).select_related("line__invoice").order_by("opened_at", "pk")
    )
    latest = {hold.line_id: hold for hold in holds}
    items = PaymentItem.objects.filter(
        line__in=ids, is_live=True, payment__in=Payment.objects.visible_to(user)
    )
    payments = {item.line_id: item.payment for item in items.select_related("payment__run")}
    return [
        LineRow(line, held_line(latest[line.pk]) if line.pk in latest else None, payments.get(line.pk))
        for line in lines
    ]


def held_line(hold: Hold) -> HeldLine:
    """Say whose turn a hold is, and what the provider can do."""
    is_answered = getattr(hold, "is_answered", False)  # where `own_holds` gave it
    return HeldLine(hold, whose_turn(hold.owner, is_answered=is_answered), what_to_do(hold.reason))


def open_holds(user: User) -> QuerySet[Hold]:
    """Give what is held of one's employers', what waits for them first, then by the day it is due."""
    is_others = Case(When(owner="provider", is_answered=False, then=0), default=1)
    return own_holds(user).filter(state=HoldState.OPEN).order_by(is_others, "due_date", "pk")
