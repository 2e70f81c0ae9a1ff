"""Clusters: a small group of people who pool budgets, and what happens in its life."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models.membership import Membership
from ledger.models.fields import UuidV7
from people.models import Council, Person, Role, User
from sealing.models import SealedTextField, new_id


class ClusterState(models.TextChoices):
    """How far a cluster has come (design section 4)."""

    FORMING = "forming", _("Forming")
    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("Active")
    FROZEN = "frozen", _("Frozen")
    WINDING_DOWN = "winding_down", _("Winding down")
    CLOSED = "closed", _("Closed")


class ClusterPolicy(models.Model):
    """How small and how large a council lets its clusters be, from a day on, and where it says so."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="cluster_policies")
    effective_date = models.DateField()
    least_members = models.PositiveIntegerField()
    most_members = models.PositiveIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "effective_date"], name="clusters_policy_is_one_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(least_members__gte=2, most_members__gte=F("least_members")),
                name="clusters_policy_leaves_room_for_a_cluster",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.least_members} to {self.most_members} members"


class ClusterQuerySet(models.QuerySet["Cluster"]):
    """Ways to ask for clusters."""

    def visible_to(self, user: User | AnonymousUser) -> "ClusterQuerySet":
        """Give the clusters one or somebody one helps is a member of, and those of a council one works for."""
        if not isinstance(user, User):
            return self.none()
        people = Person.objects.own_or_helped(user)
        return self.filter(
            Q(pk__in=Membership.objects.filter(person__in=people).in_the_pool().values("cluster"))
            | Q(council__in=Role.objects.filter(user=user).values("council"))
        )

    def open_to(self, user: User | AnonymousUser) -> "ClusterQuerySet":
        """Give the clusters somebody could find and ask to join: those of their own council, from outside."""
        if not isinstance(user, User):
            return self.none()
        here = Person.objects.own_or_helped(user).looked_after(on=timezone.localdate())
        return self.taking().filter(
            Q(council__in=here.values("council"))
            | Q(council__in=Role.objects.filter(user=user).values("council"))
        )

    def taking(self) -> "ClusterQuerySet":
        """Only those that take people, which anybody may see from outside. None that are there to practise on."""
        taking = [ClusterState.FORMING, ClusterState.AGREED, ClusterState.ACTIVE]
        return self.filter(state__in=taking, council__is_practice=False)


class Cluster(models.Model):
    """
    A small group of people who pool budgets and buy care together.

    `name` and `purpose` are public and in the members' own words. `in_common` (faith, disability...) is
    special-category data: shown only inside and to officers who need it. `hoped_members`: how many they would like
    to be in the end (none: they did not say).
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="clusters")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    area = models.CharField(max_length=100, blank=True)
    in_common = SealedTextField(max_length=200, blank=True)
    hoped_members = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=20, choices=ClusterState.choices, default=ClusterState.FORMING)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "ref"], name="clusters_cluster_ref_is_one_in_a_council"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ClusterState.values), name="clusters_cluster_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClusterEvent(models.Model):
    """A change in the life of a cluster: from which state to which, who, when and why."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, choices=ClusterState.choices)
    happened_at = models.DateTimeField(db_default=Now())
    acted_by = models.CharField(max_length=100)
    reason = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"
