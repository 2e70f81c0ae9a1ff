"""The money behind a contract: the pool, what is promised already, what it takes, and what would be left."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from clusters.queries import money_of
from commissioning.models import Commitment, Contract
from commissioning.rules import term_value_pence


@dataclass(frozen=True, kw_only=True)
class ContractMoney:
    """
    A contract beside its cluster's pool, in pence.

    `pool_pence`: all that is left in the pool, promised or not; `pledged_pence`: all that was put in;
    `promised_pence`: what other contracts have of it; `contract_pence`: what the members promise this one;
    `value_pence`: what it is expected to cost.
    `short_pence`: by how much the free share of some members falls short, all of them together.
    """

    pool_pence: int
    pledged_pence: int
    promised_pence: int
    contract_pence: int
    value_pence: int
    short_pence: int

    @property
    def left_pence(self) -> int:
        """What would be left free in the pool."""
        return self.pool_pence - self.promised_pence - self.contract_pence

    @property
    def is_covered(self) -> bool:
        """Whether every member has what they promise, and the promises make up the contract's value."""
        return self.short_pence == 0 and self.contract_pence >= self.value_pence


def money_for(*, contract: Contract) -> ContractMoney:
    """Give the money behind a contract that is not approved yet, in pence; three queries."""
    members = list(contract.cluster.memberships.all())
    holdings = money_of(memberships=members)
    free = {
        (member, held.stream_code): held.share_pence for member, parts in holdings.items() for held in parts
    }
    wanted: dict[tuple[UUID, str], int] = defaultdict(int)
    for membership, code, pence in Commitment.objects.filter(contract=contract).values_list(
        "membership", "stream__code", "amount_pence"
    ):
        wanted[membership, code] += pence
    return ContractMoney(
        pool_pence=sum(held.left_pence for parts in holdings.values() for held in parts),
        pledged_pence=sum(held.pledged_pence for parts in holdings.values() for held in parts),
        promised_pence=sum(held.committed_pence for parts in holdings.values() for held in parts),
        contract_pence=sum(wanted.values()),
        value_pence=term_value_pence(
            weekly_pence=contract.weekly_pence,
            one_off_pence=contract.one_off_pence,
            start=contract.start_date,
            end=contract.end_date,
        ),
        short_pence=sum(max(0, pence - free.get(place, 0)) for place, pence in wanted.items()),
    )
