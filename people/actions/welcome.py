"""Taking somebody new in: who they are, who leads their plan, and what was said first."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from people.actions.register import UnableToRegister, register_person, register_user
from people.models import Council, FirstContact, Person, RoleKind, User
from people.queries.people import WELCOMING, people_like

OLDEST_YEARS = 130
OURS = "N-"  # what references begin with that we give


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """
    Somebody new. `ref` and `email` may be empty: then we give a reference, and they have no account.

    `lead`: the social worker who leads their plan.
    """

    council: Council
    name: str
    lead: User
    birth_date: date | None = None
    postcode: str = ""
    ref: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class FirstSaid:
    """The first conversation: when, who got in touch (nothing: they did), what they said, how they like to talk."""

    contacted_date: date
    words: str
    by_whom: str = ""
    language: str = ""
    communication: str = ""
    contact: str = ""


class UnableToWelcome(Exception):
    """They cannot be taken in so: by this user, with these facts; `field` names the one to put right."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def welcome_person(
    *, newcomer: Newcomer, said: FirstSaid, is_somebody_else: bool = False, by: User, at: datetime
) -> Person:
    """
    Take somebody new in, with the first conversation, which their assessment goes on from.

    `is_somebody_else`: `by` has looked at those who are alike (`people_like`), and it is none of them.

    :raises UnableToWelcome: `by` takes nobody in for this council, somebody alike is there already, the lead is no
        social worker there, a day cannot be, or the reference or the address is somebody's already.
    """
    council = Council.objects.select_for_update(no_key=True).get(pk=newcomer.council.pk)
    if not by.has_role(*WELCOMING, council_id=council.pk):
        raise UnableToWelcome(f"Only a social worker or a team manager of {council} can take somebody in.")
    if not newcomer.lead.has_role(RoleKind.SOCIAL_WORKER, council_id=council.pk):
        raise UnableToWelcome(
            f"{newcomer.lead} is no social worker of {council}. Choose somebody else.", "lead"
        )
    _check_days(newcomer, said, on=timezone.localdate(at))
    alike = people_like(
        council=council, name=newcomer.name, birth_date=newcomer.birth_date, postcode=newcomer.postcode
    )
    if alike and not is_somebody_else:
        raise UnableToWelcome(
            "Somebody like this is known already. Look whether it is the same person.", "is_somebody_else"
        )
    person = _register(council, newcomer, by=by)
    FirstContact.objects.create(
        person=person,
        contacted_date=said.contacted_date,
        by_whom=said.by_whom.strip(),
        words=said.words.strip(),
        language=said.language.strip(),
        communication=said.communication.strip(),
        contact=said.contact.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    return person


def _check_days(newcomer: Newcomer, said: FirstSaid, *, on: date) -> None:
    born = newcomer.birth_date
    if (born is not None and not on.year - OLDEST_YEARS <= born.year <= on.year) or (born and born > on):
        raise UnableToWelcome("They cannot have been born on that day. Check the year.", "birth_date")
    if said.contacted_date > on:
        raise UnableToWelcome(
            "That day has not come yet. Write the day on which you spoke.", "contacted_date"
        )


def _register(council: Council, newcomer: Newcomer, *, by: User) -> Person:
    ref = newcomer.ref.strip() or _next_ref(council)
    try:
        return register_person(
            council=council,
            ref=ref,
            name=" ".join(newcomer.name.split()),
            birth_date=newcomer.birth_date,
            postcode=newcomer.postcode.strip().upper(),
            user=_account(newcomer, by=by),
            lead_professional=newcomer.lead,
        )
    except UnableToRegister as trouble:
        raise UnableToWelcome(str(trouble), "ref") from trouble


def _account(newcomer: Newcomer, *, by: User) -> User | None:
    """Give the account they sign in with, a new one where that address has none; none where they want none."""
    email = newcomer.email.strip()
    if not email:
        return None
    known = User.objects.filter(email__iexact=email).first()
    if known is None:
        return register_user(email=email, name=" ".join(newcomer.name.split()))
    if known in (by, newcomer.lead) or Person.objects.filter(user=known).exists():
        raise UnableToWelcome("That address belongs to somebody else here. Ask them for their own.", "email")
    return known


def _next_ref(council: Council) -> str:
    """Give the next reference of ours; the council is locked, so nobody else takes it."""
    given = council.people.filter(ref__regex=rf"^{OURS}\d{{5}}$").aggregate(last=Max("ref"))["last"]
    return f"{OURS}{int(given.removeprefix(OURS)) + 1 if given else 1:05}"
