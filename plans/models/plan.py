"""Care and support plans: what matters to a person, what holds if something goes wrong, and how far it has come."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models import Person, Role, RoleKind, User
from sealing.models import SealedTextField, new_id


class PlanKind(models.TextChoices):
    """Whose plan it is: of somebody who draws on care, or of a carer in their own right (Care Act 2014 s25)."""

    ADULT = "adult", _("Care and support plan")
    CARER = "carer", _("Carer’s support plan")


class PlanState(models.TextChoices):
    """How far a plan has come."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for agreement")
    MANAGER = "manager", _("With the team manager")
    PANEL = "panel", _("With the panel")
    AGREED = "agreed", _("Agreed")
    RETURNED = "returned", _("Sent back")


# A plan may be written in only while nobody has to decide on it.
WRITABLE = (PlanState.DRAFT, PlanState.RETURNED)
# What of a plan its person writes themselves.
OWN_WORDS = ("outcomes", "contingency")
# Somebody has to decide on it now.
WAITING = (PlanState.SUBMITTED, PlanState.MANAGER, PlanState.PANEL)


class Advocacy(models.TextChoices):
    """What came of asking whether the person needs somebody to speak up for them (Care Act 2014 s67)."""

    SPEAKS = "speaks", _("They take part well by themselves")
    HAS_SOMEBODY = "somebody", _("Somebody they chose helps them take part")
    ADVOCATE = "advocate", _("An advocate helps them take part")
    ASKED = "asked", _("An advocate is needed and has been asked for")


class Consent(models.TextChoices):
    """Who said yes to the plan."""

    THEIRS = "theirs", _("They said yes themselves")
    ATTORNEY = "attorney", _("Their attorney or deputy said yes")
    BEST_INTERESTS = "best", _("They cannot decide this: it is in their best interests")


class PlanQuerySet(models.QuerySet["Plan"]):
    """Ways to ask for plans."""

    def visible_to(self, user: User | AnonymousUser) -> "PlanQuerySet":
        """Give the plans of the people one may see; a carer's own are theirs, their professional's and managers'."""
        if not isinstance(user, User):
            return self.none()
        people = Person.objects.visible_to(user)
        managed = Role.objects.filter(user=user, kind=RoleKind.MANAGER).values("council")
        return self.filter(
            Q(kind=PlanKind.ADULT, person__in=people)
            | Q(carer=user)
            | Q(kind=PlanKind.CARER, person__in=people.filter(lead_professional=user))
            | Q(kind=PlanKind.CARER, person__council__in=managed)
        )

    def of_adults(self) -> "PlanQuerySet":
        """Only care and support plans, no plans of carers."""
        return self.filter(kind=PlanKind.ADULT)

    def waiting(self) -> "PlanQuerySet":
        """Only those that somebody has to decide on."""
        return self.filter(state__in=WAITING)


class Plan(models.Model):
    """
    A version of a person's care and support plan (Care Act 2014 s25), agreed by their professional.

    A carer's own plan is of `carer`, who cares for `person`, and is not the person's to read.

    `outcomes` is what matters, in the person's own words; `professional_words` is what their professional sees.
    `contingency` says what happens if something goes wrong, `advice` what else can help (s25(1)(f)), `involved` who
    took part (s25(3)), `difference_reason` why the cost is not the indicative budget. `edits` counts what was written
    in it: whoever writes on an older count is told. What was agreed is frozen; `given_at` is when it was given.

    Units: `indicative_weekly_pence` is pence a week, as the allocation stood when the plan was handed in; none: there
    was none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    carer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="carer_plans")
    kind = models.CharField(max_length=10, choices=PlanKind.choices, default=PlanKind.ADULT)
    assessment = models.ForeignKey(
        "plans.Assessment", on_delete=models.PROTECT, null=True, related_name="plans"
    )
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    outcomes = SealedTextField(blank=True)
    professional_words = SealedTextField(blank=True)
    contingency = SealedTextField(blank=True)
    advice = SealedTextField(blank=True)
    involved = SealedTextField(blank=True)
    advocacy = models.CharField(max_length=10, choices=Advocacy.choices, blank=True)
    advocacy_words = SealedTextField(blank=True)
    consent = models.CharField(max_length=10, choices=Consent.choices, blank=True)
    consent_words = SealedTextField(blank=True)
    indicative_weekly_pence = models.BigIntegerField(null=True)
    difference_reason = SealedTextField(blank=True)
    edits = models.PositiveIntegerField(default=0)
    review_due_date = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_loaded = models.BooleanField(default=False)
    return_reason = SealedTextField(blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "carer", "version"],
                nulls_distinct=False,
                name="plans_plan_version_is_one",
            ),
            models.CheckConstraint(
                condition=Q(kind=PlanKind.ADULT, carer__isnull=True)
                | Q(kind=PlanKind.CARER, carer__isnull=False),
                name="plans_plan_names_the_carer_it_is_of",
            ),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plans_plan_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plans_plan_kind_is_known"),
            models.CheckConstraint(
                condition=Q(advocacy__in=["", *Advocacy.values]), name="plans_plan_advocacy_is_known"
            ),
            models.CheckConstraint(
                condition=Q(consent__in=["", *Consent.values]), name="plans_plan_consent_is_known"
            ),
            models.CheckConstraint(
                condition=Q(indicative_weekly_pence__isnull=True) | Q(indicative_weekly_pence__gte=0),
                name="plans_plan_indicative_is_not_below_zero",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.AGREED) | Q(agreed_at__isnull=False),
                name="plans_plan_says_when_it_was_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.AGREED) | Q(agreed_by__isnull=False) | Q(is_loaded=True),
                name="plans_plan_says_who_agreed_it",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.RETURNED) | ~Q(return_reason=""),
                name="plans_plan_says_why_it_was_returned",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | Q(state=PlanState.AGREED, given_by__isnull=False),
                name="plans_plan_is_agreed_before_it_is_given",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.version}"

    @property
    def is_writable(self) -> bool:
        """Whether somebody may still write in it: nobody has to decide on it, and nobody agreed it."""
        return self.state in WRITABLE

    @property
    def whom_it_is_of(self) -> Person | User:
        """Give the adult whose plan it is, or the carer."""
        return self.carer or self.person
