"""Ending a contract before its time: its last day moves back, and what is not needed for it is free again."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _

from clusters.actions import use_decision
from clusters.models import Decision, DecisionKind
from commissioning.actions.steps import locked_contract, subject_of
from commissioning.actions.telling import tell_ended
from commissioning.models import Contract, ContractEnd, ContractState
from commissioning.queries.ending import freed_by_ending
from ledger.actions import AccountName, Draft, Move, UnableToPost, post
from ledger.models import AccountKind, EntryKind
from people.models import User
from people.queries import works_for
from people.rules.words import date_words


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
    contract = locked_contract(subject_of(decision))
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
    reason = decision.why or lazy(_as_decided, str)(decision)
    return _end(contract, end_date=last, reason=reason, by=label, at=at, decision=decision)


@transaction.atomic
def end_early(*, contract: Contract, end_date: date, reason: str, by: User, at: datetime) -> ContractEnd:
    """
    End a contract before its time for the council, as when a provider fails (Care Act 2014 s48).

    `end_date` is exclusive, today or later. Money that is not needed up to it is free again at once.

    :raises UnableToEnd: see the class; or no reason is given.
    """
    contract = locked_contract(contract.pk)
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
    old = locked_contract(contract.replaces_id)
    if old.end_date <= contract.start_date:
        return None
    reason = lazy(_as_replaced, str)(contract.ref, contract.start_date)
    return _end(old, end_date=contract.start_date, reason=reason, by=by, at=at)


def end_with_its_cluster(contract: Contract, *, by: str, at: datetime) -> date:
    """End a running contract as soon as it can be, because its cluster closes; gives the day (exclusive)."""
    contract, on = locked_contract(contract.pk), timezone.localdate(at)
    last = first_end_date(contract, on=on)
    if last >= contract.end_date:
        return contract.end_date
    _end(contract, end_date=last, reason=lazy(_as_closing, str)(contract.cluster.name), by=by, at=at)
    return last


def _as_decided(decision: Decision) -> str:
    return _("The members decided it: %(outcome)s") % {"outcome": decision.outcome_words}


def _as_replaced(ref: str, on: date) -> str:
    return _("Contract %(ref)s replaces it from %(day)s.") % {"ref": ref, "day": date_words(on)}


def _as_closing(cluster: str) -> str:
    return _("%(cluster)s closes.") % {"cluster": cluster}


def first_end_date(contract: Contract, *, on: date) -> date:
    """Give the first day on which a contract can be over (exclusive) when notice is given on a day."""
    return max(contract.start_date, on + timedelta(days=contract.notice_days))


def _end(
    contract: Contract,
    *,
    end_date: date,
    reason: str | Promise,
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
    if ContractEnd.objects.filter(contract=contract).exists():
        raise UnableToEnd(
            f"It was ended early already: its last day is {contract.last_date:%-d %B %Y}. That day stays as it is."
        )
    freed = freed_by_ending(contract=contract, end_date=end_date)
    early = ContractEnd.objects.create(
        contract=contract,
        end_date=end_date,
        planned_end_date=contract.end_date,
        reason=str(reason),
        decision=decision,
        ended_at=at,
        ended_by=by,
    )
    contract.end_date = end_date
    contract.save(update_fields=["end_date"])
    if freed:
        _release(contract, freed, by=by, at=at)
    tell_ended(contract, reason=reason, by=by, at=at)
    return early


def _release(contract: Contract, freed: Mapping[tuple[UUID, str], int], *, by: str, at: datetime) -> None:
    """Post what is free again, from each promise to the share it came from, in one entry."""
    book_id = contract.council.book_id
    draft = Draft(
        key=f"end:{contract.pk}",
        kind=EntryKind.RELEASE,
        effective_date=timezone.localdate(at),
        reason=f"Contract {contract.ref} ends early",
        moves=[
            Move(
                AccountName(AccountKind.COMMITTED, member, stream, contract.pk).id_in(book_id),
                AccountName(AccountKind.POOL_SHARE, member, stream).id_in(book_id),
                pence,
            )
            for (member, stream), pence in freed.items()
        ],
    )
    try:
        post(book_id=book_id, draft=draft, by=by)
    except UnableToPost as refusal:
        raise UnableToEnd(f"{refusal} The contract runs on as before.") from refusal
