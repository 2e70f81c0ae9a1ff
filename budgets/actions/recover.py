"""Asking a direct payment back: notice, the person's answer, and only then the move in the books."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.actions.direct import may_pay
from budgets.models import Afford, Budget, FundingStream, Recovery, RecoveryState
from budgets.queries import budget_account
from budgets.queries.direct import paid_account
from ledger.actions import Draft, Move, hold_open, open_accounts, post
from ledger.pennies import in_pounds
from ledger.queries import balance_pence
from people.actions import tell
from people.models import Person, RoleKind, Scope, User
from people.queries import acting_label, acting_refusal, value_on

OPEN = (RecoveryState.NOTICED, RecoveryState.DISPUTED)


class UnableToRecover(Exception):
    """Nothing is asked or taken back like this; the sentence says why."""


@transaction.atomic
def give_notice(
    *, budget: Budget, stream: FundingStream, amount_pence: int, reason: str, by: User, on: date, at: datetime
) -> Recovery:
    """
    Tell a person that the council asks money of their direct payment back: how much, why, from when, how to disagree.

    Units: pence. Nothing moves by this.

    :raises UnableToRecover: `by` is no finance officer there, nothing is said, more is asked than was paid, or some is
        asked back already.
    """
    person = budget.person
    if not may_pay(by, person.council):
        raise UnableToRecover("Only a finance officer of this council can ask a direct payment back.")
    if amount_pence <= 0 or not reason.strip():
        raise UnableToRecover("Say how much is asked back, and why. The person reads it.")
    held = _held_pence(person, stream)
    if amount_pence > held:
        raise UnableToRecover(f"{in_pounds(held)} was paid and not taken back. Ask for no more than that.")
    if Recovery.objects.filter(person=person, stream=stream, state__in=OPEN).exists():
        raise UnableToRecover("Some of this money is asked back already. Settle that first.")
    days = value_on(council=person.council, code="dp_recovery_notice_days", on=on)
    recovery = Recovery.objects.create(
        person=person,
        budget=budget,
        stream=stream,
        amount_pence=amount_pence,
        reason=reason.strip(),
        noticed_date=on,
        noticed_by=by,
        earliest_date=on + timedelta(days=days),
    )
    _tell(recovery, "budgets_recovery_noticed", by=by.label, at=at)
    return recovery


@transaction.atomic
def answer_notice(
    *, recovery: Recovery, afford: Afford, words: str, dispute: str, by: User, on: date
) -> Recovery:
    """
    Say whether one can pay without going short, and, with `dispute`, why one disagrees: nothing moves until answered.

    :raises UnableToRecover: `by` may not spend for the person, it is settled, or a dispute was answered already.
    """
    recovery = _locked(recovery)
    label = acting_label(by, recovery.person, scope=Scope.SPEND, on=on)
    if label is None:
        raise UnableToRecover(acting_refusal(by, recovery.person, scope=Scope.SPEND, on=on))
    if recovery.state not in OPEN:
        raise UnableToRecover(_("This is settled. Nothing more happens with it."))
    if dispute.strip() and recovery.dispute_words:
        raise UnableToRecover(
            _("You have told us that you disagree. Talk with your social worker about more.")
        )
    recovery.afford, recovery.afford_words = afford, words.strip()
    if dispute.strip():
        recovery.dispute_words, recovery.state = dispute.strip(), RecoveryState.DISPUTED
    recovery.save(update_fields=["afford", "afford_words", "dispute_words", "state"])
    return recovery


@transaction.atomic
def settle_dispute(
    *, recovery: Recovery, stands: bool, words: str, by: User, on: date, at: datetime
) -> Recovery:
    """
    Answer somebody who disagrees: nothing is taken back, or it stands, and the notice runs anew from today.

    :raises UnableToRecover: `by` gave the notice themselves or is no manager or finance officer there, nobody
        disagrees, or nothing is said.
    """
    recovery = _locked(recovery)
    council = recovery.person.council
    if not (may_pay(by, council) or by.has_role(RoleKind.MANAGER, council_id=council.pk)):
        raise UnableToRecover("Only a team manager or another finance officer can answer this.")
    if by.pk == recovery.noticed_by_id:
        raise UnableToRecover("You asked for the money. Somebody else answers who disagrees with that.")
    if recovery.state != RecoveryState.DISPUTED or not words.strip():
        raise UnableToRecover("Say why, to somebody who disagrees and has no answer yet.")
    days = value_on(council=council, code="dp_recovery_notice_days", on=on)
    recovery.state = RecoveryState.NOTICED if stands else RecoveryState.WITHDRAWN
    recovery.answer_words, recovery.answered_by = words.strip(), by
    recovery.earliest_date = max(recovery.earliest_date, on + timedelta(days=days))
    recovery.save(update_fields=["state", "answer_words", "answered_by", "earliest_date"])
    _tell(recovery, "budgets_recovery_stands" if stands else "budgets_recovery_withdrawn", by=by.label, at=at)
    return recovery


@transaction.atomic
def take_back(
    *, recovery: Recovery, pence: int, considered: str, by: User, on: date, at: datetime
) -> Recovery:
    """
    Take money back into the budget, once the notice has run: no more than was noticed, and maybe less.

    `considered`: how it was considered whether the person can afford it. Units: pence.

    :raises UnableToRecover: `by` is no finance officer there, the notice has not run, somebody disagrees, it is
        settled, or the amount is more than was noticed.
    """
    recovery = _locked(recovery)
    if not may_pay(by, recovery.person.council):
        raise UnableToRecover("Only a finance officer of this council can take a direct payment back.")
    _check_due(recovery, on)
    if not considered.strip():
        raise UnableToRecover("Say how you considered whether they can afford it.")
    if not 0 < pence <= min(recovery.amount_pence, _held_pence(recovery.person, recovery.stream)):
        raise UnableToRecover(
            f"They were told of {in_pounds(recovery.amount_pence)}. Take no more than that."
        )
    recovery.considered = considered.strip()
    recovery.save(update_fields=["considered"])
    recovery.entry_id = _move(recovery, pence, on=on, by=by.label)
    recovery.state, recovery.taken_pence = RecoveryState.TAKEN, pence
    recovery.taken_date, recovery.taken_by = on, by
    recovery.save(update_fields=["entry", "state", "taken_pence", "taken_date", "taken_by"])
    _tell(recovery, "budgets_recovery_taken", by=by.label, at=at)
    return recovery


def _check_due(recovery: Recovery, on: date) -> None:
    if recovery.state == RecoveryState.DISPUTED:
        raise UnableToRecover("They disagree and wait for an answer. Nothing is taken back until then.")
    if recovery.state != RecoveryState.NOTICED:
        raise UnableToRecover("This is settled already.")
    if on < recovery.earliest_date:
        raise UnableToRecover(
            f"They were given notice until {recovery.earliest_date:%-d %B %Y}. Nothing is taken back before."
        )


def _locked(recovery: Recovery) -> Recovery:
    held = Recovery.objects.select_related("person__council", "person__lead_professional", "stream", "budget")
    return held.select_for_update(of=["self"], no_key=True).get(pk=recovery.pk)


def _held_pence(person: Person, stream: FundingStream) -> int:
    account = paid_account(person=person, stream_code=stream.code)
    return balance_pence(account_id=account.id_in(person.council.book_id))


def _move(recovery: Recovery, pence: int, *, on: date, by: str) -> UUID:
    book, code = recovery.person.council.book_id, recovery.stream.code
    account = paid_account(person=recovery.person, stream_code=code)
    ids = open_accounts(book_id=book, names=[account])
    target = budget_account(book_id=book, budget_id=recovery.budget_id, stream_code=code)
    opens = hold_open(book_id=book)
    is_late = opens is not None and on < opens
    draft = Draft(
        key=f"recover:{recovery.pk}",
        kind="direct_payment",
        effective_date=opens if opens and is_late else on,
        concerned_date=on if is_late else None,
        reason="Direct payment taken back after notice",
        moves=[Move(ids[account], target, pence)],
    )
    return post(book_id=book, draft=draft, by=by).entry_id


def _tell(recovery: Recovery, kind: str, *, by: str, at: datetime) -> None:
    pence = recovery.amount_pence if recovery.taken_pence is None else recovery.taken_pence
    tell(
        person=recovery.person,
        kind=kind,
        key=f"{recovery.pk}:{recovery.state}",
        at=at,
        by=by,
        about=reverse("budgets:recovery", args=[recovery.pk]),
        pounds=in_pounds(pence),
        reason=recovery.reason,
        answer=recovery.answer_words,
        earliest_date=recovery.earliest_date,
    )
