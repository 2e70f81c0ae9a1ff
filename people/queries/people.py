"""Who may take somebody in, and who is here already."""

from datetime import date

from django.db.models import Q

from people.models import Council, Person, Role, RoleKind, User

WELCOMING = (RoleKind.SOCIAL_WORKER, RoleKind.MANAGER)
LEAST_TELLING = 3  # letters of a word that tells somebody's name from another's
MOST_ALIKE = 10


def welcomes_for(user: User) -> list[Council]:
    """Give the councils for which somebody may take people in: as a social worker or a team manager there."""
    return list(
        Council.objects.filter(roles__user=user, roles__kind__in=WELCOMING).distinct().order_by("name")
    )


def leads_of(council: Council) -> list[User]:
    """Give those who may lead somebody's plan in a council, by name."""
    held = Role.objects.filter(council=council, kind=RoleKind.SOCIAL_WORKER, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("name", "pk"))


def people_like(*, council: Council, name: str, birth_date: date | None, postcode: str = "") -> list[Person]:
    """
    Give those a council knows already who may be the same as somebody new; one query.

    Alike: every word of the name is in theirs, in any order; or the same day of birth, and a word of the name or the
    postcode is the same.
    """
    words = name.split()
    if not words:
        return []
    every, some = Q(), Q()
    for word in words:
        every &= Q(name__icontains=word)
        if len(word) >= LEAST_TELLING:
            some |= Q(name__icontains=word)
    if postcode.strip():
        some |= Q(postcode__iexact=postcode.strip())
    alike = every if birth_date is None or not some else every | (Q(birth_date=birth_date) & some)
    known = Person.objects.filter(alike, council=council).select_related("lead_professional", "council")
    return list(known.order_by("name", "pk")[:MOST_ALIKE])
