"""Resource allocation systems: a council's questions, the points of their answers, and what points are worth."""

from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models import Council, Role, RoleKind, User
from plans.rules.kinds import words_for
from plans.rules.outcomes import OUTCOMES, Outcome, outcome_of


class RasKind(models.TextChoices):
    """Whose needs a version asks about."""

    ADULT = "adult", _("An adult who needs care and support")
    CARER = "carer", _("A carer")


class RasState(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", "Being written"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "No longer used"


class RasMethod(models.TextChoices):
    """How points become pounds."""

    BANDS = "bands", "Bands: all points together find a weekly amount"
    PRICE_BOOK = "price_book", "Price book: each point is one unit of a kind of help"


class RasVersionQuerySet(models.QuerySet["RasVersion"]):
    """Ways to ask for versions."""

    def visible_to(self, user: User | AnonymousUser) -> "RasVersionQuerySet":
        """Give those of the councils one works for; of others' drafts nothing."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(council__in=Role.objects.filter(user=user).values("council"))

    def editable_by(self, user: User | AnonymousUser) -> "RasVersionQuerySet":
        """Give those of the councils one administers."""
        if not isinstance(user, User):
            return self.none()
        administered = Role.objects.filter(user=user, kind=RoleKind.ADMINISTRATOR)
        return self.filter(council__in=administered.values("council"))


class RasVersion(models.Model):
    """
    One version of a council's resource allocation system (RAS). Once published it is frozen: a change is a new one.

    New assessments use the newest one from its `effective_date` on; `until_date` (not included) is set when it is
    retired. Unpaid care: each hour a week that a carer consents to takes `unpaid_hour_pence` a week off, in all at most
    `unpaid_most_percent` of the amount. A professional may move the amount by up to `moderation_percent`, with a
    reason. A final budget within `tolerance_percent` of the indicative one needs no explanation.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="ras_versions")
    kind = models.CharField(max_length=10, choices=RasKind.choices)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    notes = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=RasState.choices, default=RasState.DRAFT)
    method = models.CharField(max_length=10, choices=RasMethod.choices, default=RasMethod.BANDS)
    tolerance_percent = models.PositiveSmallIntegerField(default=10)
    moderation_percent = models.PositiveSmallIntegerField(default=10)
    unpaid_hour_pence = models.PositiveIntegerField(default=0)
    unpaid_most_percent = models.PositiveSmallIntegerField(default=0)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")
    effective_date = models.DateField(null=True)
    until_date = models.DateField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=100, blank=True)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=100, blank=True)

    objects = RasVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "kind", "number"], name="plans_ras_number_is_one_of_its_kind"
            ),
            models.UniqueConstraint(
                fields=["council", "kind", "effective_date"], name="plans_ras_begins_alone_on_its_day"
            ),
            models.UniqueConstraint(
                fields=["council", "kind"],
                condition=Q(state=RasState.DRAFT),
                name="plans_ras_is_written_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(kind__in=RasKind.values), name="plans_ras_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(state__in=RasState.values), name="plans_ras_state_is_known"),
            models.CheckConstraint(
                condition=Q(method__in=RasMethod.values), name="plans_ras_method_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    tolerance_percent__lte=100, moderation_percent__lte=100, unpaid_most_percent__lte=100
                ),
                name="plans_ras_percents_are_parts_of_a_hundred",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=RasState.DRAFT,
                    effective_date__isnull=True,
                    published_at__isnull=True,
                    published_by="",
                )
                | (
                    ~Q(state=RasState.DRAFT)
                    & Q(effective_date__isnull=False, published_at__isnull=False)
                    & ~Q(published_by="")
                ),
                name="plans_ras_says_who_published_it_and_from_when",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(state=RasState.RETIRED)
                    & Q(until_date__isnull=True, retired_at__isnull=True, retired_by="")
                )
                | (
                    Q(state=RasState.RETIRED, until_date__isnull=False, retired_at__isnull=False)
                    & ~Q(retired_by="")
                ),
                name="plans_ras_says_who_retired_it_and_when",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("effective_date")),
                name="plans_ras_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == RasState.DRAFT


class PriceItem(models.Model):
    """
    What one unit of a kind of help costs, for a version's price book. Units: pence for one unit (hour, meal, trip).

    `kind` is a code of `plans.rules.kinds`. A plan's services are held against these prices to see that a budget
    is enough.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    version = models.ForeignKey(RasVersion, on_delete=models.PROTECT, related_name="prices")
    kind = models.CharField(max_length=40)
    unit = models.CharField(max_length=40)
    unit_pence = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="plans_priceitem_is_one_of_its_kind"),
            models.CheckConstraint(condition=Q(unit_pence__gt=0), name="plans_priceitem_costs_something"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """Say what kind of help it is, in the language in use."""
        return words_for(self.kind)


class RasQuestion(models.Model):
    """
    One question of a version, under an outcome of the regulations.

    `origin` stays the same in every copy, so that a past answer is known again under a newer version. `price`: with a
    price book, what one point buys a week; without it, the question counts for no money.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    version = models.ForeignKey(RasVersion, on_delete=models.PROTECT, related_name="questions")
    origin = models.UUIDField(default=uuid4)
    outcome = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    easy_words = models.CharField(max_length=500)
    help_words = models.TextField(blank=True)
    price = models.ForeignKey(PriceItem, on_delete=models.PROTECT, null=True, related_name="questions")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "origin"], name="plans_rasquestion_is_asked_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.code for outcome in OUTCOMES]),
                name="plans_rasquestion_is_of_a_known_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(easy_words=""), name="plans_rasquestion_asks_in_both_words"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def of_outcome(self) -> Outcome:
        """Give the outcome it asks about, with its words."""
        return outcome_of(self.outcome)


class RasOption(models.Model):
    """One answer to a question, and its points. `origin` stays the same in every copy."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    question = models.ForeignKey(RasQuestion, on_delete=models.PROTECT, related_name="options")
    origin = models.UUIDField(default=uuid4)
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    easy_words = models.CharField(max_length=300)
    points = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["question", "origin"], name="plans_rasoption_is_offered_once"),
            models.CheckConstraint(condition=Q(points__lte=1000), name="plans_rasoption_points_are_few"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(easy_words=""), name="plans_rasoption_speaks_in_both_words"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class RasBand(models.Model):
    """From so many points on: so much a week, up to the next band. Units: points, pence a week."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    version = models.ForeignKey(RasVersion, on_delete=models.PROTECT, related_name="bands")
    from_points = models.PositiveIntegerField()
    weekly_pence = models.PositiveIntegerField()

    class Meta:
        ordering = ["from_points"]
        constraints = [
            models.UniqueConstraint(fields=["version", "from_points"], name="plans_rasband_begins_once")
        ]

    def __str__(self) -> str:
        return f"from {self.from_points} points"
