"""What a person can decide themselves, what was decided for them, and whose business that is."""

from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from people.models import (
    Authority,
    AuthorityKind,
    CapacityQuerySet,
    CapacityRecord,
    Person,
    PersonQuerySet,
    Role,
    RoleKind,
    User,
)
from people.queries import leads
from plans.models import BestInterest, CapacityChallenge


def may_judge(user: User, person: Person) -> bool:
    """Tell whether the user writes down what a person can decide: their lead professional, or a manager there."""
    return leads(user, person) or user.has_role(RoleKind.MANAGER, council_id=person.council_id)


def people_to_judge(user: User) -> PersonQuerySet:
    """Give the people whose records of capacity somebody may read: themselves, those they help, lead or manage."""
    managed = Role.objects.filter(user=user, kind=RoleKind.MANAGER).values("council")
    theirs = Q(lead_professional=user) | Q(council__in=managed)
    people: PersonQuerySet = Person.objects.visible_to(user).filter(
        Q(pk__in=Person.objects.own_or_helped(user)) | theirs
    )
    return people.select_related("lead_professional", "council")


def capacity_of(*, person: Person) -> CapacityQuerySet:
    """Give every record of a person's capacity, what stands first, with what rests on it; four queries."""
    rests = (
        Authority.objects.filter(withdrawn_at__isnull=True).select_related("helper").order_by("start_date")
    )
    records: CapacityQuerySet = CapacityRecord.objects.filter(person=person)
    return (
        records.select_related("recorded_by", "superseded_by")
        .prefetch_related(
            Prefetch(
                "best_interests",
                queryset=BestInterest.objects.select_related("decided_by").order_by("-decided_date", "-pk"),
            ),
            Prefetch(
                "challenges",
                queryset=CapacityChallenge.objects.select_related("answered_by").order_by("made_at"),
            ),
            Prefetch("authorities", queryset=rests),
        )
        .order_by(F("superseded_by__recorded_at").desc(nulls_first=True), "-assessed_date", "-recorded_at")
    )


def who_decides(*, person: Person, on: date) -> QuerySet[Authority]:
    """
    Give attorneys, deputies and authorised persons of a day: they are asked before anything is decided for somebody.

    Nobody from whom the person's money is kept: that they were left out would tell of it.
    """
    kinds = [AuthorityKind.ATTORNEY, AuthorityKind.AUTHORISED]
    holding = Authority.objects.in_force(on=on).unmarked().filter(person=person, kind__in=kinds)
    return holding.select_related("helper").order_by("helper__name", "pk")


def challenges_of(*, user: User) -> QuerySet[CapacityChallenge]:
    """Give what somebody does not agree with, of the people whose capacity the user writes down."""
    managed = Role.objects.filter(user=user, kind=RoleKind.MANAGER).values("council")
    people = Person.objects.visible_to(user).filter(Q(lead_professional=user) | Q(council__in=managed))
    return CapacityChallenge.objects.filter(capacity__person__in=people).select_related(
        "capacity__person__lead_professional", "capacity__person__council", "answered_by"
    )
