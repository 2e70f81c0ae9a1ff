"""Somebody who agreed to move, and somebody who came, for whoever visits every page."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from moving.actions import Wishes, agree_to_move, receive_pack, send_pack
from moving.models import Arrival, KnownCouncil, Move
from people.models import Person
from tests.budgets.makers import make_budget
from tests.cast import NINE, ON, Cast, make_citizen
from tests.moving.makers import make_known, make_side
from tests.people.makers import make_person
from tests.plans.makers import make_plan

MOVED = ON + timedelta(days=10)


@dataclass(frozen=True)
class Moves:
    """
    Ben agreed to move away; `gone` has moved already; somebody came (`arrival`); a key waits for a second person.

    `before`: who Amina was in the council next door, before she moved here.
    """

    ben: Move
    gone: Person
    arrival: Arrival
    known: KnownCouncil
    before: Person


def make_moves(here: Cast, away: Cast) -> Moves:
    """Two councils that know each other, and a third whose key waits here."""
    ours, theirs = make_side(council=here.council), make_side(council=away.council)
    third = make_side(name="Thirdshire Council")
    to_them, to_us = make_known(of=theirs, to=ours), make_known(of=ours, to=theirs)
    known = make_known(of=third, to=ours, is_checked=False)
    make_known(of=theirs, to=third)
    gone = _mover(here, "Gil Gone", to_them)
    came = _mover(away, "Cleo Came", to_us)
    ben = agree_to_move(
        person=here.ben, wishes=Wishes(to=to_them, moved_date=MOVED), by=here.ben_user, at=NINE
    )
    return Moves(
        ben=ben,
        gone=gone.person,
        arrival=receive_pack(
            council=here.council, content=bytes(came.pack or b""), lead=here.priya, by=ours.admin, at=NINE
        ),
        known=known,
        before=_before(here, away),
    )


def _before(here: Cast, away: Cast) -> Person:
    """Whoever Amina was in the other council; its plan and budget are still hers to read."""
    person = make_person(council=away.council, lead=away.priya)
    make_plan(person=person)
    make_budget(person=person, start_date=ON - timedelta(days=90), end_date=ON)
    Person.objects.filter(pk=person.pk).update(user=here.amina_user, moved_date=ON)
    return person


def _mover(cast: Cast, name: str, to: KnownCouncil) -> Move:
    """Somebody of a council whose pack was made."""
    person = make_citizen(council=cast.council, lead=cast.priya, name=name, on=ON, pence={"council": 90_00})
    make_plan(person=person)
    wishes = Wishes(to=to, moved_date=MOVED, words="Their word")
    move = agree_to_move(person=person, wishes=wishes, by=cast.priya, at=NINE)
    return send_pack(move=move, pack_id=uuid4(), by=cast.priya, at=NINE)
