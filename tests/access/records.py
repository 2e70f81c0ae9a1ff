"""Whose record an address shows: found from the address itself, from the page, and from whom one acts for."""

from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model

from people.models import Person, User
from tests.access.rows import Row
from tests.access.world import World

# By these an object belongs to one person. Others (who wrote it, which cluster it is in) say nothing of whose it is.
OWNED_BY = {
    *(
        "person",
        "membership",
        "entry__membership",
        "plan",
        "assessment",
        "indicative",
        "financial",
        "authority",
    ),
    *("statement", "consent", "challenge", "budget", "allocation"),
}
# Here one sees nothing of the person one acts for: what begins so is one's own, or everybody's.
NOT_THEIRS = ("account_", "mfa_", "usersessions", "styles", "people:acting-for", "plans:caring")
# Addresses on which a name stands, and no more of a record than that. Whoever opens one of those named is written down.
ONLY_NAMES = {
    "styles": "the names are made up",
    "people:acting-for": "whom one may act for, before one does",
    "budgets:payments": "a list of payments that are due; opening a person is written down",
    "budgets:challenges": "a list of who is owed an answer by when; opening one is written down",
    "people:post": "a list of letters to post; opening one is written down",
    "plans:caring": "for whom one's own care is counted",
    "reports:my-people": "a list of the people one leads",
    "reports:my-money": "who asks the members to join, and waits for their answer",
    "reports:my-care": "who asks the members to join, in the words of the vote",
    "reports:our-cluster": "who asks the members to join",
    "clusters:beginning": "who asks the founders to join",
    "clusters:admit": "who asks the founders to join, with what they said to them",
    "clusters:founded": "who founds it together",
    "clusters:decisions": "who asks the members to join",
    "clusters:decision": "who put the question",
    "clusters:papers": "the roll of those who may vote, as the law of a vote asks; opening a ballot is written down",
}


def owner_of(value: Any) -> Person | None:
    """Whose the object is that has this id; nobody's where it is of no one person."""
    if not isinstance(value, UUID):
        return None
    for model in owned_models():
        if model._meta.pk.get_internal_type() != "UUIDField":
            continue
        found = model._default_manager.filter(pk=value).first()
        if found is not None:
            return _owner(found)
    return None


@cache
def owned_models() -> tuple[type[Model], ...]:
    """Every kind of object that belongs to one person, and the person."""
    return (Person, *(model for model in apps.get_models() if _ways(model)))


def _ways(model: type[Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.name in OWNED_BY
    ]


def _owner(found: Model) -> Person | None:
    if isinstance(found, Person):
        return found
    for way in _ways(type(found)):
        one = getattr(found, way)
        if one is not None:
            return _owner(one)
    return None


def unwritten(world: World, row: Row, user: User, *, content: str, helped: Person | None) -> set[str]:
    """
    Give of whose record it is not written down that the user looked at it just now.

    A page shows somebody's record where its address is about them, where they are named on it, and where one acts for
    them.
    """
    if row.is_open or row.name.startswith(NOT_THEIRS):
        return set()
    values = [] if row.name in ONLY_NAMES else row.args(world)
    looked_at = [person for value in values if (person := owner_of(value)) is not None]
    if helped is not None:
        looked_at.append(helped)
    written = set(Person.objects.filter(readings__reader=user)) | set(Person.objects.filter(user=user))
    unnamed = {str(person) for person in looked_at if person not in written}
    if row.name in ONLY_NAMES:
        return unnamed
    names = set(Person.objects.filter(council=world.here.council).values_list("name", flat=True))
    return unnamed | ({name for name in names if name in content} - {str(person) for person in written})
