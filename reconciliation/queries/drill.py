"""From a total down to the line: who paid what of which visit, and by which rule."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Sum, When

from clusters.models import Membership
from commissioning.models import ContractService
from invoices.models import InvoiceLine
from ledger.models import Account, AccountKind, Transfer
from reconciliation.models import ClusterMonth, Statement


class SpentOn(NamedTuple):
    """What a member's month cost for one service: units in the service's own, and pence."""

    service: ContractService
    units: Decimal
    pence: int


class Share(NamedTuple):
    """What one member paid of a line from one stream, in pence, and the weight it was worked out by."""

    membership: Membership
    stream: str
    pence: int
    weight: int | None


def spent_on(statements: Collection[Statement]) -> list[SpentOn]:
    """Add up the services of a member's statements, in order of their names."""
    pence: dict[str, int] = {}
    units: dict[str, Decimal] = {}
    for statement in statements:
        for service_id, spent in statement.spent_on.items():
            pence[service_id] = pence.get(service_id, 0) + spent["pence"]
            units[service_id] = max(units.get(service_id, Decimal(0)), Decimal(str(spent["units"])))
    services = ContractService.objects.filter(pk__in=pence).order_by("description")
    return [SpentOn(service, units[str(service.pk)], pence[str(service.pk)]) for service in services]


def paid_lines(*, cluster_month: ClusterMonth, membership: Membership) -> QuerySet[Transfer, Any]:
    """Give the lines a member paid a share of in a month, with `pence`, in order of their day."""
    month_end = cluster_month.month_end
    book_id = month_end.council.book_id
    accounts = list(
        Account.objects.filter(
            book=book_id, owner_id=membership.pk, kind__in=[AccountKind.POOL_SHARE, AccountKind.COMMITTED]
        ).values_list("pk", flat=True)
    )
    moves = Transfer.objects.filter(
        Q(source__in=accounts) | Q(target__in=accounts),
        effective_date__gte=month_end.start_date,
        effective_date__lt=month_end.end_date,
        entry__kind__in=["invoice", "credit"],
    )
    line = "entry__invoice_line"
    return (
        moves.values(
            line_id=F(f"{line}__pk"),
            day=F(f"{line}__service_date"),
            service=F(f"{line}__service__description"),
            number=F(f"{line}__invoice__number"),
            line_number=F(f"{line}__line_number"),
            amount=F(f"{line}__amount_pence"),
            late=F("entry__concerned_date"),
        )
        .annotate(pence=Sum(Case(When(source__in=accounts, then="amount_pence"), default=-F("amount_pence"))))
        .order_by("day", "number", "line_number", "line_id")
    )


def shares_of(line: InvoiceLine) -> list[Share]:
    """Give who paid what of a line, as it stands in the books, with the weights it was shared by."""
    if line.entry is None:
        return []
    pence: dict[tuple[UUID, str], int] = {}
    for transfer in line.entry.transfers.select_related("source", "target"):
        is_paid = transfer.target.kind == AccountKind.PAYABLE
        account = transfer.source if is_paid else transfer.target
        place = (account.owner_id, account.stream)
        pence[place] = pence.get(place, 0) + (transfer.amount_pence if is_paid else -transfer.amount_pence)
    members = Membership.objects.select_related("person").in_bulk({owner for owner, _ in pence})
    weights = line.entry.basis.get("weights", {})
    shares = [
        Share(members[owner], stream, amount, weights.get(members[owner].ref))
        for (owner, stream), amount in pence.items()
        if owner in members
    ]
    return sorted(shares, key=lambda share: (share.membership.ref, share.stream))


def is_late(*, line: InvoiceLine) -> date | None:
    """Give the day a line was dated on, where its own month was closed when it came."""
    entry = line.entry
    return entry.effective_date if entry is not None and entry.concerned_date is not None else None
