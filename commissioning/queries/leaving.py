"""What somebody would take with them if they left: figured from the books, the same for the page and for the act."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, Exists, Max, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from clusters.models import Agreement, Membership
from clusters.queries.home import budgets_behind
from commissioning.models import Commitment, Contract
from commissioning.rules.exit import Promise, Stake, StreamExit, Term, exit_of, settlement_of
from commonpurse.asked_often import AskedOften
from ledger.models import Account, AccountKind, Entry, EntryKind, Transfer
from people.queries import policy_on

HOLD_DAYS = "exit_hold_days"
LONGEST_AHEAD = timedelta(
    days=28
)  # how far ahead one can say that one leaves. Source: design section 4, notice

POOLED = (AccountKind.POOL_SHARE, AccountKind.COMMITTED)
SIDES = ("source", "target")


class Days(NamedTuple):
    """The first and the last day somebody can choose to leave on."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What is still waited for under one contract, in pence, and until when at the latest (exclusive)."""

    contract: Contract
    pence: int
    until_date: date


@dataclass(frozen=True, kw_only=True)
class ExitPreview:
    """
    The exit settlement of one membership on one day, in pence: what goes back at once and what has to wait.

    `left_date` is exclusive: the day before is their last as a member.
    """

    membership: Membership
    left_date: date
    streams: tuple[StreamExit, ...]
    waits: tuple[Waiting, ...]
    until_date: date

    @property
    def back_pence(self) -> int:
        """What goes back to their own budget at once."""
        return sum(stream.back_pence for stream in self.streams)

    @property
    def held_pence(self) -> int:
        """What waits for the last bills."""
        return sum(stream.held_pence for stream in self.streams)

    @property
    def stake_pence(self) -> int:
        """All that stands in the pool for them."""
        return self.back_pence + self.held_pence

    @property
    def free_pence(self) -> int:
        """What of it is promised to nobody."""
        return sum(stream.share_pence for stream in self.streams)

    @property
    def released_pence(self) -> int:
        """What was promised, and is free again because they leave."""
        return sum(sum(stream.released.values()) for stream in self.streams)

    @property
    def last_date(self) -> date:
        """Their last day as a member."""
        return self.left_date - timedelta(days=1)


def exit_preview(*, membership: Membership, on: date) -> ExitPreview:
    """Work out what goes back and what waits if this member leaves on a day (exclusive), as things stand now."""
    stakes, contracts = _read(membership)
    streams = tuple(exit_of(stake, left_date=on) for stake in stakes)
    until = hold_until(membership=membership, left_date=on)
    held: dict[UUID, int] = defaultdict(int)
    for stream in streams:
        for contract, pence in stream.held.items():
            held[contract] += pence
    waiting = sorted((contracts[pk] for pk in held), key=lambda contract: (contract.title, contract.ref))
    return ExitPreview(
        membership=membership,
        left_date=on,
        streams=streams,
        waits=tuple(
            Waiting(contract=contract, pence=held[contract.pk], until_date=until) for contract in waiting
        ),
        until_date=until,
    )


def settlement_preview(*, membership: Membership) -> tuple[StreamExit, ...]:
    """Work out what goes back once nothing is waited for any more: all that still stands there."""
    return tuple(settlement_of(stake) for stake in stakes_of(membership=membership))


def hold_until(*, membership: Membership, left_date: date) -> date:
    """
    Give the day by which held money goes back at the latest, whatever has been billed.

    :raises LookupError: no policy says so on that day.
    """
    policy = policy_on(council=membership.cluster.council, code=HOLD_DAYS, on=left_date)
    if policy is None:  # it is seeded for every council since 2020
        raise LookupError(f"No policy says how long money is held on {left_date}.")
    return left_date + timedelta(days=policy.value)


def is_settled_up(*, membership: Membership, on: date) -> bool:
    """
    Tell whether nothing more is waited for: each contract concerned has billed for a day after their last, or is
    over and has billed since; or the longest time to wait has run out.

    What the books drew from any member's promise to a contract shows what it has billed.
    """
    left = membership.left_date
    assert left is not None  # whoever asks has it from somebody who leaves
    if on >= hold_until(membership=membership, left_date=left):
        return True
    promised = Account.objects.filter(
        owner_id=membership.pk, kind=AccountKind.COMMITTED, balance_pence__gt=0
    ).values("earmark_id")
    contracts = Contract.objects.filter(pk__in=promised)
    return all(_has_billed(contract, left, on) for contract in contracts)


def _has_billed(contract: Contract, left: date, on: date) -> bool:
    """Tell whether a contract has billed for a day from `left` on, or is over and has billed since it ended."""
    drawn = Transfer.objects.filter(
        book=contract.council.book_id,
        source__kind=AccountKind.COMMITTED,
        source__earmark_id=contract.pk,
        entry__kind=EntryKind.INVOICE,
    ).annotate(day=Coalesce("entry__concerned_date", "effective_date"))
    later = Q(day__gte=left)
    if contract.end_date <= on:
        later |= Q(entry__recorded_at__date__gte=contract.end_date)
    return drawn.filter(later).exists()


def stakes_of(*, membership: Membership) -> list[Stake]:
    """Give all that stands in the pool for a member, by stream in order of its code; four queries."""
    return _read(membership)[0]


def _read(membership: Membership) -> tuple[list[Stake], dict[UUID, Contract]]:
    """Give all that stands in the pool for a member, and the contracts it is promised to; four queries."""
    accounts, commitments = ACCOUNTS(member=membership.pk), COMMITMENTS(member=membership.pk)
    drawn, came_from = _added_up(DRAWN(member=membership.pk)), budgets_behind(membership=membership)
    contracts = {each.contract_id: each.contract for each in commitments}
    promised = {(each.stream.code, each.contract_id): each.amount_pence for each in commitments}
    stakes = [
        Stake(
            stream_code=share.stream,
            share_pence=share.balance_pence or 0,
            promises=[
                Promise(
                    contract_id=account.earmark_id,
                    promised_pence=promised[account.stream, account.earmark_id],
                    drawn_pence=drawn.get(account.pk, 0),
                    balance_pence=account.balance_pence,
                    term=term_of(contracts[account.earmark_id]),
                )
                for account in accounts
                if account.stream == share.stream and account.earmark_id and account.balance_pence
            ],
            came_from=came_from.get(share.stream, []),
        )
        for share in accounts
        if share.kind == AccountKind.POOL_SHARE
    ]
    return stakes, contracts


def term_of(contract: Contract) -> Term:
    """Give what a contract is worth, and over which days; one that ends early was valued for its planned term."""
    early = getattr(contract, "early_end", None)
    return Term(
        start_date=contract.start_date,
        end_date=contract.end_date,
        planned_end_date=early.planned_end_date if early else contract.end_date,
        weekly_pence=contract.weekly_pence,
        one_off_pence=contract.one_off_pence,
        notice_days=contract.notice_days,
    )


def days_to_leave(*, membership: Membership, agreement: Agreement | None, on: date) -> Days:
    """
    Give the first and the last day somebody can choose to leave on, seen from today (`on`).

    The first is after the notice their agreement asks for, not before they joined, and after every day that has
    already been shared with them: who has paid for a day was a member that day. The last is four weeks ahead, or the
    first where that is later.
    """
    notice = timedelta(days=agreement.notice_days if agreement else 0)
    first = max(on + notice, first_unshared_day(membership=membership))
    return Days(first, max(on + LONGEST_AHEAD, first))


def first_unshared_day(*, membership: Membership) -> date:
    """Give the first day from which on nothing has been shared with a member yet; not before they joined."""
    assert membership.joined_date is not None  # held by PostgreSQL for members
    days = [day for _, day in SHARED_LAST(member=membership.pk) if day is not None]
    return max([membership.joined_date, *(day + timedelta(days=1) for day in days)])


def _shared_last(member: UUID) -> QuerySet[Transfer, tuple[str, date | None]]:
    """Give the last day that was shared with a member and stands, on either side of what moved."""
    first, second = (
        Transfer.objects.filter(
            **{f"{side}__owner_id": member, f"{side}__kind__in": POOLED},
            entry__kind__in=[EntryKind.INVOICE, EntryKind.CREDIT],
            entry__reverses__isnull=True,
        )
        .exclude(Exists(Entry.objects.filter(reverses=OuterRef("entry"))))
        .order_by()
        .annotate(side=Value(side, output_field=CharField()))
        .values_list("side")
        .annotate(last=Max(Coalesce("entry__concerned_date", "effective_date")))
        for side in SIDES
    )
    return first.union(second, all=True)


SHARED_LAST = AskedOften(_shared_last, member="uuid")


ACCOUNTS = AskedOften(
    lambda member: Account.objects.filter(owner_id=member, kind__in=POOLED).order_by("stream", "id"),
    member="uuid",
)
COMMITMENTS = AskedOften(
    lambda member: Commitment.objects.filter(membership=member).select_related(
        "stream", "contract__provider", "contract__early_end"
    ),
    member="uuid",
)


def drawn_from(accounts: QuerySet[Account]) -> dict[UUID, int]:
    """Give what providers were paid from each promise of these accounts, in pence; reversals are taken off."""
    return _added_up(_drawn(accounts))


def _drawn(accounts: QuerySet[Account]) -> QuerySet[Transfer, tuple[str, UUID, int]]:
    """Give what invoices moved out of each promise of these accounts, and what back into it."""
    promises = accounts.filter(kind=AccountKind.COMMITTED).order_by().values("pk")
    out, back = (
        Transfer.objects.filter(**{f"{side}__in": promises}, entry__kind=EntryKind.INVOICE)
        .order_by()
        .annotate(side=Value(side, output_field=CharField()))
        .values_list("side", side)
        .annotate(pence=Sum("amount_pence"))
        for side in SIDES
    )
    return out.union(back, all=True)


DRAWN = AskedOften(lambda member: _drawn(Account.objects.filter(owner_id=member)), member="uuid")


def _added_up(moved: Iterable[tuple[str, UUID, int]]) -> dict[UUID, int]:
    found: dict[UUID, int] = defaultdict(int)
    for side, account, pence in moved:
        found[account] += pence if side == "source" else -pence
    return found
