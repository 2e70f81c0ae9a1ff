"""Putting a mistake right: an entry is reversed once, by its exact negative."""

from datetime import date
from uuid import UUID

from django.db import transaction

from ledger.actions.accounts import hold_open
from ledger.actions.post import Draft, Move, Posted, UnableToPost, post
from ledger.models import Entry, ReversalReason


class UnableToReverse(UnableToPost):
    """The entry is itself a reversal, has been reversed already, or its money has moved on."""


@transaction.atomic
def reverse(*, entry_id: UUID, reason: ReversalReason, words: str, on: date, by: str) -> Posted:
    """
    Move an entry's money exactly back, for a typed reason.

    Dated as the entry itself, or, where that month has closed, on `on`, saying which date it concerns.
    Reversing again for the same reason and in the same words is the same reversal, whatever closed meanwhile.

    :raises UnableToReverse: see the class.
    """
    entry = Entry.objects.get(pk=entry_id)
    opens = hold_open(book_id=entry.book_id)
    stands = Entry.objects.filter(reverses=entry).first()
    if stands is not None and (stands.reversal_reason, stands.reason) == (reason, words):
        return Posted(stands.pk, is_first=False)
    is_late = opens is not None and entry.effective_date < opens
    draft = Draft(
        key=f"reverse:{entry.pk}",
        kind=entry.kind,
        effective_date=on if is_late else entry.effective_date,
        concerned_date=(entry.concerned_date or entry.effective_date) if is_late else entry.concerned_date,
        reason=words,
        basis={},
        reverses_id=entry.pk,
        reversal_reason=reason,
        moves=[Move(t.target_id, t.source_id, t.amount_pence) for t in entry.transfers.all()],
    )
    try:
        return post(book_id=entry.book_id, draft=draft, by=by)
    except UnableToPost as refusal:
        is_twice = refusal.constraint == "ledger_entry_key_is_used_once"
        message = "That entry has been reversed already." if is_twice else str(refusal)
        raise UnableToReverse(message, constraint=refusal.constraint) from refusal
