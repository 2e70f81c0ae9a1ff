"""Councils, users and people for tests."""

from datetime import date
from itertools import count

from people.actions import give_role, register_council, register_person, register_user
from people.models import Council, Person, RoleKind, User

YEAR_START = date(2026, 4, 1)
YEAR_END = date(2027, 4, 1)
_numbers = count(1)


def make_council(*, code: str = "", name: str = "Testshire Council") -> Council:
    """A council with an empty book, its year April 2026 to March 2027."""
    return register_council(
        code=code or f"T{next(_numbers)}", name=name, year_start_date=YEAR_START, year_end_date=YEAR_END
    )


def make_user(*, name: str = "Robin Reed", email: str = "") -> User:
    """Somebody who signs in and has no role yet."""
    return register_user(email=email or f"user{next(_numbers)}@example.test", name=name)


def make_user_with_role(
    *, council: Council, kind: RoleKind, name: str = "", approval_limit_pence: int = 0
) -> User:
    """Somebody who works for a council, by default named for what they do."""
    user = make_user(name=name or kind.label)
    give_role(user=user, council=council, kind=kind, approval_limit_pence=approval_limit_pence)
    return user


def make_social_worker(*, council: Council, name: str = "Priya Shah") -> User:
    """Somebody who leads people's plans."""
    return make_user_with_role(council=council, kind=RoleKind.SOCIAL_WORKER, name=name)


def make_commissioner(
    *, council: Council, name: str = "Carol Okafor", approval_limit_pence: int = 50_000_00
) -> User:
    """Somebody who approves contracts, up to a yearly value."""
    return make_user_with_role(
        council=council, kind=RoleKind.COMMISSIONER, name=name, approval_limit_pence=approval_limit_pence
    )


def make_person(
    *,
    council: Council | None = None,
    ref: str = "",
    name: str = "Amina Yusuf",
    user: User | None = None,
    lead: User | None = None,
) -> Person:
    """Somebody who draws on care; with no login unless one is given."""
    return register_person(
        council=council or make_council(),
        ref=ref or f"P-{next(_numbers):04d}",
        name=name,
        user=user,
        lead_professional=lead,
    )
