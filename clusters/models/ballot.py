"""Ballots: each answer of a member, how it came, and those that staff enter for them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models.decision import RollEntry
from ledger.models.fields import UuidV7
from people.models import Authority, User
from sealing.models import SealedTextField, new_id


class BallotChannel(models.TextChoices):
    """How a ballot came."""

    WEB = "web", _("On this website")
    SUPPORTER = "supporter", _("Through a helper")
    PAPER = "paper", _("On paper")
    PHONE = "phone", _("By phone")
    MEETING = "meeting", _("At a meeting")


ENTERED_BY_TWO = (BallotChannel.PAPER, BallotChannel.PHONE, BallotChannel.MEETING)


class Ballot(models.Model):
    """
    One answer of one member. Never changed: a changed mind is a new ballot, and the newest counts.

    `option_ids` are the options chosen: one, or with approval any number. `support` says how somebody who voted
    for the member knew what they want. Ballots on paper, by phone or from a meeting are entered by one member of
    staff (`cast_by`) and again by another (`confirmed_by`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="ballots")
    number = models.PositiveSmallIntegerField()
    option_ids = ArrayField(models.UUIDField())
    reason = models.TextField(blank=True)
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    acted_by = models.CharField(max_length=100)
    channel = models.CharField(max_length=10, choices=BallotChannel.choices)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    support = SealedTextField(blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    receipt = models.CharField(max_length=20, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="clusters_ballot_number_is_one"),
            models.CheckConstraint(
                condition=Q(channel__in=BallotChannel.values), name="clusters_ballot_came_a_known_way"
            ),
            models.CheckConstraint(condition=Q(option_ids__len__gt=0), name="clusters_ballot_says_something"),
            models.CheckConstraint(
                condition=~Q(channel=BallotChannel.SUPPORTER) | ~Q(support=""),
                name="clusters_ballot_says_how_it_was_supported",
            ),
            models.CheckConstraint(
                condition=~Q(channel__in=ENTERED_BY_TWO) | Q(confirmed_by__isnull=False),
                name="clusters_ballot_is_entered_by_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("cast_by")),
                name="clusters_ballot_is_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class PaperBallotState(models.TextChoices):
    """What became of a first entry."""

    WAITING = "waiting", _("Waits for a second person")
    AGREED = "agreed", _("Both say the same")
    DIFFERS = "differs", _("They say different things")


class PaperBallot(models.Model):
    """A ballot as the first member of staff read it; it counts once a second has entered the same."""

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="paper_ballots")
    option_ids = ArrayField(models.UUIDField())
    reason = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=BallotChannel.choices)
    support = SealedTextField(blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=PaperBallotState.choices, default=PaperBallotState.WAITING
    )
    second_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=ENTERED_BY_TWO), name="clusters_paper_ballot_came_by_staff"
            ),
            models.CheckConstraint(
                condition=Q(state=PaperBallotState.WAITING) | Q(second_by__isnull=False),
                name="clusters_paper_ballot_says_who_was_second",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("entered_by")),
                name="clusters_paper_ballot_is_read_by_two",
            ),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state=PaperBallotState.WAITING),
                name="clusters_paper_ballot_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()
