"""Asking for a contract to be approved."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clusters.models import Decision
from commissioning.actions.steps import may_spend_in
from commissioning.actions.telling import tell_asked
from commissioning.models import Approval, Contract, ContractState
from commissioning.rules import yearly_estimate_pence
from people.models import User
from people.queries import works_for


class UnableToRequestApproval(Exception):
    """The contract waits already or is approved, or somebody else has to ask."""


@transaction.atomic
def request_approval(*, contract: Contract, by: User, at: datetime) -> Approval:
    """
    Put a drafted contract, or one that was sent back, before the commissioners.

    By somebody who works for the council, or, once the members have decided on it, by one of them or their helper.

    The estimate is its yearly value: weekly x 52 + one-off, in pence. Whether its members have decided on it is the
    first thing its approval looks at.

    :raises UnableToRequestApproval: see the class.
    """
    contract = Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    if not works_for(by, contract.council) and not (
        contract.decision_id and may_spend_in(by, contract, at=at)
    ):
        raise UnableToRequestApproval(
            _("Only the members who decided on it, or people who work for the council, can ask for approval.")
        )
    if contract.state not in (ContractState.DRAFT, ContractState.RETURNED):
        raise UnableToRequestApproval(
            _("Contract %(ref)s is at “%(state)s” already. There is nothing to ask for.")
            % {"ref": contract.ref, "state": contract.get_state_display()}
        )
    return _ask(contract, by=by, at=at)


def put_forward(contract: Contract, *, decision: Decision, by: str, at: datetime) -> Approval | None:
    """
    Put a contract that its members have decided on before the commissioners, in the transaction of that act.

    Whoever asked the members asks the council too; where nobody who signs in did, an officer asks
    (`request_approval`) and there is no request yet. The members are told.
    """
    contract.decision = decision
    contract.save(update_fields=["decision"])
    tell_asked(contract, by=by, at=at)
    return _ask(contract, by=decision.asked_by, at=at) if decision.asked_by else None


def _ask(contract: Contract, *, by: User, at: datetime) -> Approval:
    """Write the request down; the contract's terms stay as they are from now on."""
    contract.state = ContractState.REQUESTED
    contract.save(update_fields=["state"])
    estimate = yearly_estimate_pence(weekly_pence=contract.weekly_pence, one_off_pence=contract.one_off_pence)
    return Approval.objects.create(
        contract=contract, estimate_pence=estimate, requested_by=by, requested_at=at
    )
