"""Two councils that know each other's keys, and somebody who moves between them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from moving.actions import (
    Wishes,
    agree_to_move,
    check_council,
    enter_council,
    make_key,
    receive_pack,
    send_pack,
)
from moving.models import Arrival, CouncilKey, KnownCouncil, Move
from moving.rules.keys import write_key
from people.models import Council, Person, RoleKind, User
from tests.budgets.makers import make_budget
from tests.cast import NINE, ON
from tests.people.makers import make_council, make_person, make_social_worker, make_user, make_user_with_role
from tests.plans.makers import make_plan

MOVED = ON + timedelta(days=10)


@dataclass(frozen=True, kw_only=True)
class Side:
    """A council with its key, those who look after keys, and a social worker."""

    council: Council
    key: CouncilKey
    admin: User
    manager: User
    worker: User


def make_side(*, name: str = "Testshire Council", council: Council | None = None) -> Side:
    """A council that has made its key."""
    council = council or make_council(name=name)
    admin = make_user_with_role(council=council, kind=RoleKind.ADMINISTRATOR)
    return Side(
        council=council,
        key=make_key(council=council, by=admin, at=NINE),
        admin=admin,
        manager=make_user_with_role(council=council, kind=RoleKind.MANAGER),
        worker=make_social_worker(council=council),
    )


def make_known(*, of: Side, to: Side, is_checked: bool = True) -> KnownCouncil:
    """The key of one council entered at another; checked there by a second person unless it only waits."""
    content = write_key(of.key.public)
    known = enter_council(council=to.council, content=content, by=to.admin, at=NINE)
    if not is_checked:
        return known
    return check_council(known=known, fingerprint=of.key.public.fingerprint, by=to.manager, at=NINE)


@dataclass(frozen=True, kw_only=True)
class Border:
    """Two councils that trust each other's keys, and Amina, who draws on care in the first."""

    first: Side
    second: Side
    to: KnownCouncil
    sender: KnownCouncil
    amina: Person


def make_border() -> Border:
    """Amina has an agreed plan and a budget of 10,000 pounds for the year in the first council."""
    first, second = make_side(), make_side(name="Awayshire Council")
    amina = make_person(council=first.council, user=make_user(name="Amina Yusuf"), lead=first.worker)
    make_plan(person=amina)
    make_budget(person=amina)
    return Border(
        first=first,
        second=second,
        to=make_known(of=second, to=first),
        sender=make_known(of=first, to=second),
        amina=amina,
    )


def agree(
    border: Border, *, by: User | None = None, moved_date: date = MOVED, at: datetime = NINE, **more: Any
) -> Move:
    """Amina agrees to move."""
    by = by or border.amina.user
    assert by is not None
    wishes = Wishes(to=border.to, moved_date=moved_date, **more)
    return agree_to_move(person=border.amina, wishes=wishes, by=by, at=at)


def make_sent(border: Border, *, at: datetime = NINE, **more: Any) -> Move:
    """A pack that was sent."""
    return send_pack(move=agree(border, at=at, **more), pack_id=uuid4(), by=border.first.worker, at=at)


def take_in(border: Border, content: bytes, *, side: Side | None = None, at: datetime = NINE) -> Arrival:
    """The second council, or another side, takes a pack in."""
    side = side or border.second
    return receive_pack(council=side.council, content=content, lead=side.worker, by=side.admin, at=at)
