"""Sending a pack: sealed and signed, the person marked as moved, their budget ended; all of it or nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from budgets.actions import UnableToAgreeBudget, end_budget
from budgets.actions.care_account import meter
from budgets.models import Budget
from budgets.rules.weeks import ONE_DAY
from moving.actions.agree import UnableToMove
from moving.models import KnownCouncil, Move
from moving.queries import contents_for, in_the_way, key_of, secrets
from moving.rules.contents import write_contents
from moving.rules.keys import lock, unlock_key
from moving.rules.pack import seal
from moving.rules.strict_json import written
from people.actions import tell
from people.models import Person, User
from people.queries import leads


@transaction.atomic
def send_pack(*, move: Move, pack_id: UUID, by: User, at: datetime) -> Move:
    """
    Make the pack of somebody who agreed to move. From that day the other council looks after them.

    Their care account is metered up to that day and goes along. Their budget ends that day, and what it held for later
    days goes back to the council's funding. The person is told and can read what was sent. `pack_id` names the pack for
    good.

    :raises UnableToMove: `by` is not their lead professional, something stands in the way, the agreement was taken
        back or sent already, the day has passed, they have died, or the other council's key was ended.
    """
    person = (
        Person.objects.select_related("council", "lead_professional", "user")
        .select_for_update(no_key=True, of=("self",))
        .get(pk=move.person_id)
    )
    move = Move.objects.select_related("to").select_for_update(of=["self"], no_key=True).get(pk=move.pk)
    move.person = person
    _check(move, person, by, at)
    own = key_of(person.council)
    assert own is not None  # one of the things that would stand in the way
    meter(person=person, through=move.moved_date - ONE_DAY, at=at, by=by.label)
    contents = write_contents(contents_for(move, at=at))
    private = unlock_key(own.locked, secrets=secrets())
    move.pack = seal(contents, pack=pack_id, by=own.public, with_key=private, to=move.to.public)
    move.copy_locked = lock(written(contents), secrets=secrets())
    move.pack_id, move.sent_at, move.sent_by = pack_id, at, by
    move.save(update_fields=["pack", "copy_locked", "pack_id", "sent_at", "sent_by"])
    _end_budgets(move, by)
    person.moved_date = move.moved_date
    person.save(update_fields=["moved_date"])
    tell(
        person=person,
        kind="moving_sent",
        key=str(move.pk),
        at=at,
        by=by.label,
        about=reverse("moving:leaving", args=[person.pk]),
        to=str(move.to),
        on=move.moved_date,
    )
    return move


def _check(move: Move, person: Person, by: User, at: datetime) -> None:
    if not leads(by, person):
        raise UnableToMove("Only this person’s lead professional can send their pack.")
    if person.died_date is not None:
        raise UnableToMove("They have died. Nothing is sent any more.")
    if move.sent_at is not None or move.taken_back_at is not None:
        raise UnableToMove("It was sent or taken back meanwhile. Look at it again.")
    if move.moved_date < timezone.localdate(at):
        raise UnableToMove("The day has passed. Take it back, and agree on a new day with them.")
    if not KnownCouncil.objects.trusted().filter(pk=move.to_id).exists():
        raise UnableToMove(f"The key of {move.to} was ended. Ask your administrator for their new one.")
    obstacles = in_the_way(person=person, moved_date=move.moved_date)
    if obstacles:
        raise UnableToMove("Nothing is sent yet. First: " + " ".join(one.words for one in obstacles))


def _end_budgets(move: Move, by: User) -> None:
    """End every budget that reaches past the day; those that begin later would have stood in the way."""
    for budget in Budget.objects.filter(person=move.person, end_date__gt=move.moved_date):
        try:
            end_budget(budget=budget, end_date=move.moved_date, by=by.label)
        except UnableToAgreeBudget as trouble:
            raise UnableToMove(str(trouble)) from trouble
