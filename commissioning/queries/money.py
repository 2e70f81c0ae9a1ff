"""The money behind a contract: the pool, what is promised already, what it takes, and what would be left."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import FilteredRelation, OuterRef, Q, Subquery

from clusters.models import Membership, PlanAgreement
from clusters.models.membership import IN_THE_POOL
from clusters.queries import money_in
from commissioning.models import Contract
from commissioning.queries.ending import freed_by_ending
from commissioning.rules import term_value_pence


@dataclass(frozen=True, kw_only=True)
class Payer:
    """
    Somebody who pays for a contract: what they promise it, in pence by stream, and whether their plan supports it.

    `is_supported`: their professional's newest word is yes.
    """

    membership_id: UUID
    ref: str
    is_supported: bool
    promised: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class ContractMoney:
    """
    A contract beside its cluster's pool, in pence.

    `pool_pence`: all that is left in the pool, promised or not; `pledged_pence`: all that was put in;
    `promised_pence`: what other contracts have of it; `contract_pence`: what the members promise this one;
    `value_pence`: what it is expected to cost.
    `short_pence`: by how much the free share of some members falls short, all of them together.
    `payers`: whoever promises money, or all in the pool that a spot contract draws on.
    """

    pool_pence: int
    pledged_pence: int
    promised_pence: int
    contract_pence: int
    value_pence: int
    short_pence: int
    payers: tuple[Payer, ...]

    @property
    def left_pence(self) -> int:
        """What would be left free in the pool."""
        return self.pool_pence - self.promised_pence - self.contract_pence

    @property
    def is_covered(self) -> bool:
        """Whether every member has what they promise, and the promises make up the contract's value."""
        return self.short_pence == 0 and self.contract_pence >= self.value_pence


def money_for(*, contract: Contract) -> ContractMoney:
    """
    Give the money behind a contract that is not approved yet, in pence; two queries, five where it replaces another.

    What the one it replaces does not need any more counts as free: its approval releases that in the same step.
    """
    holdings = money_in(cluster=contract.cluster)
    held = [part for parts in holdings.values() for part in parts]
    freed = _freed_by_replacing(contract)
    free = {
        (member, part.stream_code): part.share_pence + freed.get((member, part.stream_code), 0)
        for member, parts in holdings.items()
        for part in parts
    }
    payers = _payers(contract)
    wanted = [
        (payer.membership_id, code, pence) for payer in payers for code, pence in payer.promised.items()
    ]
    return ContractMoney(
        pool_pence=sum(part.left_pence for part in held),
        pledged_pence=sum(part.pledged_pence for part in held),
        promised_pence=sum(part.committed_pence for part in held) - sum(freed.values()),
        contract_pence=sum(pence for _, _, pence in wanted),
        value_pence=term_value_pence(
            weekly_pence=contract.weekly_pence,
            one_off_pence=contract.one_off_pence,
            start=contract.start_date,
            end=contract.end_date,
        ),
        short_pence=sum(max(0, pence - free.get((member, code), 0)) for member, code, pence in wanted),
        payers=tuple([payer for payer in payers if payer.promised] or payers),
    )


def _freed_by_replacing(contract: Contract) -> dict[tuple[UUID, str], int]:
    """Give what the contract that this one replaces would free, by membership and stream; nothing without one."""
    old = contract.replaces
    if old is None or old.end_date <= contract.start_date:
        return {}
    return freed_by_ending(contract=old, end_date=contract.start_date)


def _payers(contract: Contract) -> list[Payer]:
    """Give whoever promises money to a contract or is in its cluster's pool, in order of their reference; one query."""
    newest = PlanAgreement.objects.filter(membership=OuterRef("pk")).order_by("-decided_at")
    members = Membership.objects.alias(
        promise=FilteredRelation("commitments", condition=Q(commitments__contract=contract))
    ).filter(Q(promise__isnull=False) | Q(cluster=contract.cluster_id, state__in=IN_THE_POOL))
    promised: dict[tuple[UUID, str, bool], dict[str, int]] = {}
    rows = members.annotate(is_supported=Subquery(newest.values("is_agreed")[:1])).order_by("ref", "pk")
    for pk, ref, is_supported, code, pence in rows.values_list(
        "pk", "ref", "is_supported", "promise__stream__code", "promise__amount_pence"
    ):
        theirs = promised.setdefault((pk, ref, bool(is_supported)), {})
        if code is not None:
            theirs[code] = theirs.get(code, 0) + pence
    return [
        Payer(membership_id=pk, ref=ref, is_supported=is_supported, promised=theirs)
        for (pk, ref, is_supported), theirs in promised.items()
    ]
