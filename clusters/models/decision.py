"""Decisions: a question put to the members, who may answer it, its answers, and the one act it unlocks."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from clusters.models.membership import Membership
from clusters.rules import Count, Why, may_show_counts, outcome_words
from clusters.rules.again import said_again
from ledger.models.fields import CurrentTransaction, TransactionIdField, UuidV7
from people.models import Person, Role, User


class DecisionKind(models.TextChoices):
    """What a passed decision unlocks (design section 4)."""

    ADMIT = "admit", _("Somebody joins")
    REMOVE = "remove", _("Somebody has to leave")
    CHANGE_AGREEMENT = "change_agreement", _("The agreement changes")
    CHOOSE_OFFER = "choose_offer", _("Choose an offer")
    VARY_CONTRACT = "vary_contract", _("Change what we buy")
    END_CONTRACT = "end_contract", _("End a contract")
    SPEND_RESERVE = "spend_reserve", _("Spend the reserve")
    WIND_DOWN = "wind_down", _("Close the cluster")


# Decisions that move money: a leaver's ballot in one of these is void.
ABOUT_MONEY = (
    DecisionKind.CHOOSE_OFFER,
    DecisionKind.VARY_CONTRACT,
    DecisionKind.END_CONTRACT,
    DecisionKind.SPEND_RESERVE,
    DecisionKind.WIND_DOWN,
)

# Questions that a member puts in their own words; every other is put into words by us.
ASKED_BY_MEMBERS = (DecisionKind.REMOVE, DecisionKind.WIND_DOWN)

# Decisions about a membership or a version of the agreement always say which.
ABOUT_SOMETHING = (DecisionKind.ADMIT, DecisionKind.REMOVE, DecisionKind.CHANGE_AGREEMENT)


class Method(models.TextChoices):
    """How the answers are counted (design section 4)."""

    CONSENT = "consent", _("Nobody objects with a reason")
    MAJORITY = "majority", _("More say yes than no")
    TWO_THIRDS = "two_thirds", _("Two thirds say yes")
    UNANIMITY = "unanimity", _("Everybody who pays says yes")
    APPROVAL = "approval", _("The option most people are happy with")


class DecisionState(models.TextChoices):
    """How far a decision has come."""

    OPEN = "open", _("Open")
    PASSED = "passed", _("Agreed")
    NOT_PASSED = "not_passed", _("Not agreed")
    STOPPED = "stopped", _("Stopped")


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
    def question_words(self) -> str:
        """Its question in the language in use, where we put it into words; else as it was put."""
        return self.question if self.kind in ASKED_BY_MEMBERS else said_again(self.question)

    @property
    def why_words(self) -> str:
        """Why it is asked, in the language in use where nobody wrote it; else in the words of who did."""
        return said_again(self.why) if self.kind == DecisionKind.ADMIT else self.why

    @property
    def outcome_words(self) -> str:
        """What came of it, in the language in use: from its count, or, where that does not say it, as kept."""
        is_among_options = self.method == Method.APPROVAL
        if self.counts is None or (is_among_options and self.winner_id):
            return said_again(self.outcome)
        return outcome_words(
            _count_in(self.counts, winner=self.winner_id),
            chosen="",
            is_among_options=is_among_options,
            quorum=(self.quorum_votes, self.quorum_of),
            shown=may_show_counts(is_secret=self.is_secret, roll=self.counts["roll"]),
        )

    @property
    def shown_counts(self) -> dict[str, Any] | None:
        """The figures of its count, where they tell nothing of who voted how; show these, never `counts`."""
        counts: dict[str, Any] | None = self.counts
        if counts is None or not may_show_counts(is_secret=self.is_secret, roll=counts["roll"]):
            return None
        return counts


def _count_in(counts: dict[str, Any], *, winner: UUID | None) -> Count:
    """Read a count as the database keeps it."""
    for_choice = {UUID(option): votes for option, votes in counts["for_choice"].items()}
    return Count(**counts | {"for_choice": for_choice, "winner": winner, "why": Why(counts["why"])})


class CountsAs(models.TextChoices):
    """What choosing an option means to the count."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Not sure")
    OPTION = "option", _("This one")


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

    @property
    def label_words(self) -> str:
        """Its label in the language in use; the name of a provider stays as it is."""
        return self.label if self.counts_as == CountsAs.OPTION else said_again(self.label)

    @property
    def meaning_words(self) -> str:
        """What it would mean, in the language in use where it is a sentence of ours."""
        return said_again(self.meaning)

    @property
    def prompt_words(self) -> str:
        """Its prompt in the language in use."""
        return said_again(self.prompt)


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
