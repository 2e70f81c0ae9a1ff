"""Ending a contract before its time: its last day moves back, and what is not needed for it is free again."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clusters.actions import use_decision
from clusters.models import Decision, DecisionKind
from commissioning.actions.request import subject_of
from commissioning.actions.telling import tell_ended
from commissioning.models import Contract, ContractEnd, ContractState
from commissioning.queries.leaving import stakes_of
from ledger.actions import AccountName, Draft, Move, UnableToPost, open_accounts, post
from ledger.models import AccountKind
from ledger.models.entry import EntryKind
from people.models import User
from people.queries import works_for


class UnableToEnd(Exception):
    """The contract does not run, ends by itself before that, or somebody else has to end it."""


@transaction.atomic
def end_as_decided(*, decision: Decision, at: datetime) -> ContractEnd:
    """
    End a contract as its members decided: once its notice has run, counted from the day they decided.

    Money that is not needed up to that day goes back to each member's share of the pool. Once: a second time is the
    first.

    :raises UnableToEnd: it is over by then.
    :raises UnableToUse: the decision has not passed.
    """
    contract = _locked(Contract.objects.get(pk=subject_of(decision)))
    done = ContractEnd.objects.filter(contract=contract).first()
    if done is not None:
        return done
    label = f"decision:{decision.pk}"
    use_decision(
        decision=decision,
        kind=DecisionKind.END_CONTRACT,
        subject_id=contract.pk,
        act=f"end:{contract.pk}",
        by=label,
        at=at,
    )
    last = first_end_date(contract, on=timezone.localdate(at))
    reason = decision.why or f"The members decided it: {decision.outcome}"
    return _end(contract, end_date=last, reason=reason, by=label, at=at, decision=decision)


@transaction.atomic
def end_early(*, contract: Contract, end_date: date, reason: str, by: User, at: datetime) -> ContractEnd:
    """
    End a contract before its time for the council, as when a provider fails (Care Act 2014 s48).

    `end_date` is exclusive, today or later. Money that is not needed up to it is free again at once.

    :raises UnableToEnd: see the class; or no reason is given.
    """
    contract = _locked(contract)
    if not works_for(by, contract.council):
        raise UnableToEnd("Only people who work for the council can end its contracts.")
    if not reason.strip():
        raise UnableToEnd("Say why it ends. The members and the provider read this.")
    if end_date < timezone.localdate(at):
        raise UnableToEnd("A contract can end today or later. Choose such a day.")
    return _end(contract, end_date=end_date, reason=reason, by=by.label, at=at)


def end_replaced(contract: Contract, *, by: str, at: datetime) -> ContractEnd | None:
    """
    End the contract that another one replaces on the first day of that one; nothing where it ends before anyhow.

    :raises UnableToEnd: the new one begins before the old one did, or in the past.
    """
    assert contract.replaces_id is not None  # whoever calls this has looked
    old = _locked(Contract.objects.get(pk=contract.replaces_id))
    if old.end_date <= contract.start_date:
        return None
    reason = f"Contract {contract.ref} replaces it from {contract.start_date:%-d %B %Y}."
    return _end(old, end_date=contract.start_date, reason=reason, by=by, at=at)


def end_with_its_cluster(contract: Contract, *, by: str, at: datetime) -> date:
    """End a running contract as soon as it can be, because its cluster closes; gives the day (exclusive)."""
    contract, on = _locked(contract), timezone.localdate(at)
    last = first_end_date(contract, on=on)
    if last >= contract.end_date:
        return contract.end_date
    _end(contract, end_date=last, reason=f"{contract.cluster} closes.", by=by, at=at)
    return last


def first_end_date(contract: Contract, *, on: date) -> date:
    """Give the first day on which a contract can be over (exclusive) when notice is given on a day."""
    return max(contract.start_date, on + timedelta(days=contract.notice_days))


def _locked(contract: Contract) -> Contract:
    """Give the contract as it stands now; nobody else ends it until this transaction does."""
    contracts = Contract.objects.select_related("council", "cluster", "provider")
    return contracts.select_for_update(of=["self"], no_key=True).get(pk=contract.pk)


def _end(
    contract: Contract,
    *,
    end_date: date,
    reason: str,
    by: str,
    at: datetime,
    decision: Decision | None = None,
) -> ContractEnd:
    """Move the last day back, release what is not needed up to it, and tell everybody concerned."""
    if contract.state != ContractState.APPROVED:
        raise UnableToEnd(f"Contract {contract.ref} is not running, so there is nothing to end.")
    if not contract.start_date <= end_date < contract.end_date:
        raise UnableToEnd(
            f"It runs from {contract.start_date:%-d %B %Y} up to and including {contract.last_date:%-d %B %Y}. "
            "Choose a day in between."
        )
    moves = _releases(contract, end_date)
    early = ContractEnd.objects.create(
        contract=contract,
        end_date=end_date,
        planned_end_date=contract.end_date,
        reason=reason,
        decision=decision,
        ended_at=at,
        ended_by=by,
    )
    contract.end_date = end_date
    contract.save(update_fields=["end_date"])
    if moves:
        _release(contract, moves, by=by, at=at)
    tell_ended(contract, reason=reason, by=by, at=at)
    return early


def _releases(contract: Contract, end_date: date) -> list[tuple[AccountName, AccountName, int]]:
    """Work out what of each member's promise is not needed up to a day, by the rule of the exit settlement."""
    moves = []
    members = contract.cluster.memberships.filter(commitments__contract=contract).distinct().order_by("ref")
    for member in members.select_related("cluster__council"):
        for stake in stakes_of(membership=member):
            for promise in stake.promises:
                if promise.contract_id != contract.pk:
                    continue
                to_the_day = replace(promise, term=replace(promise.term, notice_days=0))
                free = promise.balance_pence - to_the_day.held_pence(end_date)
                source = AccountName(AccountKind.COMMITTED, member.pk, stake.stream_code, contract.pk)
                target = AccountName(AccountKind.POOL_SHARE, member.pk, stake.stream_code)
                moves += [(source, target, free)] if free else []
    return moves


def _release(
    contract: Contract, moves: list[tuple[AccountName, AccountName, int]], *, by: str, at: datetime
) -> None:
    """Post what is free again, in one entry."""
    book_id = contract.council.book_id
    ids = open_accounts(book_id=book_id, names=[name for move in moves for name in move[:2]])
    draft = Draft(
        key=f"end:{contract.pk}",
        kind=EntryKind.RELEASE,
        effective_date=timezone.localdate(at),
        reason=f"Contract {contract.ref} ends early",
        moves=[Move(ids[source], ids[target], pence) for source, target, pence in moves],
    )
    try:
        post(book_id=book_id, draft=draft, by=by)
    except UnableToPost as refusal:
        raise UnableToEnd(f"{refusal} The contract runs on as before.") from refusal
