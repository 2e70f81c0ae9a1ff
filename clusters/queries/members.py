"""Who is in a cluster, and who asks to be."""

from clusters.models import Cluster, Membership, MembershipState
from clusters.models.membership import MembershipQuerySet
from people.models import User


def is_in_the_pool(*, user: User, cluster: Cluster) -> bool:
    """Tell whether the user is a member whose money stands in this pool."""
    return Membership.objects.in_the_pool().filter(cluster=cluster, person__user=user).exists()


def asking_to_join(*, user: User) -> MembershipQuerySet:
    """Give who has asked to join the clusters in which this user has a say; never the user themselves."""
    with_a_say = Membership.objects.with_a_say().filter(person__user=user).values("cluster")
    asking = Membership.objects.filter(cluster__in=with_a_say, state=MembershipState.ASKED)
    return asking.exclude(person__user=user).select_related("cluster", "person").order_by("asked_at")
