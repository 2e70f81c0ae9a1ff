"""One person's money: where this year's budget stands, what it paid for lately, and why a line cost what it did."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.utils.translation import gettext as _

from budgets.models import Budget
from budgets.queries import LeftInStream, left_on
from budgets.rules.streams import StreamRules
from clusters.models import Membership
from clusters.queries import InPool
from commonpurse.asked_often import AskedOften
from invoices.models import InvoiceLine
from ledger.models import AccountKind, Transfer
from people.models import Person

IN_A_POOL = (AccountKind.POOL_SHARE, AccountKind.COMMITTED)
SIDES = ("source", "target")
MOST_LINES = 8


@dataclass(frozen=True, kw_only=True)
class PurseLine:
    """
    One stream of a person's budget, in pence: where all of it stands.

    `carried_pence` came with them from an earlier budget, in a pool (nearly always nothing). `rules`: what that kind of
    money may pay for; none for all of it together.
    """

    stream: str
    allocated_pence: int
    spent_pence: int
    promised_pence: int
    pool_pence: int
    left_pence: int
    rules: StreamRules | None = None

    @property
    def have_pence(self) -> int:
        """All of it, wherever it stands."""
        return self.spent_pence + self.promised_pence + self.pool_pence + self.left_pence

    @property
    def carried_pence(self) -> int:
        """What is there beyond what this budget put in."""
        return self.have_pence - self.allocated_pence


@dataclass(frozen=True, kw_only=True)
class Purse:
    """A person's budget of this year, stream by stream."""

    budget: Budget
    lines: tuple[PurseLine, ...]

    @property
    def last_date(self) -> date:
        """The last day the budget is for."""
        return self.budget.end_date - timedelta(days=1)

    @property
    def total(self) -> PurseLine:
        """All streams together."""
        return PurseLine(
            stream=_("All together"),
            allocated_pence=sum(line.allocated_pence for line in self.lines),
            spent_pence=sum(line.spent_pence for line in self.lines),
            promised_pence=sum(line.promised_pence for line in self.lines),
            pool_pence=sum(line.pool_pence for line in self.lines),
            left_pence=sum(line.left_pence for line in self.lines),
        )


@dataclass(frozen=True, kw_only=True)
class PaidLine:
    """What one line of an invoice took from somebody's money: the visit, who came, and their share in pence."""

    line_id: UUID
    service: str
    service_date: date
    provider: str
    pence: int


def purse_of(*, person: Person, money: Mapping[UUID, Sequence[InPool]], on: date) -> Purse | None:
    """
    Give where the money of the budget that covers a day stands; none where no budget covers it.

    `money` is what stands in pools, by the person's memberships (`clusters.queries.money_of`). What was spent
    counts from the budget's first day. Balances come from the accounts; two queries, however many clusters or
    lines there are.
    """
    found = left_on(person=person, on=on)
    if found is None:
        return None
    budget, parts = found
    spent = _spent_by_stream(owners=list(money), budget=budget)
    pools = [part for parts_of_one in money.values() for part in parts_of_one]
    return Purse(budget=budget, lines=tuple(_line(part, pools, spent) for part in parts))


def paid_lately(*, memberships: Sequence[Membership]) -> list[PaidLine]:
    """Give the latest lines these memberships paid a share of, the newest first; one query."""
    rows = PAID(members=[membership.pk for membership in memberships])
    return [
        PaidLine(line_id=line_id, service=service, service_date=on, provider=provider, pence=pence)
        for line_id, service, on, provider, pence in rows
    ]


def _paid(members: Sequence[UUID]) -> QuerySet[InvoiceLine, tuple[UUID, str, date, str, int]]:
    """Give the latest lines these memberships paid a share of: the visit, and what they paid of it."""
    paid = Transfer.objects.filter(
        source__owner_id__in=members, source__kind__in=IN_A_POOL, target__kind=AccountKind.PAYABLE
    )
    # Apart from the visits: PostgreSQL thinks much longer about how to join all of it than about each part.
    by_entry = paid.order_by().values("entry").annotate(pence=Sum("amount_pence"))
    lines = InvoiceLine.objects.filter(entry__in=by_entry.values("entry")).annotate(
        pence=Subquery(by_entry.filter(entry=OuterRef("entry")).values("pence"))
    )
    visit = ("pk", "service__description", "service_date", "invoice__provider__name", "pence")
    return lines.values_list(*visit).order_by("-service_date", "pk")[:MOST_LINES]


PAID = AskedOften(_paid, members="uuid[]")


def _line(part: LeftInStream, pools: Sequence[InPool], spent: dict[str, int]) -> PurseLine:
    code = part.stream.code
    here = [pool for pool in pools if pool.stream_code == code]
    return PurseLine(
        stream=part.stream.name,
        allocated_pence=part.allocated_pence,
        spent_pence=spent.get(code, 0),
        promised_pence=sum(pool.committed_pence for pool in here),
        pool_pence=sum(pool.share_pence for pool in here),
        left_pence=part.left_pence,
        rules=part.stream.rules,
    )


def _spent_by_stream(*, owners: Sequence[UUID], budget: Budget) -> dict[str, int]:
    """Give what went from these members' shares to providers in a budget's days, and to the person directly."""
    spent: dict[str, int] = defaultdict(int)
    rows = SPENT(members=owners, budget=budget.pk, start=budget.start_date, end=budget.end_date)
    for side, stream, pence in rows:
        spent[stream] += pence if side == "source" else -pence
    return spent


def _out_and_back(
    members: Sequence[UUID], budget: UUID, start: date, end: date
) -> QuerySet[Transfer, tuple[str, str, int]]:
    """
    Give what moved between these members and providers within some days, out of their shares and back.

    And between a budget and the direct payments of its person, whenever.
    """
    within = Q(effective_date__gte=start, effective_date__lt=end)
    out, back = (_moved(within, members, here=here, there=there) for here, there in (SIDES, SIDES[::-1]))
    paid, repaid = (_paid_directly(budget, here=here, there=there) for here, there in (SIDES, SIDES[::-1]))
    return out.union(back, paid, repaid, all=True)


SPENT = AskedOften(_out_and_back, members="uuid[]", budget="uuid", start="date", end="date")


def _moved(
    within: Q, owners: Sequence[UUID], *, here: str, there: str
) -> QuerySet[Transfer, tuple[str, str, int]]:
    """Give what moved between these members and providers, by stream, with the members at one side of it."""
    theirs: dict[str, Any] = {
        f"{here}__owner_id__in": owners,
        f"{here}__kind__in": IN_A_POOL,
        f"{there}__kind": AccountKind.PAYABLE,
    }
    rows = Transfer.objects.filter(within, **theirs).annotate(side=Value(here, output_field=CharField()))
    return rows.values_list("side", f"{here}__stream").annotate(pence=Sum("amount_pence"))


def _paid_directly(budget: UUID, *, here: str, there: str) -> QuerySet[Transfer, tuple[str, str, int]]:
    """Give what moved between a budget and direct payments, by stream, with the budget at one side of it."""
    theirs: dict[str, Any] = {
        f"{here}__owner_id": budget,
        f"{here}__kind": AccountKind.BUDGET,
        f"{there}__kind": AccountKind.DIRECT_PAYMENT,
    }
    rows = Transfer.objects.filter(**theirs).annotate(side=Value(here, output_field=CharField()))
    return rows.values_list("side", f"{here}__stream").annotate(pence=Sum("amount_pence"))
