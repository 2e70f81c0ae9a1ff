"""Drafting a contract: what a cluster buys, from whom, and what each member promises it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from budgets.models import FundingStream
from clusters.models import Cluster, Membership, SharingRule
from clusters.queries import money_of
from commissioning.models import Commitment, Contract, ContractService
from commissioning.rules import term_value_pence
from ledger.pennies import split_pence
from people.models import User
from people.queries import works_for
from providers.models import Provider


class UnableToDraft(Exception):
    """The terms of the contract do not hold together."""


@dataclass(frozen=True, kw_only=True)
class ServiceTerms:
    """One service to buy: its unit, the rate in pence, how members share it, and its limit over the term."""

    code: str
    description: str
    unit: str
    unit_rate_pence: int
    sharing_rule: SharingRule
    alone_rate_pence: int | None = None
    max_units: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class CommitmentPart:
    """What one member promises from one stream, in pence above zero."""

    membership: Membership
    stream: FundingStream
    amount_pence: int


@dataclass(frozen=True, kw_only=True)
class ContractTerms:
    """
    What a contract says: its reference and title, its span, its services and its expected value.

    A spot contract is worth nothing in advance. Units: pence. Dates: `end_date` exclusive.
    """

    ref: str
    title: str
    start_date: date
    end_date: date
    services: Sequence[ServiceTerms]
    weekly_pence: int = 0
    one_off_pence: int = 0
    is_regulated: bool = False


@transaction.atomic
def draft_contract(
    *,
    cluster: Cluster,
    provider: Provider,
    terms: ContractTerms,
    by: User,
    commitments: Sequence[CommitmentPart] | None = None,
) -> Contract:
    """
    Write down what a cluster would buy from a provider. Nothing binds before it is approved.

    Without `commitments` the expected value of the whole term is shared among the members in the pool by what
    each has pledged, stream by stream. A spot contract commits nothing.

    :raises UnableToDraft: see the class; or `by` does not work for the council.
    """
    _check(cluster=cluster, provider=provider, terms=terms, by=by)
    contract = Contract.objects.create(
        council=cluster.council,
        ref=terms.ref,
        title=terms.title,
        cluster=cluster,
        provider=provider,
        start_date=terms.start_date,
        end_date=terms.end_date,
        weekly_pence=terms.weekly_pence,
        one_off_pence=terms.one_off_pence,
        is_regulated=terms.is_regulated,
    )
    ContractService.objects.bulk_create(
        ContractService(contract=contract, **vars(service)) for service in terms.services
    )
    parts = shared_by_pledge(contract) if commitments is None else commitments
    if any(part.membership.cluster_id != cluster.pk for part in parts):
        raise UnableToDraft("Only members of this cluster can promise money to its contract.")
    Commitment.objects.bulk_create(Commitment(contract=contract, **vars(part)) for part in parts)
    return contract


def shared_by_pledge(contract: Contract) -> list[CommitmentPart]:
    """
    Share a contract's whole value among the members in the pool by what they pledged from each stream.

    Odd pennies go in order of membership reference and stream code. Nothing where it is worth nothing in
    advance.

    :raises UnableToDraft: it is worth something and nobody has pledged anything.
    """
    value = term_value_pence(
        weekly_pence=contract.weekly_pence,
        one_off_pence=contract.one_off_pence,
        start=contract.start_date,
        end=contract.end_date,
    )
    if value == 0:
        return []
    members = list(contract.cluster.memberships.in_the_pool().order_by("ref"))
    streams = {stream.code: stream for stream in FundingStream.objects.filter(council=contract.council_id)}
    pledged = [
        (member, held)
        for member, holdings in zip(members, money_of(memberships=members).values(), strict=True)
        for held in holdings
        if held.pledged_pence
    ]
    if not pledged:
        raise UnableToDraft("Nobody has pledged to this pool yet, so nothing can be promised from it.")
    shares = split_pence(
        value,
        [held.pledged_pence for _, held in pledged],
        order=[f"{member.ref}:{held.stream_code}" for member, held in pledged],
    )
    return [
        CommitmentPart(membership=member, stream=streams[held.stream_code], amount_pence=share)
        for (member, held), share in zip(pledged, shares, strict=True)
        if share
    ]


def _check(*, cluster: Cluster, provider: Provider, terms: ContractTerms, by: User) -> None:
    """Hold that the terms belong together."""
    if not works_for(by, cluster.council):
        raise UnableToDraft("Only people who work for the council can draft its contracts.")
    if provider.council_id != cluster.council_id:
        raise UnableToDraft("The provider and the cluster belong to different councils.")
    if Contract.objects.filter(council=cluster.council_id, ref=terms.ref).exists():
        raise UnableToDraft(f"There is a contract with the reference {terms.ref} already. Choose another.")
    if terms.end_date <= terms.start_date:
        raise UnableToDraft("The contract ends before it starts. Check the two dates.")
    if not terms.services:
        raise UnableToDraft("A contract buys at least one service. Add one.")
    if len({service.code for service in terms.services}) < len(terms.services):
        raise UnableToDraft("Two services have the same code. Give each its own.")
