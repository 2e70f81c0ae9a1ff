"""Assessments: what matters to somebody, what they and their professional answered, and what it comes to."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models import CarerConsent, Person, User
from plans.models.plan import Advocacy
from plans.models.ras import RasKind, RasOption, RasQuestion, RasVersion
from sealing.models import SealedTextField, new_id


class AssessmentState(models.TextChoices):
    """How far an assessment has come."""

    OPEN = "open", _("Being written")
    FINISHED = "finished", _("Finished")
    REOPENED = "reopened", _("Open again")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Ways to ask for assessments."""

    def visible_to(self, user: User | AnonymousUser) -> "AssessmentQuerySet":
        """Give those of the people one may see, but of carers only one's own and those one's people's carers have."""
        if not isinstance(user, User):
            return self.none()
        people = Person.objects.visible_to(user)
        led = Person.objects.filter(lead_professional=user, pk__in=people.values("pk"))
        return self.filter(
            Q(kind=RasKind.ADULT, person__in=people) | Q(carer=user) | Q(kind=RasKind.CARER, person__in=led)
        )

    def answered_by(self, user: User | AnonymousUser) -> "AssessmentQuerySet":
        """Give those in which one may answer for oneself or for somebody one helps; the action looks up how far."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(kind=RasKind.ADULT, person__in=Person.objects.own_or_helped(user)) | Q(carer=user)
        )

    def written(self) -> "AssessmentQuerySet":
        """Only those that are being written, for the first time or again."""
        return self.exclude(state=AssessmentState.FINISHED)


class Assessment(models.Model):
    """
    An assessment of an adult's needs (Care Act 2014 s9), or of what caring for them does to `carer` (s10).

    The first conversation is part of it: what matters, and what is asked once and carried over from the last one.
    `edits` numbers its edits (`Edit`). Open again, it is looked at by `again_by_date`. Eligibility: the needs come from
    a condition or illness, and not achieving outcomes has a significant impact (regulations 2014); written when it is
    finished.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    carer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="carer_assessments")
    kind = models.CharField(max_length=10, choices=RasKind.choices)
    version = models.ForeignKey(RasVersion, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(max_length=10, choices=AssessmentState.choices, default=AssessmentState.OPEN)
    what_matters = SealedTextField(blank=True)
    language = SealedTextField(max_length=200, blank=True)
    communication = SealedTextField(max_length=500, blank=True)
    contact = SealedTextField(max_length=500, blank=True)
    advocacy = models.CharField(max_length=10, choices=Advocacy.choices, blank=True)
    capacity_doubt = SealedTextField(blank=True)
    started_date = models.DateField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edits = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    is_from_condition = models.BooleanField(null=True)
    has_impact = models.BooleanField(null=True)
    is_eligible = models.BooleanField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopen_reason = SealedTextField(blank=True)
    again_by_date = models.DateField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AssessmentState.values), name="plans_assessment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=RasKind.ADULT, carer__isnull=True)
                | Q(kind=RasKind.CARER, carer__isnull=False),
                name="plans_assessment_names_the_carer_it_is_of",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.FINISHED)
                | Q(finished_at__isnull=False, finished_by__isnull=False, is_eligible__isnull=False),
                name="plans_assessment_says_who_finished_it",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.REOPENED)
                | (Q(reopened_at__isnull=False, again_by_date__isnull=False) & ~Q(reopen_reason="")),
                name="plans_assessment_says_why_it_is_open_again",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "carer"],
                condition=~Q(state=AssessmentState.FINISHED),
                nulls_distinct=False,
                name="plans_assessment_is_written_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.started_date}"

    @property
    def is_written(self) -> bool:
        """Whether answers can still be written in it."""
        return self.state != AssessmentState.FINISHED

    @property
    def whom_it_is_of(self) -> Person | User:
        """Give the adult whose needs it is about, or the carer."""
        return self.carer or self.person


class ByWhom(models.TextChoices):
    """Whose answer it is."""

    OWN = "own", _("Their own answer")
    PROFESSIONAL = "professional", _("The professional's answer")


class Answer(models.Model):
    """
    One answer to one question: the person's (or the carer's) own, or the professional's, side by side.

    `recorded_by`: the professional who wrote down what the person said; none where they wrote it themselves.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(RasQuestion, on_delete=models.PROTECT, related_name="answers")
    by_whom = models.CharField(max_length=15, choices=ByWhom.choices)
    option = models.ForeignKey(RasOption, on_delete=models.PROTECT, null=True, related_name="answers")
    words = SealedTextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "by_whom"], name="plans_answer_is_one_of_each"
            ),
            models.CheckConstraint(condition=Q(by_whom__in=ByWhom.values), name="plans_answer_is_somebodys"),
        ]

    def __str__(self) -> str:
        return self.words or str(self.option or "")


class WhyWorkedOut(models.TextChoices):
    """Why an indicative budget was worked out."""

    FINISHED = "finished", _("The assessment was finished")
    CHALLENGE = "challenge", _("You did not agree, and an answer was changed")
    CONSENT = "consent", _("A carer took back what they had agreed to")


class IndicativeBudget(models.Model):
    """
    What an assessment comes to: the estimate up front, before the plan. Pence a week; never changed, only followed.

    `allocated_pence` is what the points are worth, line by line; `unpaid_care_pence` is taken off for `unpaid_hours`
    of care that carers consent to (`UnpaidCare`); `moderation_pence` is what the professional moved it by, with a
    reason. The newest is the current one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="indicatives")
    version = models.ForeignKey(RasVersion, on_delete=models.PROTECT, related_name="indicatives")
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=10, choices=WhyWorkedOut.choices)
    points = models.PositiveIntegerField()
    allocated_pence = models.PositiveIntegerField()
    unpaid_hours = models.PositiveSmallIntegerField(default=0)
    unpaid_care_pence = models.PositiveIntegerField(default=0)
    moderation_pence = models.IntegerField(default=0)
    moderation_reason = SealedTextField(blank=True)
    weekly_pence = models.PositiveIntegerField()
    worked_out_date = models.DateField()
    is_current = models.BooleanField(default=True)
    shown_at = models.DateTimeField()
    shown_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="plans_indicative_number_is_one"),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(is_current=True),
                name="plans_indicative_is_current_once_an_assessment",
            ),
            models.CheckConstraint(
                condition=Q(
                    weekly_pence=F("allocated_pence") - F("unpaid_care_pence") + F("moderation_pence")
                ),
                name="plans_indicative_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(moderation_pence=0) | ~Q(moderation_reason=""),
                name="plans_indicative_says_why_it_was_moved",
            ),
            models.CheckConstraint(
                condition=Q(unpaid_care_pence=0) | Q(unpaid_hours__gt=0),
                name="plans_indicative_takes_off_for_hours_only",
            ),
        ]

    def __str__(self) -> str:
        return f"Indicative budget {self.number}"


class IndicativeLine(models.Model):
    """
    One line of an indicative budget: a question, the answer that counts, its points and its pence a week.

    `own_option` is what the person answered themselves, beside it; none where they did not.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    indicative = models.ForeignKey(IndicativeBudget, on_delete=models.PROTECT, related_name="lines")
    question = models.ForeignKey(RasQuestion, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    option = models.ForeignKey(RasOption, on_delete=models.PROTECT, related_name="lines")
    own_option = models.ForeignKey(RasOption, on_delete=models.PROTECT, null=True, related_name="own_lines")
    points = models.PositiveIntegerField()
    weekly_pence = models.IntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicative", "question"], name="plans_indicativeline_is_one_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.points} points"

    @property
    def differs(self) -> bool:
        """Whether the person answered something else than what counts."""
        return self.own_option_id is not None and self.own_option_id != self.option_id


class UnpaidCare(models.Model):
    """What a reduction for unpaid care rests on: a carer's consent, and the hours a week of it that are counted."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    indicative = models.ForeignKey(IndicativeBudget, on_delete=models.PROTECT, related_name="unpaid_care")
    consent = models.ForeignKey(CarerConsent, on_delete=models.PROTECT, related_name="counted_in")
    hours_weekly = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicative", "consent"], name="plans_unpaidcare_counts_once"),
            models.CheckConstraint(condition=Q(hours_weekly__gt=0), name="plans_unpaidcare_counts_something"),
        ]

    def __str__(self) -> str:
        return f"{self.hours_weekly} hours a week"
