"""Where each member's money stands in the pool, and what somebody would put in."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from budgets.models import FundingStream
from budgets.queries import budget_on, left_by_stream
from clusters.models import Membership, Pledge, PledgeReturn
from ledger.actions import AccountName
from ledger.models import Account, AccountKind
from people.models import Person


@dataclass(frozen=True, kw_only=True)
class InPool:
    """
    Where one member's money from one stream stands, in pence.

    `pledged` is all they put in and have not taken back; of it `share_pence` is free in the pool and
    `committed_pence` is promised to contracts; the rest has been spent.
    """

    stream_code: str
    pledged_pence: int
    share_pence: int
    committed_pence: int

    @property
    def left_pence(self) -> int:
        """What has not been spent: free and promised together."""
        return self.share_pence + self.committed_pence

    @property
    def spent_pence(self) -> int:
        """What is no longer there."""
        return self.pledged_pence - self.left_pence


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What somebody would put into a pool from one stream of their budget, and what that leaves, in pence."""

    stream: FundingStream
    left_pence: int
    offered_pence: int

    @property
    def after_pence(self) -> int:
        """What would be left for everything else; below zero where more is offered than is there."""
        return self.left_pence - self.offered_pence


def offers_from(*, person: Person, offered: Mapping[str, int], on: date) -> list[Offer]:
    """
    Put an offer (pence by stream code) beside what is left in each stream of the budget that covers a day.

    Streams in order of their code, those offered nothing included; none where no budget covers the day.
    """
    budget = budget_on(person=person, on=on)
    return [
        Offer(stream=part.stream, left_pence=part.left_pence, offered_pence=offered.get(part.stream.code, 0))
        for part in (left_by_stream(budget=budget) if budget else [])
    ]


def share_account(*, book_id: UUID, membership_id: UUID, stream_code: str) -> UUID:
    """Name the account that holds a member's share of the pool from one stream."""
    return AccountName(AccountKind.POOL_SHARE, membership_id, stream_code).id_in(book_id)


def money_of(*, memberships: Collection[Membership]) -> dict[UUID, list[InPool]]:
    """Give where each member's money stands, by stream in order of its code, in pence; two queries."""
    ids = [membership.pk for membership in memberships]
    pledged = _put_in(ids)
    standing: dict[tuple[UUID, str, str], int] = defaultdict(int)
    kinds = [AccountKind.POOL_SHARE, AccountKind.COMMITTED]
    for owner, stream, kind, balance in Account.objects.filter(owner_id__in=ids, kind__in=kinds).values_list(
        "owner_id", "stream", "kind", "balance_pence"
    ):
        standing[owner, stream, kind] += balance or 0
    found: dict[UUID, list[InPool]] = {pk: [] for pk in ids}
    for owner, stream in sorted(pledged.keys() | {(owner, stream) for owner, stream, _ in standing}):
        found[owner].append(
            InPool(
                stream_code=stream,
                pledged_pence=pledged.get((owner, stream), 0),
                share_pence=standing[owner, stream, AccountKind.POOL_SHARE],
                committed_pence=standing[owner, stream, AccountKind.COMMITTED],
            )
        )
    return found


def _put_in(ids: Collection[UUID]) -> dict[tuple[UUID, str], int]:
    """Give what members put in and have not taken back, in pence, by membership and stream."""
    put_in = Pledge.objects.filter(membership__in=ids).annotate(pence=F("amount_pence"))
    taken_back = PledgeReturn.objects.filter(membership__in=ids).annotate(pence=-F("amount_pence"))
    columns = ("membership", "stream__code", "pence")
    found: dict[tuple[UUID, str], int] = defaultdict(int)
    for owner, stream, pence in put_in.values_list(*columns).union(
        taken_back.values_list(*columns), all=True
    ):
        found[owner, stream] += pence
    return found


def money_in_pool(*, membership: Membership) -> list[InPool]:
    """Give where one member's money stands, by stream in order of its code, in pence."""
    return money_of(memberships=[membership])[membership.pk]
