"""What every act on a contract begins with: the contract as it stands now, whose it is, what a decision is about."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from clusters.models import Decision, Membership
from commissioning.models import Contract
from people.models import Scope, User
from people.queries import may_act_for


def locked_contract(pk: UUID) -> Contract:
    """Give a contract as it stands now; nobody else acts on it until this transaction ends."""
    contracts = Contract.objects.select_related("council", "cluster", "provider")
    return contracts.select_for_update(of=["self"], no_key=True).get(pk=pk)


def subject_of(decision: Decision) -> UUID:
    """Give what a decision is about; one about a call or a contract always names it."""
    assert decision.subject_id is not None
    return decision.subject_id


def may_spend_in(user: User, contract: Contract, *, at: datetime) -> bool:
    """Tell whether somebody is in the pool of a contract's cluster, or may spend for somebody who is."""
    members = Membership.objects.in_the_pool().filter(cluster=contract.cluster_id).select_related("person")
    on = timezone.localdate(at)
    return any(may_act_for(user, member.person, scope=Scope.SPEND, on=on) for member in members)
