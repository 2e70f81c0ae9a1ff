"""Decisions: a question put to the members, who may answer it, each ballot, and the one act it unlocks."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from clusters.models.membership import Membership
from clusters.rules import may_show_counts
from ledger.models.fields import CurrentTransaction, TransactionIdField, UuidV7
from people.models import Authority, Person, Role, User


class DecisionKind(models.TextChoices):
    """What a passed decision unlocks (design section 4)."""

    ADMIT = "admit", "Somebody joins"
    REMOVE = "remove", "Somebody has to leave"
    CHANGE_AGREEMENT = "change_agreement", "The agreement changes"
    CHOOSE_OFFER = "choose_offer", "Choose an offer"
    VARY_CONTRACT = "vary_contract", "Change what we buy"
    END_CONTRACT = "end_contract", "End a contract"
    SPEND_RESERVE = "spend_reserve", "Spend the reserve"
    WIND_DOWN = "wind_down", "Close the cluster"


# Decisions that move money: a leaver's ballot in one of these is void.
ABOUT_MONEY = (
    DecisionKind.CHOOSE_OFFER,
    DecisionKind.VARY_CONTRACT,
    DecisionKind.END_CONTRACT,
    DecisionKind.SPEND_RESERVE,
    DecisionKind.WIND_DOWN,
)

# Decisions about a membership or a version of the agreement always say which.
ABOUT_SOMETHING = (DecisionKind.ADMIT, DecisionKind.REMOVE, DecisionKind.CHANGE_AGREEMENT)


class Method(models.TextChoices):
    """How the answers are counted (design section 4)."""

    CONSENT = "consent", "Nobody objects with a reason"
    MAJORITY = "majority", "More say yes than no"
    TWO_THIRDS = "two_thirds", "Two thirds say yes"
    UNANIMITY = "unanimity", "Everybody who pays says yes"
    APPROVAL = "approval", "The option most people are happy with"


class DecisionState(models.TextChoices):
    """How far a decision has come."""

    OPEN = "open", "Open"
    PASSED = "passed", "Agreed"
    NOT_PASSED = "not_passed", "Not agreed"
    STOPPED = "stopped", "Stopped"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Ways to ask for decisions."""

    def visible_to(self, user: User | AnonymousUser) -> "DecisionQuerySet":
        """Give those on whose roll one (or whom one helps) stands, of clusters one is in, and of one's councils."""
        if not isinstance(user, User):
            return self.none()
        people = Person.objects.visible_to(user)
        own = Membership.objects.filter(person__in=people).current()
        councils = Role.objects.filter(user=user).values("council")
        return self.filter(
            Q(pk__in=RollEntry.objects.filter(membership__person__in=people).values("decision"))
            | Q(cluster__in=own.in_the_pool().values("cluster"))
            | Q(cluster__council__in=councils)
        )

    def open(self) -> "DecisionQuerySet":
        """Only those one can still vote on."""
        return self.filter(state=DecisionState.OPEN)


class Decision(models.Model):
    """
    A question put to the members. Its roll and its options are frozen in the transaction that opens it.

    It passes when enough have voted (ballots x `quorum_of` >= roll x `quorum_votes`), at least two said yes, and
    its method agrees; a tie does not pass. `subject_id` is what it is about: a membership, an agreement, a call or
    a contract. `closes_at` is exclusive: a ballot counts before that moment.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    question = models.CharField(max_length=300)
    why = models.TextField(blank=True)
    method = models.CharField(max_length=12, choices=Method.choices)
    quorum_votes = models.PositiveSmallIntegerField(default=1)
    quorum_of = models.PositiveSmallIntegerField(default=2)
    is_secret = models.BooleanField(default=False)
    subject_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=100)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=DecisionState.choices, default=DecisionState.OPEN)
    closed_at = models.DateTimeField(null=True)
    winner = models.ForeignKey("clusters.Option", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True)
    counts = models.JSONField(null=True)
    made_in = TransactionIdField(db_default=CurrentTransaction(), editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DecisionKind.values), name="clusters_decision_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(method__in=Method.values), name="clusters_decision_method_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DecisionState.values), name="clusters_decision_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="clusters_decision_gives_time_to_vote"
            ),
            models.CheckConstraint(
                condition=Q(quorum_votes__gt=0, quorum_of__gte=F("quorum_votes")),
                name="clusters_decision_quorum_is_a_part",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.OPEN, closed_at__isnull=True)
                | (~Q(state=DecisionState.OPEN) & Q(closed_at__isnull=False)),
                name="clusters_decision_says_when_it_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DecisionState.PASSED, DecisionState.NOT_PASSED])
                | Q(closed_at__gte=F("closes_at")),
                name="clusters_decision_is_open_to_the_end",
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.PASSED, winner__isnull=False)
                | (~Q(state=DecisionState.PASSED) & Q(winner__isnull=True)),
                name="clusters_decision_says_what_was_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=ABOUT_SOMETHING) | Q(subject_id__isnull=False),
                name="clusters_decision_says_what_it_is_about",
            ),
            models.UniqueConstraint(
                fields=["cluster", "kind", "subject_id"],
                condition=Q(state=DecisionState.OPEN),
                nulls_distinct=False,
                name="clusters_decision_is_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_about_money(self) -> bool:
        """Whether it moves money, so that who leaves has no say in it any more."""
        return self.kind in ABOUT_MONEY

    @property
    def shown_counts(self) -> dict[str, Any] | None:
        """The figures of its count, where they tell nothing of who voted how; show these, never `counts`."""
        counts: dict[str, Any] | None = self.counts
        if counts is None or not may_show_counts(is_secret=self.is_secret, roll=counts["roll"]):
            return None
        return counts


class CountsAs(models.TextChoices):
    """What choosing an option means to the count."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure"
    OPTION = "option", "This one"


class Option(models.Model):
    """
    One answer: its label, what it would mean, a prompt to think with, and a picture. Frozen with its decision.

    `offer_id` and `provider_id` say which offer it chooses and whose that is. `withdrawn_at`: the offer was taken
    back while the decision was open, so the option cannot win any more.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    meaning = models.TextField(blank=True)
    prompt = models.CharField(max_length=300, blank=True)
    picture = models.CharField(max_length=30, blank=True)
    counts_as = models.CharField(max_length=10, choices=CountsAs.choices)
    offer_id = models.UUIDField(null=True)
    provider_id = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="clusters_option_number_is_one"),
            models.CheckConstraint(
                condition=Q(counts_as__in=CountsAs.values), name="clusters_option_counts_as_something_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class RollEntry(models.Model):
    """A member who may vote on a decision; `is_payer`: they had money in the pool when it was opened."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="roll")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="roll_entries")
    is_payer = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "membership"], name="clusters_roll_names_a_member_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.membership_id)


class BallotChannel(models.TextChoices):
    """How a ballot came."""

    WEB = "web", "On this website"
    SUPPORTER = "supporter", "Through a helper"
    PAPER = "paper", "On paper"
    PHONE = "phone", "By phone"
    MEETING = "meeting", "At a meeting"


ENTERED_BY_TWO = (BallotChannel.PAPER, BallotChannel.PHONE, BallotChannel.MEETING)


class Ballot(models.Model):
    """
    One answer of one member. Never changed: a changed mind is a new ballot, and the newest counts.

    `option_ids` are the options chosen: one, or with approval any number. `support` says how somebody who voted
    for the member knew what they want. Ballots on paper, by phone or from a meeting are entered by one member of
    staff (`cast_by`) and again by another (`confirmed_by`).
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="ballots")
    number = models.PositiveSmallIntegerField()
    option_ids = ArrayField(models.UUIDField())
    reason = models.TextField(blank=True)
    cast_at = models.DateTimeField()
    cast_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    acted_by = models.CharField(max_length=100)
    channel = models.CharField(max_length=10, choices=BallotChannel.choices)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="+")
    support = models.TextField(blank=True)
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

    WAITING = "waiting", "Waits for a second person"
    AGREED = "agreed", "Both say the same"
    DIFFERS = "differs", "They say different things"


class PaperBallot(models.Model):
    """A ballot as the first member of staff read it; it counts once a second has entered the same."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    entry = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="paper_ballots")
    option_ids = ArrayField(models.UUIDField())
    reason = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=BallotChannel.choices)
    support = models.TextField(blank=True)
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


class DecisionUse(models.Model):
    """The one act that a passed decision unlocked. There is at most one, and it is never taken back."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="use")
    act = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True)
    used_at = models.DateTimeField(db_default=Now())
    used_by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.act
