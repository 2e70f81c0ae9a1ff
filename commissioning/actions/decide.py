"""Deciding on a contract: approving it with its money, or sending it back with the reason."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clusters.actions import use_decision
from clusters.models import Decision, DecisionKind, DecisionState
from commissioning.actions.end import UnableToEnd, end_replaced
from commissioning.actions.telling import tell_approved, tell_returned
from commissioning.models import Approval, ApprovalState, Commitment, Contract, ContractState
from commissioning.queries import approval_limit_pence, checks_of
from ledger.actions import AccountName, Draft, Move, UnableToPost, open_accounts, post
from ledger.models import AccountKind
from people.models import User


class UnableToApprove(Exception):
    """A check is not done, or somebody decided first. Nothing was changed and no money moved."""


class UnableToReturn(Exception):
    """No reason is given, it is not theirs to decide, or somebody decided first."""


@transaction.atomic
def approve(
    *, approval: Approval, by: User, at: datetime, note: str = "", procurement_ref: str = ""
) -> Approval:
    """
    Approve a contract and promise it the members' money, in one transaction: all of it or nothing.

    A contract that replaces another ends that one on its own first day, and the money it no longer needs is free
    for this one. `procurement_ref`: where the notice was published, for one over the light-touch threshold.

    :raises UnableToApprove: see the class; the message names every check that is not done, with its evidence.
    """
    approval, contract = _waiting(approval, UnableToApprove)
    approval.procurement_ref = procurement_ref
    undone = [
        check for check in checks_of(approval=approval, by=by, on=timezone.localdate(at)) if not check.done
    ]
    if undone:
        reasons = " ".join(f"{check.name}: {check.evidence}" for check in undone)
        raise UnableToApprove(f"Not approved yet, because this is not done. {reasons}")
    _end_what_it_replaces(contract, by=by, at=at)
    _use_reserve(contract, by=by, at=at)
    _commit(contract, by=by, at=at)
    approval.limit_pence = approval_limit_pence(user=by, council=contract.council)
    _decide(approval, ApprovalState.APPROVED, by=by, at=at, reason=note)
    contract.state = ContractState.APPROVED
    contract.save(update_fields=["state"])
    tell_approved(contract, by=by.label, at=at)
    return approval


def _end_what_it_replaces(contract: Contract, *, by: User, at: datetime) -> None:
    """End the contract that this one varies; what that one no longer needs is free for this one."""
    if contract.replaces is None:
        return
    try:
        end_replaced(contract, by=by.label, at=at)
    except UnableToEnd as refusal:
        raise UnableToApprove(f"It cannot replace contract {contract.replaces.ref}. {refusal}") from refusal


def _use_reserve(contract: Contract, *, by: User, at: datetime) -> None:
    """Use up the members' decision to spend their reserve on this contract, where there is one."""
    decision = Decision.objects.filter(
        cluster=contract.cluster_id,
        kind=DecisionKind.SPEND_RESERVE,
        state=DecisionState.PASSED,
        subject_id=contract.pk,
        use__isnull=True,
    ).first()
    if decision is not None:
        use_decision(
            decision=decision,
            kind=DecisionKind.SPEND_RESERVE,
            subject_id=contract.pk,
            act=f"reserve:{contract.pk}",
            by=by.label,
            at=at,
        )


@transaction.atomic
def return_contract(*, approval: Approval, reason: str, by: User, at: datetime) -> Approval:
    """
    Send a contract back with the reason, which the members read. No money moves.

    :raises UnableToReturn: see the class.
    """
    approval, contract = _waiting(approval, UnableToReturn)
    if approval_limit_pence(user=by, council=contract.council) is None:
        raise UnableToReturn("Only a commissioner of this council can decide on it.")
    if approval.requested_by_id == by.pk:
        raise UnableToReturn("You asked for this yourself, so a colleague has to decide.")
    if not reason.strip():
        raise UnableToReturn("Say why it goes back. The members read this.")
    _decide(approval, ApprovalState.RETURNED, by=by, at=at, reason=reason)
    contract.state = ContractState.RETURNED
    contract.save(update_fields=["state"])
    tell_returned(contract, reason=reason, by=by.label, at=at)
    return approval


def _waiting(
    approval: Approval, unable: type[UnableToApprove] | type[UnableToReturn]
) -> tuple[Approval, Contract]:
    """
    Give the request and its contract, if nobody has decided; nobody else can until this transaction ends.

    Locked first and read afterwards: a row that was waited for comes without what was joined to it meanwhile.
    """
    Approval.objects.select_for_update(no_key=True).get(pk=approval.pk)
    Contract.objects.select_for_update(no_key=True).get(pk=approval.contract_id)
    approval = Approval.objects.select_related(
        "requested_by",
        "decided_by",
        "contract__council",
        "contract__cluster",
        "contract__provider",
        "contract__decision",
        "contract__replaces",
    ).get(pk=approval.pk)
    if approval.state != ApprovalState.WAITING:
        did = "approved it" if approval.state == ApprovalState.APPROVED else "sent it back"
        raise unable(f"{approval.decided_by} {did} a moment before you. Nothing more needs doing.")
    return approval, approval.contract


def _decide(approval: Approval, state: ApprovalState, *, by: User, at: datetime, reason: str) -> None:
    """Write the answer down."""
    approval.state, approval.decided_by, approval.decided_at, approval.reason = state, by, at, reason
    approval.save(
        update_fields=["state", "decided_by", "decided_at", "reason", "limit_pence", "procurement_ref"]
    )


def _commit(contract: Contract, *, by: User, at: datetime) -> None:
    """Move what each member promised from their share of the pool to this contract, in one entry."""
    promises = list(Commitment.objects.filter(contract=contract).select_related("stream"))
    if not promises:
        return
    book_id = contract.council.book_id
    moves = []
    for promise in promises:
        stream = promise.stream.code
        source = AccountName(AccountKind.POOL_SHARE, promise.membership_id, stream)
        target = AccountName(AccountKind.COMMITTED, promise.membership_id, stream, contract.pk)
        moves.append((source, target, promise.amount_pence))
    ids = open_accounts(book_id=book_id, names=[name for move in moves for name in move[:2]])
    draft = Draft(
        key=f"commit:{contract.pk}",
        kind="commit",
        effective_date=timezone.localdate(at),
        reason=f"Promised to contract {contract.ref}",
        moves=[Move(ids[source], ids[target], pence) for source, target, pence in moves],
    )
    try:
        post(book_id=book_id, draft=draft, by=by.label)
    except UnableToPost as refusal:
        raise UnableToApprove(f"{refusal} Nothing was promised and nothing approved.") from refusal
