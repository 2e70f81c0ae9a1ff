"""Calls for what a cluster needs, the offers that answer them, and the needs that nobody met."""

from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster, Membership
from ledger.models.fields import CurrentTransaction, TransactionIdField, UuidV7
from people.models import Council, Person, Role, User
from providers.models import Provider, ProviderStaff


class CallState(models.TextChoices):
    """How far a call has come."""

    OPEN = "open", _("Open to offers")
    CHOOSING = "choosing", _("The members are choosing")
    CHOSEN = "chosen", _("An offer was chosen")
    UNMET = "unmet", _("No offer suited")
    WITHDRAWN = "withdrawn", _("Taken back")


class CallQuerySet(models.QuerySet["Call"]):
    """Ways to ask for calls."""

    def visible_to(self, user: User | AnonymousUser) -> "CallQuerySet":
        """Give those of a cluster one (or whom one helps) is in, of one's councils, and open ones to its providers."""
        if not isinstance(user, User):
            return self.none()
        people = Person.objects.visible_to(user)
        own = Membership.objects.filter(person__in=people).in_the_pool().values("cluster")
        employers = ProviderStaff.objects.filter(user=user)
        return self.filter(
            Q(cluster__in=own)
            | Q(council__in=Role.objects.filter(user=user).values("council"))
            | Q(state=CallState.OPEN, council__in=employers.values("provider__council"))
            | Q(offers__provider__in=employers.values("provider"))
        ).distinct()


class Call(models.Model):
    """
    What a cluster asks providers to offer, in the members' words. It names nobody.

    `weekly_units` of `unit` (hours, visits, trips) from `start_date` up to (not including) `end_date`;
    `offers_by_date` is the last day on which offers are taken (inclusive).
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="calls")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="calls")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    words = models.TextField()
    service_code = models.CharField(max_length=40)
    unit = models.CharField(max_length=30)
    weekly_units = models.DecimalField(max_digits=8, decimal_places=2)
    place = models.CharField(max_length=200, blank=True)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    culture_words = models.CharField(max_length=300, blank=True)
    is_regulated = models.BooleanField(default=False)
    start_date = models.DateField()
    end_date = models.DateField()
    offers_by_date = models.DateField()
    state = models.CharField(max_length=10, choices=CallState.choices, default=CallState.OPEN)
    called_at = models.DateTimeField(db_default=Now())
    called_by = models.CharField(max_length=100)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "ref"], name="commissioning_call_ref_is_one_in_a_council"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CallState.values), name="commissioning_call_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="commissioning_call_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(weekly_units__gt=Decimal(0)), name="commissioning_call_asks_for_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_date(self) -> date:
        """The last day it asks for."""
        return self.end_date - timedelta(days=1)


class OfferState(models.TextChoices):
    """What became of an offer."""

    OPEN = "open", "Open"
    WITHDRAWN = "withdrawn", "Taken back"
    CHOSEN = "chosen", "Chosen"
    NOT_CHOSEN = "not_chosen", "Not chosen"


class OfferQuerySet(models.QuerySet["Offer"]):
    """Ways to ask for offers."""

    def visible_to(self, user: User | AnonymousUser) -> "OfferQuerySet":
        """Give those of one's employer, and to calls of a cluster one is in or a council one works for."""
        if not isinstance(user, User):
            return self.none()
        people = Person.objects.visible_to(user)
        own = Membership.objects.filter(person__in=people).in_the_pool().values("cluster")
        return self.filter(
            Q(provider__in=ProviderStaff.objects.filter(user=user).values("provider"))
            | Q(call__cluster__in=own)
            | Q(call__council__in=Role.objects.filter(user=user).values("council"))
        )


class Offer(models.Model):
    """
    What a provider offers for a call: its price by steps of weekly units, its terms in plain words, its notice.

    Never changed once made: a better one is a new offer, and the old one is taken back. `alone_rate_pence` is what
    one person alone would pay for a unit. `not_chosen_words`: what the provider hears if it is not chosen.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="offers")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="offers")
    words = models.TextField()
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    notice_days = models.PositiveSmallIntegerField(default=28)
    one_off_pence = models.BigIntegerField(default=0)
    alone_rate_pence = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)
    decided_at = models.DateTimeField(null=True)
    not_chosen_words = models.TextField(blank=True)
    made_in = TransactionIdField(db_default=CurrentTransaction(), editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "provider"],
                condition=Q(state=OfferState.OPEN),
                name="commissioning_offer_is_open_once_a_provider",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values), name="commissioning_offer_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(notice_days__lte=84, one_off_pence__gte=0, alone_rate_pence__gt=0),
                name="commissioning_offer_terms_make_sense",
            ),
        ]

    def __str__(self) -> str:
        return str(self.provider_id)


class OfferStep(models.Model):
    """The price of a unit, in pence, when at least `from_weekly_units` are bought each week."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="steps")
    from_weekly_units = models.DecimalField(max_digits=8, decimal_places=2)
    unit_rate_pence = models.BigIntegerField()

    class Meta:
        ordering = ["from_weekly_units"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "from_weekly_units"], name="commissioning_offer_step_is_one"
            ),
            models.CheckConstraint(
                condition=Q(from_weekly_units__gte=Decimal(0), unit_rate_pence__gt=0),
                name="commissioning_offer_step_has_a_price",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_rate_pence}p from {self.from_weekly_units}"


class UnmetDemand(models.Model):
    """A need that no offer suited: what, where, how much and why; it feeds the market position statement (s5)."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="unmet_demands")
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="unmet_demand")
    theme = models.CharField(max_length=40)
    place = models.CharField(max_length=200, blank=True)
    weekly_units = models.DecimalField(max_digits=8, decimal_places=2)
    unit = models.CharField(max_length=30)
    offers_count = models.PositiveIntegerField()
    reason = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="commissioning_unmet_demand_says_why")
        ]

    def __str__(self) -> str:
        return self.theme
