"""Who is in a cluster, and who asks to be."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from clusters.models import Cluster, ClusterState, Membership, MembershipState
from clusters.models.membership import MembershipQuerySet
from commonpurse.asked_often import AskedOften
from people.models import Person, Scope, User
from people.queries import acting_label

WITH_A_PART = (
    MembershipState.MEMBERS_AGREED,
    MembershipState.PLAN_AGREED,
    MembershipState.ACTIVE,
    MembershipState.ON_NOTICE,
)


def is_in_the_pool(*, user: User, cluster: Cluster) -> bool:
    """Tell whether the user, or somebody they help, is a member whose money stands in this pool."""
    people = Person.objects.own_or_helped(user)
    return Membership.objects.in_the_pool().filter(cluster=cluster, person__in=people).exists()


def asking_to_join(*, person: Person | None) -> MembershipQuerySet:
    """Give who waits for a founder's word in the forming clusters where this person has a say; never themselves."""
    with_a_say = Membership.objects.with_a_say().filter(person=person).values("cluster")
    asking = Membership.objects.filter(
        cluster__in=with_a_say, cluster__state=ClusterState.FORMING, state=MembershipState.ASKED
    )
    return asking.exclude(person=person).select_related("cluster", "person").order_by("asked_at")


def with_a_part(*, cluster: Cluster) -> MembershipQuerySet:
    """Give those who may sign: members, those who are leaving, and those who wait for their first day."""
    return _whole(Membership.objects.filter(cluster=cluster, state__in=WITH_A_PART))


def with_a_part_or_asking(*, cluster: Cluster) -> MembershipQuerySet:
    """Give those who may sign, and those who ask to join."""
    return _whole(Membership.objects.filter(cluster=cluster, state__in=[*WITH_A_PART, MembershipState.ASKED]))


def _whole(found: MembershipQuerySet) -> MembershipQuerySet:
    return found.select_related("cluster__council", "person__council", "person__user").order_by("ref")


def part_label(*, cluster: Cluster, by: User, scope: Scope, at: datetime) -> str | None:
    """Say under which name somebody acts in a cluster: as one who has a part in it, or for one; else none."""
    on = timezone.localdate(at)
    members = sorted(with_a_part(cluster=cluster), key=lambda member: member.person.user_id != by.pk)
    labels = (acting_label(by, member.person, scope=scope, on=on) for member in members)
    return next((label for label in labels if label), None)


NEWEST_TIME = AskedOften(
    lambda cluster, person: (
        Membership.objects.filter(cluster=cluster, person=person, joined_date__isnull=False)
        .select_related("cluster__council", "person__lead_professional")
        .order_by("-joined_date", "-pk")[:1]
    ),
    cluster="uuid",
    person="uuid",
)


def newest_time_in(*, cluster: UUID, person: Person) -> Membership | None:
    """Give somebody's newest time in a cluster, with its council and their professional; none for a stranger."""
    return next(iter(NEWEST_TIME(cluster=cluster, person=person.pk)), None)
