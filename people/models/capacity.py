"""Capacity: whether a person can make one decision themselves at one time, and what that was judged by."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models.person import Person
from people.models.user import Role, RoleKind, User
from sealing.models import SealedTextField, new_id


class Matter(models.TextChoices):
    """What a decision is about: capacity is judged for one decision, never in general."""

    DIRECT_PAYMENT = "direct_payment", _("Asking for a direct payment, and looking after it")
    PLAN = "plan", _("What is in the care and support plan")
    POOL = "pool", _("Joining others in a cluster, and leaving it")
    OTHER = "other", _("Another decision")


class Ability(models.TextChoices):
    """What deciding takes. Source: Mental Capacity Act 2005, section 3(1)."""

    UNDERSTAND = "understand", _("understand what the decision is about")
    RETAIN = "retain", _("keep it in mind for long enough")
    WEIGH = "weigh", _("think it through and choose")
    COMMUNICATE = "communicate", _("say or show what they want")


class CapacityOutcome(models.TextChoices):
    """What was found. Without a record everybody is taken to be able to decide (section 1(2))."""

    HAS = "has", _("They can decide this themselves")
    LACKS = "lacks", _("They cannot decide this themselves now")


class CapacityQuerySet(models.QuerySet["CapacityRecord"]):
    """Ways to ask for records of capacity."""

    def standing(self) -> "CapacityQuerySet":
        """Only the newest of each decision."""
        return self.filter(superseded_by__isnull=True)

    def lacking(self) -> "CapacityQuerySet":
        """Only those of decisions that somebody cannot make now."""
        return self.standing().filter(outcome=CapacityOutcome.LACKS)

    def visible_to(self, user: User | AnonymousUser) -> "CapacityQuerySet":
        """Give one's own, those of whom one helps, leads or manages; it is nobody else's business at the council."""
        if not isinstance(user, User):
            return self.none()
        managed = Role.objects.filter(user=user, kind=RoleKind.MANAGER).values("council")
        people = Person.objects.visible_to(user).filter(Q(lead_professional=user) | Q(council__in=managed))
        return self.filter(Q(person__in=Person.objects.own_or_helped(user)) | Q(person__in=people))


class CapacityRecord(models.Model):
    """
    Whether somebody could make a decision on `assessed_date`, with all support: for that decision and that time.

    A lack has its causes: an impairment of the mind or brain (`impairment`), what they cannot do even with support
    (`cannot`), and that the one comes of the other (`because`); an unwise choice alone is none (`is_more_than_unwise`).
    It is looked at again by `look_again_date`. Never edited: a new record takes the place of one (`supersedes`).
    Source: Mental Capacity Act 2005, sections 1 to 3.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="capacity_records")
    matter = models.CharField(max_length=15, choices=Matter.choices)
    decision = SealedTextField(max_length=500)
    outcome = models.CharField(max_length=5, choices=CapacityOutcome.choices)
    support = SealedTextField()
    impairment = SealedTextField(blank=True)
    cannot = ArrayField(models.CharField(max_length=12, choices=Ability.choices), default=list)
    because = SealedTextField(blank=True)
    is_more_than_unwise = models.BooleanField(default=False)
    reasons = SealedTextField()
    assessed_date = models.DateField()
    look_again_date = models.DateField(null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CapacityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(matter__in=Matter.values), name="people_capacity_is_of_a_known_matter"
            ),
            models.CheckConstraint(
                condition=~Q(decision="") & ~Q(support="") & ~Q(reasons=""),
                name="people_capacity_says_for_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(cannot__contained_by=Ability.values), name="people_capacity_names_known_abilities"
            ),
            models.CheckConstraint(
                condition=Q(outcome=CapacityOutcome.HAS, because="")
                | (
                    Q(outcome=CapacityOutcome.LACKS, cannot__len__gt=0, is_more_than_unwise=True)
                    & Q(look_again_date__isnull=False)
                    & ~Q(impairment="")
                    & ~Q(because="")
                ),
                name="people_capacity_lack_has_its_causes",
            ),
            models.CheckConstraint(
                condition=Q(look_again_date__isnull=True) | Q(look_again_date__gt=F("assessed_date")),
                name="people_capacity_is_looked_at_again_later",
            ),
            models.UniqueConstraint(
                fields=["person", "matter"],
                condition=Q(supersedes__isnull=True) & ~Q(matter=Matter.OTHER),
                name="people_capacity_of_a_matter_begins_once",
            ),
        ]

    def __str__(self) -> str:
        return self.decision

    @property
    def is_lack(self) -> bool:
        """Whether they could not decide this."""
        return self.outcome == CapacityOutcome.LACKS

    @property
    def cannot_labels(self) -> list[str]:
        """Say what they cannot do, in the order of the law."""
        return [str(ability.label) for ability in Ability if ability in self.cannot]

    def is_late(self, on: date) -> bool:
        """Whether it should have been looked at again before a day."""
        return self.look_again_date is not None and self.look_again_date < on
