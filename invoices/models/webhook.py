"""Webhooks: where a provider's systems are told what happened, what they were told, and how each try went."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from people.models import User
from providers.models import Provider


class WebhookEvent(models.TextChoices):
    """What a system can be told of."""

    INVOICE_ACCEPTED = "invoice.accepted", "An invoice or credit note is accepted"
    INVOICE_HELD = "invoice.held", "A line of one is held"
    INVOICE_REJECTED = "invoice.rejected", "One is rejected"
    HOLD_ANSWERED = "hold.answered", "A held line is answered"
    PAYMENT_SENT = "payment.sent", "A payment is sent to the bank"
    PAYMENT_PAID = "payment.paid", "A payment is paid"
    PAYMENT_RETURNED = "payment.returned", "A payment came back"


TEST_EVENT = "webhook.test"


class Endpoint(models.Model):
    """
    Where a provider's system listens, and to what.

    `is_sandbox`: it hears of what is practised, and of nothing else. `places`: how far the feed of changes has been
    passed on to it, by kind of change.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="endpoints")
    url = models.CharField(max_length=500)
    events = ArrayField(models.CharField(max_length=30))
    is_sandbox = models.BooleanField(default=False)
    places = models.JSONField(default=dict)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(events__len__gt=0, events__contained_by=WebhookEvent.values),
                name="invoices_endpoint_hears_something_known",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removed_by=""),
                name="invoices_endpoint_says_who_removed_it",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def event_labels(self) -> list[str]:
        """Say what it hears of, in the order in which it is asked."""
        return [str(event.label) for event in WebhookEvent if event in self.events]


class EndpointSecret(models.Model):
    """What messages to an endpoint are signed with, locked. An older one still signs until `ends_at`."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="secrets")
    locked = models.TextField()
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)
    ends_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"made {self.made_at}"


class DeliveryState(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting", "On its way"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Not delivered"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Ways to ask for messages."""

    def visible_to(self, user: User) -> "DeliveryQuerySet":
        """Give those to systems of one's employer."""
        return self.filter(endpoint__provider__staff__user=user)


class Delivery(models.Model):
    """
    One message to one endpoint: an event, the body as it is sent letter for letter, and how far it has come.

    `digest` says what it told of its object, so that the same is not told twice in a row. `next_at`: when it is tried
    next, while it waits. `tries`: how often it was begun since it was last asked for.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=30)
    object_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    body = models.TextField()
    made_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    begun = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(event__in=[*WebhookEvent.values, TEST_EVENT]),
                name="invoices_delivery_tells_something_known",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, next_at__isnull=False, delivered_at__isnull=True)
                | Q(state=DeliveryState.DELIVERED, delivered_at__isnull=False, next_at__isnull=True)
                | Q(state=DeliveryState.FAILED, next_at__isnull=True),
                name="invoices_delivery_says_how_far_it_is",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=10), name="invoices_delivery_is_tried_ten_times_at_most"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(state=DeliveryState.WAITING),
                name="invoices_delivery_waiting",
            ),
            models.Index(fields=["endpoint", "object_id", "id"], name="invoices_delivery_told"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"


class DeliveryAttempt(models.Model):
    """One try to deliver a message: what the other side answered, or why there was no answer."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    tried_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.status or self.problem)
