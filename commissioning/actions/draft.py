"""Drafting a contract: what a cluster buys, from whom, and what each member promises it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.models import FundingStream
from clusters.actions import UnableToUse, use_decision
from clusters.models import Cluster, Decision, DecisionKind, Membership, SharingRule
from clusters.queries import InPool, money_of
from commissioning.models import Commitment, Contract, ContractService, Offer
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
    notice_days: int = 0


@transaction.atomic
def draft_contract(
    *,
    cluster: Cluster,
    provider: Provider,
    terms: ContractTerms,
    by: User,
    at: datetime,
    commitments: Sequence[CommitmentPart] | None = None,
    replaces: Contract | None = None,
    decision: Decision | None = None,
) -> Contract:
    """
    Write down what a cluster would buy from a provider. Nothing binds before its members decide and it is approved.

    `decision`: what the members decided, which this uses up; `replaces`: the contract it varies. Without
    `commitments` the expected value of the whole term is shared among the members in the pool by what each has
    pledged, stream by stream. A spot contract commits nothing.

    :raises UnableToDraft: see the class; or `by` does not work for the council, or the decision is not to be used.
    """
    if not works_for(by, cluster.council):
        raise UnableToDraft("Only people who work for the council can draft its contracts.")
    contract = write_terms(cluster=cluster, provider=provider, terms=terms, replaces=replaces)
    parts = shared_by_pledge(contract) if commitments is None else commitments
    if any(part.membership.cluster_id != cluster.pk for part in parts):
        raise UnableToDraft("Only members of this cluster can promise money to its contract.")
    Commitment.objects.bulk_create(Commitment(contract=contract, **vars(part)) for part in parts)
    if decision is not None:
        _use(decision, contract, by=by, at=at)
    return contract


def _use(decision: Decision, contract: Contract, *, by: User, at: datetime) -> None:
    """Let a contract stand on what the members decided; nothing else can any more."""
    try:
        use_decision(
            decision=decision,
            kind=DecisionKind.CHOOSE_OFFER,
            subject_id=decision.subject_id,
            act=f"contract:{contract.pk}",
            by=by.label,
            at=at,
        )
    except UnableToUse as refusal:
        raise UnableToDraft(str(refusal)) from refusal
    contract.decision = decision
    contract.save(update_fields=["decision"])


def write_terms(
    *,
    cluster: Cluster,
    provider: Provider,
    terms: ContractTerms,
    offer: Offer | None = None,
    replaces: Contract | None = None,
) -> Contract:
    """
    Write down a draft and the services it buys, with nothing promised to it yet; whoever calls this may do so.

    :raises UnableToDraft: the terms do not hold together.
    """
    _check(cluster=cluster, provider=provider, terms=terms)
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
        notice_days=terms.notice_days,
        offer=offer,
        replaces=replaces,
    )
    ContractService.objects.bulk_create(
        ContractService(contract=contract, **vars(service)) for service in terms.services
    )
    return contract


def shared_as_used(contract: Contract) -> list[CommitmentPart]:
    """
    Share a contract's whole value among the members in the pool the way its services will be shared.

    Equally where every service is; else by what each pledged (`shared_by_pledge`). A member's equal part comes from
    their streams in proportion to what they pledged from each. Odd pennies go in order of membership reference and
    stream code.

    :raises UnableToDraft: it is worth something and nobody has pledged anything.
    """
    if {service.sharing_rule for service in contract.services.all()} != {SharingRule.EQUAL}:
        return shared_by_pledge(contract)
    value, pledged = _value_of(contract), _pledged_to(contract)
    payers = sorted({member.ref: member for member, _ in pledged}.items())
    if value == 0:
        return []
    equal = split_pence(value, [1] * len(payers), order=[ref for ref, _ in payers])
    return [
        part
        for (_, payer), share in zip(payers, equal, strict=True)
        for part in _split(contract, share, [one for one in pledged if one[0].pk == payer.pk])
    ]


def shared_by_pledge(contract: Contract) -> list[CommitmentPart]:
    """
    Share a contract's whole value among the members in the pool by what they pledged from each stream.

    Odd pennies go in order of membership reference and stream code. Nothing where it is worth nothing in
    advance.

    :raises UnableToDraft: it is worth something and nobody has pledged anything.
    """
    value = _value_of(contract)
    return _split(contract, value, _pledged_to(contract)) if value else []


def _value_of(contract: Contract) -> int:
    """Give what it is worth over its whole term, in pence."""
    return term_value_pence(
        weekly_pence=contract.weekly_pence,
        one_off_pence=contract.one_off_pence,
        start=contract.start_date,
        end=contract.end_date,
    )


def _pledged_to(contract: Contract) -> list[tuple[Membership, InPool]]:
    """Give what each member in the pool has pledged, stream by stream, in order of their references."""
    members = list(contract.cluster.memberships.in_the_pool().order_by("ref"))
    holdings = money_of(memberships=members)
    pledged = [(member, held) for member in members for held in holdings[member.pk] if held.pledged_pence]
    if not pledged and _value_of(contract):
        raise UnableToDraft(_("Nobody has pledged to this pool yet, so nothing can be promised from it."))
    return pledged


def _split(
    contract: Contract, pence: int, pledged: Sequence[tuple[Membership, InPool]]
) -> list[CommitmentPart]:
    """Share an amount in proportion to what was pledged; whoever would promise nothing promises nothing."""
    streams = {stream.code: stream for stream in FundingStream.objects.filter(council=contract.council_id)}
    shares = split_pence(
        pence,
        [held.pledged_pence for _, held in pledged],
        order=[f"{member.ref}:{held.stream_code}" for member, held in pledged],
    )
    return [
        CommitmentPart(membership=member, stream=streams[held.stream_code], amount_pence=share)
        for (member, held), share in zip(pledged, shares, strict=True)
        if share
    ]


def _check(*, cluster: Cluster, provider: Provider, terms: ContractTerms) -> None:
    """Hold that the terms belong together."""
    if provider.council_id != cluster.council_id:
        raise UnableToDraft(_("The provider and the cluster belong to different councils."))
    if Contract.objects.filter(council=cluster.council_id, ref=terms.ref).exists():
        said = _("There is a contract with the reference %(ref)s already. Choose another.")
        raise UnableToDraft(said % {"ref": terms.ref})
    if terms.end_date <= terms.start_date:
        raise UnableToDraft(_("The contract ends before it starts. Check the two dates."))
    if not terms.services:
        raise UnableToDraft(_("A contract buys at least one service. Add one."))
    if len({service.code for service in terms.services}) < len(terms.services):
        raise UnableToDraft(_("Two services have the same code. Give each its own."))
