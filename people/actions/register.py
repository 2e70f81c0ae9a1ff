"""Registering councils, those who work for them, and the people who draw on care."""

from datetime import date

from django.db import transaction

from ledger.actions import open_book
from people.models import Council, Person, Role, RoleKind, User


class UnableToRegister(Exception):
    """The code, reference or address is taken already."""


@transaction.atomic
def register_council(
    *, code: str, name: str, year_start_date: date, year_end_date: date, is_practice: bool = False
) -> Council:
    """
    Take a council in, with an empty book of its own.

    Dates: the council's financial year, `year_end_date` exclusive. `is_practice`: only to practise on, for good.

    :raises UnableToRegister: a council of that code is here already, or its year ends before it starts.
    """
    if Council.objects.filter(code=code).exists():
        raise UnableToRegister(f"A council with the code {code} is here already. Choose another code.")
    if year_end_date <= year_start_date:
        raise UnableToRegister("The year ends before it starts. Check the two dates.")
    book = open_book(name=name)
    return Council.objects.create(
        code=code,
        name=name,
        book=book,
        year_start_date=year_start_date,
        year_end_date=year_end_date,
        is_practice=is_practice,
    )


@transaction.atomic
def register_user(*, email: str, name: str) -> User:
    """
    Make an account for somebody who signs in by a code sent to their address.

    :raises UnableToRegister: that address has an account already, however it was written.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise UnableToRegister("There is an account with that e-mail address already.")
    return User.objects.create_user(email, name)


@transaction.atomic
def give_role(*, user: User, council: Council, kind: RoleKind, approval_limit_pence: int = 0) -> Role:
    """
    Say what a user does for a council, and up to which yearly value they may approve alone.

    Giving a role they hold already sets its limit. Units: pence a year.
    """
    role, _ = Role.objects.update_or_create(
        user=user, council=council, kind=kind, defaults={"approval_limit_pence": approval_limit_pence}
    )
    return role


@transaction.atomic
def register_person(
    *,
    council: Council,
    ref: str,
    name: str,
    birth_date: date | None = None,
    postcode: str = "",
    user: User | None = None,
    lead_professional: User | None = None,
) -> Person:
    """
    Take in somebody who draws on care. They need no account to have a plan, a budget and a cluster.

    :raises UnableToRegister: the council has somebody of that reference already.
    """
    if Person.objects.filter(council=council, ref=ref).exists():
        raise UnableToRegister(f"{council.name} has a person with the reference {ref} already.")
    return Person.objects.create(
        council=council,
        ref=ref,
        name=name,
        birth_date=birth_date,
        postcode=postcode,
        user=user,
        lead_professional=lead_professional,
    )
