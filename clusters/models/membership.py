"""Memberships: a person's time in a cluster."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from budgets.models import DateRange
from ledger.models.fields import UuidV7
from people.models import COUNCIL_WIDE, Person, Role, RoleKind, User


class MembershipState(models.TextChoices):
    """How far a membership has come (design section 4)."""

    INVITED = "invited", _("Invited")
    ASKED = "asked", _("Asked to join")
    MEMBERS_AGREED = "members_agreed", _("Members have agreed")
    PLAN_AGREED = "plan_agreed", _("Professional has agreed")
    ACTIVE = "active", _("Member")
    ON_NOTICE = "on_notice", pgettext_lazy("membership", "Leaving")
    LEFT = "left", pgettext_lazy("membership", "Left")
    DECLINED = "declined", _("Not agreed")


IN_THE_POOL = (MembershipState.ACTIVE, MembershipState.ON_NOTICE)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Ways to ask for memberships."""

    def in_the_pool(self) -> "MembershipQuerySet":
        """Only members whose money stands in the pool."""
        return self.filter(state__in=IN_THE_POOL)

    def with_a_say(self) -> "MembershipQuerySet":
        """Only those who say who else may join: members, and while a cluster forms those who found it."""
        founders = Q(state__in=[MembershipState.MEMBERS_AGREED, MembershipState.PLAN_AGREED])
        return self.filter(
            Q(state=MembershipState.ACTIVE) | (founders & Q(cluster__state__in=["forming", "agreed"]))
        )

    def current(self) -> "MembershipQuerySet":
        """Only those that are asked for or last, not those that ended or were never agreed."""
        return self.exclude(state__in=[MembershipState.LEFT, MembershipState.DECLINED])

    def visible_to(self, user: User | AnonymousUser) -> "MembershipQuerySet":
        """Give one's own and those of whom one helps, of the people one leads, and all of a council one works for."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(person__in=Person.objects.own_or_helped(user))
            | Q(
                person__lead_professional=user,
                cluster__council__in=Role.objects.filter(user=user, kind=RoleKind.SOCIAL_WORKER).values(
                    "council"
                ),
            )
            | Q(cluster__council__in=Role.objects.filter(user=user, kind__in=COUNCIL_WIDE).values("council"))
        )


class Membership(models.Model):
    """
    A person's time in a cluster. Never deleted; who comes back gets a new one.

    `joined_date` inclusive, `left_date` exclusive (none: still there); both are empty until they join.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    ref = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=MembershipState.choices)
    asked_at = models.DateTimeField(db_default=Now())
    joined_date = models.DateField(null=True)
    left_date = models.DateField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "ref"], name="clusters_membership_ref_is_one_in_a_cluster"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MembershipState.values), name="clusters_membership_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(left_date__isnull=True) | Q(left_date__gte=F("joined_date")),
                name="clusters_membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*IN_THE_POOL, MembershipState.LEFT]) | Q(joined_date__isnull=False),
                name="clusters_membership_says_when_they_joined",
            ),
            ExclusionConstraint(
                name="clusters_membership_never_overlaps_another",
                expressions=[
                    (DateRange("joined_date", "left_date"), RangeOperators.OVERLAPS),
                    ("cluster", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                ],
                condition=Q(joined_date__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["cluster", "person"],
                condition=Q(state__in=["invited", "asked", "members_agreed", "plan_agreed"]),
                name="clusters_membership_is_asked_for_once",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class MembershipEvent(models.Model):
    """A change in a membership: from which state to which, who, when and why."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, choices=MembershipState.choices)
    happened_at = models.DateTimeField(db_default=Now())
    acted_by = models.CharField(max_length=100)
    reason = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"
