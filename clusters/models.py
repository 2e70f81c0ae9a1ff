"""Clusters, their agreements, their members, and what each member pledges."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from budgets.models import Budget, DateRange, FundingStream
from ledger.models import Entry
from ledger.models.fields import UuidV7
from people.models import COUNCIL_WIDE, Council, Person, Role, RoleKind, User
from plans.models import Need, Plan


class ClusterState(models.TextChoices):
    """How far a cluster has come (design section 4)."""

    FORMING = "forming", "Forming"
    AGREED = "agreed", "Agreed"
    ACTIVE = "active", "Active"
    FROZEN = "frozen", "Frozen"
    WINDING_DOWN = "winding_down", "Winding down"
    CLOSED = "closed", "Closed"


class ClusterQuerySet(models.QuerySet["Cluster"]):
    """Ways to ask for clusters."""

    def visible_to(self, user: User | AnonymousUser) -> "ClusterQuerySet":
        """Give the clusters one is a member of, and those of a council one works for, from the inside."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(pk__in=Membership.objects.filter(person__user=user).in_the_pool().values("cluster"))
            | Q(council__in=Role.objects.filter(user=user).values("council"))
        )

    def open_to(self, user: User | AnonymousUser) -> "ClusterQuerySet":
        """Give the clusters somebody could find and ask to join: those of their own council, from outside."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(council__people__user=user) | Q(council__in=Role.objects.filter(user=user).values("council")),
            state__in=[ClusterState.FORMING, ClusterState.AGREED, ClusterState.ACTIVE],
        ).distinct()


class Cluster(models.Model):
    """
    A small group of people who pool budgets and buy care together.

    `name` and `purpose` are public and in the members' own words. `in_common` (faith, disability...) is
    special-category data: shown only inside and to officers who need it.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="clusters")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    area = models.CharField(max_length=100, blank=True)
    in_common = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=ClusterState.choices, default=ClusterState.FORMING)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "ref"], name="clusters_cluster_ref_is_one_in_a_council"),
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


class Agreement(models.Model):
    """A version of the pooling agreement. It binds once its founders have signed; then it never changes."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="agreements")
    version = models.PositiveIntegerField(default=1)
    words = models.TextField(blank=True)
    signed_date = models.DateField(null=True)
    is_loaded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "version"], name="clusters_agreement_version_is_one")
        ]

    def __str__(self) -> str:
        return f"Agreement {self.version}"


class SharingRule(models.TextChoices):
    """How the members share a line of an invoice (design section 2)."""

    BY_USE = "by_use", "Each pays for their own"
    EQUAL = "equal", "Shared equally"
    BY_PLEDGE = "by_pledge", "Shared by what each pledged"


class SharingTerm(models.Model):
    """A term of the agreement: how one service is shared."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="sharing_terms")
    service_code = models.CharField(max_length=40)
    rule = models.CharField(max_length=10, choices=SharingRule.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "service_code"], name="clusters_sharing_term_is_one_a_service"
            ),
            models.CheckConstraint(
                condition=Q(rule__in=SharingRule.values), name="clusters_sharing_term_rule_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_code}: {self.get_rule_display()}"


class MembershipState(models.TextChoices):
    """How far a membership has come (design section 4)."""

    INVITED = "invited", "Invited"
    ASKED = "asked", "Asked to join"
    MEMBERS_AGREED = "members_agreed", "Members have agreed"
    PLAN_AGREED = "plan_agreed", "Professional has agreed"
    ACTIVE = "active", "Member"
    ON_NOTICE = "on_notice", "Leaving"
    LEFT = "left", "Left"
    DECLINED = "declined", "Not agreed"


IN_THE_POOL = (MembershipState.ACTIVE, MembershipState.ON_NOTICE)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Ways to ask for memberships."""

    def in_the_pool(self) -> "MembershipQuerySet":
        """Only members whose money stands in the pool."""
        return self.filter(state__in=IN_THE_POOL)

    def visible_to(self, user: User | AnonymousUser) -> "MembershipQuerySet":
        """Give one's own, those of the people one leads, and all of a council one works for."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(person__user=user)
            | Q(
                person__lead_professional=user,
                cluster__council__in=Role.objects.filter(user=user, kind=RoleKind.SOCIAL_WORKER).values("council"),
            )
            | Q(cluster__council__in=Role.objects.filter(user=user, kind__in=COUNCIL_WIDE).values("council"))
        )


class Membership(models.Model):
    """
    A person's time in a cluster. Never deleted; who comes back gets a new one.

    `joined_date` inclusive, `left_date` exclusive (none: still there); both are empty until they join.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    ref = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=MembershipState.choices)
    asked_at = models.DateTimeField(db_default=Now())
    joined_date = models.DateField(null=True)
    left_date = models.DateField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "ref"], name="clusters_membership_ref_is_one_in_a_cluster"),
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


class Signature(models.Model):
    """A member's own signature under one version of the agreement."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="signatures")
    signed_date = models.DateField()
    signed_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "membership"], name="clusters_agreement_is_signed_once_a_member"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.signed_date}"


class ProposedPledge(models.Model):
    """What somebody who asks to join would put in, by stream, in pence. No money moves yet."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="proposed_pledges")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="+")
    amount_pence = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "stream"], name="clusters_proposed_pledge_is_one_a_stream"
            ),
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="clusters_proposed_pledge_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_pence}p"


class PlanAgreement(models.Model):
    """The professional's agreement, in the person's plan, to one pooling: which need it meets, and why it is safe."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="plan_agreements")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="pooling_agreements")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="+")
    is_agreed = models.BooleanField()
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_loaded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_loaded=True) | Q(decided_by__isnull=False),
                name="clusters_plan_agreement_says_who_decided",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed=True) | ~Q(note=""), name="clusters_plan_agreement_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return "Agreed" if self.is_agreed else "Not agreed"


class Pledge(models.Model):
    """Money a member put into their share of the pool, in pence, from one stream, counting from a day on."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="pledges")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="pledges")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="+")
    amount_pence = models.BigIntegerField()
    effective_date = models.DateField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="clusters_pledge_is_something")
        ]

    def __str__(self) -> str:
        return f"{self.amount_pence}p from {self.effective_date}"
