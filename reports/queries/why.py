"""Why somebody paid what they paid: from one line of an invoice back to the visit, the price and the rule."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from budgets.models import FundingStream
from clusters.models import Membership, Pledge, PledgeReturn, SharingRule, WhenAway
from invoices.models import Dispute, InvoiceLine, LineState
from invoices.queries.disputes import dispute_of
from ledger.models import Entry, Transfer
from people.models import Person
from reports.queries.purse import IN_A_POOL


@dataclass(frozen=True, kw_only=True)
class WhileAway:
    """
    What somebody's being away did to one member's share. Units: pence.

    `own`: who paid for the member, where they were away themselves; nothing where they were there. `weight` of
    `all_weights` is their part of the bill, `reserve_weight` of `all_reserve_weights` that of what the reserve paid.
    """

    own: str
    is_covered_by_others: bool
    reserve_pence: int
    weight: int
    all_weights: int
    payers: int
    reserve_weight: int
    all_reserve_weights: int

    def exact_pence(self, amount_pence: int) -> Decimal:
        """What the rule gives of a bill before it is made whole pence."""
        part = Decimal(0 if self.own == WhenAway.RESERVE_COVERS else amount_pence * self.weight)
        reserve = Decimal(self.reserve_pence * self.reserve_weight)
        return part / (self.all_weights or 1) + reserve / (self.all_reserve_weights or 1)


@dataclass(frozen=True, kw_only=True)
class Why:
    """
    Why one member's share of a line is what it is. Units: pence; below zero where money came back.

    `payers`: how many shared it. `pledged_pence` of `all_pledged_pence` is the member's part, where the rule
    goes by pledges. `streams`: from which of their money it came. `away`: where somebody was away that day.
    `dispute`: where somebody said that it did not happen.
    """

    line: InvoiceLine
    cluster: str
    rule: str
    share_pence: int
    payers: int
    pledged_pence: int
    all_pledged_pence: int
    streams: tuple[tuple[str, int], ...]
    away: WhileAway | None
    dispute: Dispute | None

    @property
    def exact_pence(self) -> Decimal:
        """What the rule gives before it is made whole pence."""
        amount = Decimal(self.line.amount_pence)
        if self.away:
            return self.away.exact_pence(self.line.amount_pence)
        if self.rule == SharingRule.BY_PLEDGE and self.all_pledged_pence:
            return amount * self.pledged_pence / self.all_pledged_pence
        return amount / self.payers if self.rule == SharingRule.EQUAL and self.payers else amount

    @property
    def given_back_pence(self) -> int:
        """What came back, where the line is of a credit note."""
        return -self.share_pence

    @property
    def pays_odd_penny(self) -> bool:
        """Tell whether this time the odd penny fell to them."""
        return abs(self.share_pence) > abs(self.exact_pence)

    @property
    def is_spared_odd_penny(self) -> bool:
        """Tell whether this time somebody else took the odd penny."""
        return abs(self.share_pence) < abs(self.exact_pence)


def why_paid(*, line_id: UUID, person: Person) -> Why | None:
    """Give why a person's own share of an accepted line is what it is; none where they have no share in it."""
    line = (
        InvoiceLine.objects.filter(pk=line_id, state=LineState.ACCEPTED, entry__isnull=False)
        .select_related("entry", "service", "invoice__provider", "invoice__contract__cluster")
        .first()
    )
    if line is None or line.entry is None:
        return None
    cluster, on = line.invoice.contract.cluster, line.service_date
    members = _members(cluster.pk, person, on)
    mine = [member for member in members if member.person_id == person.pk]
    shares = _shares(line.entry, mine)
    if not shares:
        return None
    names = dict(FundingStream.objects.filter(council=cluster.council_id).values_list("code", "name"))
    active = [member for member in members if _is_active(member, on)]
    pledged = _pledged(active, on)
    away = _while_away(line.entry.basis, {member.ref for member in mine})
    return Why(
        line=line,
        cluster=cluster.name,
        rule=line.entry.basis.get("rule", ""),
        share_pence=sum(shares.values()),
        payers=away.payers if away else len(active),
        pledged_pence=away.weight if away else sum(pledged[each.pk] for each in active if each in mine),
        all_pledged_pence=away.all_weights if away else pledged.total(),
        streams=tuple((names.get(code, code), pence) for code, pence in sorted(shares.items())),
        away=away,
        dispute=dispute_of(line=line),
    )


def _while_away(basis: dict[str, Any], mine: Collection[str]) -> WhileAway | None:
    """Read what an entry says of members who were away; none where it says nothing. `mine`: one's own references."""
    away = basis.get("away")
    if not away:
        return None
    weights, reserve = basis["weights"], basis.get("reserve", {"pence": 0, "weights": {}})
    return WhileAway(
        own=next((who for ref, who in away.items() if ref in mine), ""),
        is_covered_by_others=any(
            who == WhenAway.OTHERS_COVER and not weights[ref] for ref, who in away.items()
        ),
        reserve_pence=reserve["pence"],
        weight=_of(weights, mine),
        all_weights=sum(weights.values()),
        payers=sum(weight > 0 for weight in weights.values()),
        reserve_weight=_of(reserve["weights"], mine),
        all_reserve_weights=sum(reserve["weights"].values()),
    )


def _of(weights: dict[str, int], mine: Collection[str]) -> int:
    """Add up one's own weights."""
    return sum(weight for ref, weight in weights.items() if ref in mine)


def _members(cluster_id: UUID, person: Person, on: date) -> list[Membership]:
    """Give who was a member on a day, and a person's own memberships whenever they were."""
    stays = Q(left_date__isnull=True) | Q(left_date__gt=on)
    return list(
        Membership.objects.filter(stays & Q(joined_date__lte=on) | Q(person=person), cluster=cluster_id)
    )


def _is_active(member: Membership, on: date) -> bool:
    has_joined = member.joined_date is not None and member.joined_date <= on
    return has_joined and (member.left_date is None or member.left_date > on)


def _pledged(memberships: list[Membership], on: date) -> Counter[UUID]:
    """Give what each of these had pledged by a day and not taken back before it, in pence; one query."""
    pledges = Pledge.objects.filter(membership__in=memberships, effective_date__lte=on)
    returns = PledgeReturn.objects.filter(membership__in=memberships, effective_date__lt=on)
    rows = pledges.annotate(pence=F("amount_pence")).values_list("membership", "pence")
    found: Counter[UUID] = Counter()
    for member, pence in rows.union(
        returns.annotate(pence=-F("amount_pence")).values_list("membership", "pence"), all=True
    ):
        found[member] += pence
    return found


def _shares(entry: Entry, memberships: list[Membership]) -> dict[str, int]:
    """Give what an entry took from these members' money, in pence by stream; below zero where it gave back."""
    owners = [membership.pk for membership in memberships]
    out, back = (
        Transfer.objects.filter(
            entry=entry, **{f"{here}__owner_id__in": owners, f"{here}__kind__in": IN_A_POOL}
        )
        .annotate(pence=sign * F("amount_pence"))
        .values_list(f"{here}__stream", "pence")
        for here, sign in (("source", 1), ("target", -1))
    )
    moved: dict[str, int] = {}
    for stream, pence in out.union(back, all=True):
        moved[stream] = moved.get(stream, 0) + pence
    return moved
