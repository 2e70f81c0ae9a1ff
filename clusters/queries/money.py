"""Where each member's money stands in the pool, and what somebody would put in."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from budgets.models import FundingStream
from budgets.queries import left_on
from clusters.models import Cluster, Membership, Pledge, PledgeReturn
from commonpurse.asked_often import AskedOften
from ledger.actions import AccountName
from ledger.models import Account, AccountKind
from people.models import Person

PUT_IN = "put_in"  # beside the kinds of account: what was pledged and not taken back


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
    _, parts = left_on(person=person, on=on) or (None, [])
    return [
        Offer(stream=part.stream, left_pence=part.left_pence, offered_pence=offered.get(part.stream.code, 0))
        for part in parts
    ]


def share_account(*, book_id: UUID, membership_id: UUID, stream_code: str) -> UUID:
    """Name the account that holds a member's share of the pool from one stream."""
    return AccountName(AccountKind.POOL_SHARE, membership_id, stream_code).id_in(book_id)


def money_of(*, memberships: Collection[Membership]) -> dict[UUID, list[InPool]]:
    """Give where each member's money stands, by stream in order of its code, in pence; one query."""
    ids = [membership.pk for membership in memberships]
    found: dict[UUID, list[InPool]] = {pk: [] for pk in ids}
    for owner, part in _standing(STANDING(ids=ids)):
        found[owner].append(part)
    return found


def money_in(*, cluster: Cluster) -> dict[UUID, list[InPool]]:
    """Give where the money of everybody stands who ever put any into a cluster, as `money_of` does; one query."""
    found: dict[UUID, list[InPool]] = defaultdict(list)
    for owner, part in _standing(
        _rows(Membership.objects.filter(cluster=cluster).values_list("pk", flat=True))
    ):
        found[owner].append(part)
    return found


def _rows(ids: Iterable[UUID]) -> QuerySet[Pledge, tuple[UUID, str, str, int]]:
    """Give where the money of these memberships stands: membership, stream, what it is, and pence."""
    kinds = (AccountKind.POOL_SHARE, AccountKind.COMMITTED)
    put_in = Pledge.objects.filter(membership__in=ids).values_list("membership", "stream__code")
    back = PledgeReturn.objects.filter(membership__in=ids).values_list("membership", "stream__code")
    stands = Account.objects.filter(owner_id__in=ids, kind__in=kinds).values_list("owner_id", "stream")
    return put_in.annotate(where=Value(PUT_IN), pence=F("amount_pence")).union(
        back.annotate(where=Value(PUT_IN), pence=-F("amount_pence")),
        stands.annotate(where=F("kind"), pence=Coalesce("balance_pence", 0)),
        all=True,
    )


STANDING = AskedOften(_rows, ids="uuid[]")


def _standing(rows: Iterable[tuple[UUID, str, str, int]]) -> list[tuple[UUID, InPool]]:
    """Add up by membership and stream what they put in, and where it is now."""
    sums: dict[tuple[UUID, str], Counter[str]] = defaultdict(Counter)
    for owner, stream, where, pence in rows:
        sums[owner, stream][where] += pence
    return [
        (
            owner,
            InPool(
                stream_code=stream,
                pledged_pence=parts[PUT_IN],
                share_pence=parts[AccountKind.POOL_SHARE],
                committed_pence=parts[AccountKind.COMMITTED],
            ),
        )
        for (owner, stream), parts in sorted(sums.items(), key=lambda item: item[0])
    ]


def money_in_pool(*, membership: Membership) -> list[InPool]:
    """Give where one member's money stands, by stream in order of its code, in pence."""
    return money_of(memberships=[membership])[membership.pk]
