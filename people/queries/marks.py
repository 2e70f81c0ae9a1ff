"""From whom somebody's money is kept, and what follows."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from people.models import (
    Authority,
    AuthorityKind,
    Person,
    RoleKind,
    SafeguardingMark,
    SafeguardingMarkQuerySet,
    Scope,
    User,
)
from people.queries.acting import leads

# Who gets a direct payment in a person's place: Care Act 2014, sections 31 and 32.
PAID_FOR_THEM = Q(kind__in=[AuthorityKind.NOMINATED, AuthorityKind.AUTHORISED]) | Q(
    kind=AuthorityKind.ATTORNEY, scopes__contains=[Scope.SPEND]
)


def may_mark(user: User, person: Person) -> bool:
    """Tell whether the user may keep this person's money from somebody: their lead professional, or a manager there."""
    return leads(user, person) or user.has_role(RoleKind.MANAGER, council_id=person.council_id)


def marks_of(*, person: Person, reader: User) -> SafeguardingMarkQuerySet:
    """Give what was marked about a person, as far as the reader may know of it: what stands first, then the newest."""
    marks = SafeguardingMark.objects.visible_to(reader).filter(person=person)
    whole = marks.select_related("kept_from", "marked_by", "ended_by")
    return whole.order_by(F("ended_at").desc(nulls_first=True), "-marked_at")


def told_marks(person: Person) -> SafeguardingMarkQuerySet:
    """Give what stands and is safe for the person to read; for their own eyes, never for a helper's."""
    marks = person.marks.standing().filter(is_safe_to_tell=True)
    told: SafeguardingMarkQuerySet = marks.select_related("kept_from", "marked_by").order_by("marked_at")
    return told


def known_to(*, person: Person, on: date) -> list[User]:
    """Give whoever helps a person on a day, or cares for them, by name; they are asked about first."""
    standing = Q(end_date__isnull=True) | Q(end_date__gt=on)
    helps = person.authorities.filter(standing, withdrawn_at__isnull=True).values("helper")
    cares = person.carer_consents.filter(standing, withdrawn_at__isnull=True).values("carer")
    return list(User.objects.filter(Q(pk__in=helps) | Q(pk__in=cares)).order_by("name", "pk"))


def managers_of(*, person: Person) -> list[User]:
    """Give the team managers of a person's council who keep them safe; none from whom their money is kept."""
    there = User.objects.filter(
        roles__kind=RoleKind.MANAGER, roles__council=person.council_id, is_active=True
    )
    kept_away = person.marks.standing().values("kept_from")
    return list(there.exclude(pk__in=kept_away).order_by("name", "pk"))


def waiting_for_safety(*, people: Collection[UUID], on: date) -> set[UUID]:
    """Give whose direct payment waits: on that day somebody gets it in their place from whom their money is kept."""
    marked = SafeguardingMark.objects.standing().filter(
        person=OuterRef("person"), kept_from=OuterRef("helper")
    )
    paid = Authority.objects.in_force(on=on).filter(PAID_FOR_THEM, Exists(marked), person__in=people)
    return set(paid.values_list("person_id", flat=True))
