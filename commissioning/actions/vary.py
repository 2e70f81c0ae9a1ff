"""Changing what a contract buys: the next contract is drafted beside it, decided on again, and replaces it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions import use_decision
from clusters.models import Decision, DecisionKind, SharingRule
from commissioning.actions.draft import (
    ContractTerms,
    ServiceTerms,
    UnableToDraft,
    shared_as_used,
    write_terms,
)
from commissioning.actions.request import put_forward
from commissioning.actions.steps import locked_contract, may_spend_in, subject_of
from commissioning.models import Commitment, Contract, ContractState
from people.models import User
from people.queries import works_for
from people.rules.words import date_words


class UnableToVary(Exception):
    """The contract does not run, is being changed already, or somebody else has to change it."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """
    What is to be different from a day on. `end_date` exclusive; pence.

    `rates`: the new price of a unit by service code; a service that is not named keeps its price.
    """

    start_date: date
    end_date: date
    weekly_pence: int
    rates: dict[str, int]


@transaction.atomic
def draft_variation(*, contract: Contract, change: Change, by: User, at: datetime) -> Contract:
    """
    Draft the contract that would replace a running one. It binds nobody before the members have decided again.

    By a member (or their helper), or somebody who works for the council.

    :raises UnableToVary: see the class; or its days do not follow on the old ones.
    """
    contract = locked_contract(contract.pk)
    _check(contract, change, by=by, at=at)
    terms = ContractTerms(
        ref=_next_ref(contract),
        title=contract.title,
        start_date=change.start_date,
        end_date=change.end_date,
        services=_services(contract, change),
        weekly_pence=change.weekly_pence,
        is_regulated=contract.is_regulated,
        notice_days=contract.notice_days,
    )
    try:
        return write_terms(
            cluster=contract.cluster, provider=contract.provider, terms=terms, replaces=contract
        )
    except UnableToDraft as refusal:
        raise UnableToVary(str(refusal)) from refusal


@transaction.atomic
def put_variation_forward(*, decision: Decision, at: datetime) -> Contract:
    """
    Ask the council to approve a changed contract that the members decided on. Once: a second time is the first.

    :raises UnableToUse: the decision has not passed.
    :raises UnableToDraft: nobody has pledged anything to pay it from.
    """
    contract = locked_contract(subject_of(decision))
    if contract.decision_id == decision.pk:
        return contract
    label = f"decision:{decision.pk}"
    use_decision(
        decision=decision,
        kind=DecisionKind.VARY_CONTRACT,
        subject_id=contract.pk,
        act=f"vary:{contract.pk}",
        by=label,
        at=at,
    )
    Commitment.objects.bulk_create(
        Commitment(contract=contract, **vars(part)) for part in shared_as_used(contract)
    )
    put_forward(contract, decision=decision, by=label, at=at)
    return contract


def _check(contract: Contract, change: Change, *, by: User, at: datetime) -> None:
    """Hold that a running contract is changed, by one of those whose it is, from a day that is still to come."""
    on = timezone.localdate(at)
    if contract.state != ContractState.APPROVED or contract.end_date <= on:
        raise UnableToVary(
            _("Only a contract that runs can be changed. Make a call for something new instead.")
        )
    if contract.replacements.filter(state=ContractState.REQUESTED).exists():
        raise UnableToVary(
            _("A change of this contract waits for the council already. It answers that one first.")
        )
    if not works_for(by, contract.council) and not may_spend_in(by, contract, at=at):
        raise UnableToVary(_("Only the members of the cluster, or their council, can change its contracts."))
    first = max(contract.start_date, on)
    if not first <= change.start_date < contract.end_date:
        raise UnableToVary(
            _("The change has to begin from %(first)s on, and before %(end)s.")
            % {"first": date_words(first), "end": date_words(contract.end_date)}
        )


def _services(contract: Contract, change: Change) -> Sequence[ServiceTerms]:
    """Give the services as they were, at their new prices; a limit holds for the new term as it did for the old."""
    return [
        ServiceTerms(
            code=service.code,
            description=service.description,
            unit=service.unit,
            unit_rate_pence=change.rates.get(service.code, service.unit_rate_pence),
            sharing_rule=SharingRule(service.sharing_rule),
            alone_rate_pence=service.alone_rate_pence,
            max_units=service.max_units,
        )
        for service in contract.services.order_by("code")
    ]


def _next_ref(contract: Contract) -> str:
    """Give the reference of the next version of a contract."""
    taken = set(Contract.objects.filter(council=contract.council_id).values_list("ref", flat=True))
    tries = (f"{contract.ref[:35]}-v{number}" for number in count(2))
    return next(ref for ref in tries if ref not in taken)
