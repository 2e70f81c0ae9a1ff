"""What people do with direct payments: what they spent, with receipts; what they ask first; and payments to family."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models import Person, User
from people.rules.files import KINDS
from plans.models import Need, Plan
from sealing.models import SealedTextField, new_id


class OfPeopleQuerySet(models.QuerySet["Spend"]):
    """Ways to ask for what was spent."""

    def visible_to(self, user: User | AnonymousUser) -> "OfPeopleQuerySet":
        """Give what the people one may see have spent."""
        return self.filter(person__in=Person.objects.visible_to(user))

    def standing(self) -> "OfPeopleQuerySet":
        """Only what was not taken back as written by mistake."""
        return self.filter(taken_back_at__isnull=True)


class FamilyNecessity(models.Model):
    """
    The council found it necessary that somebody pays close family in the same household for their care.

    From `start_date` up to (not including) `end_date`; only ended, once, with the reason. Without one in force no such
    payment is written down. Source: the Care and Support (Direct Payments) Regulations 2014, regulation 3.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="family_necessities")
    payee = SealedTextField(max_length=200)
    relation = SealedTextField(max_length=100)
    reason = SealedTextField()
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    end_reason = SealedTextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(payee="") & ~Q(relation="") & ~Q(reason=""), name="budgets_necessity_says_why"
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gt=F("start_date")),
                name="budgets_necessity_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, end_date__isnull=False)
                & ~Q(end_reason=""),
                name="budgets_necessity_says_why_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} ({self.relation})"

    @property
    def last_date(self) -> date | None:
        """The last day they may be paid for; none where it goes on until it is ended."""
        return self.end_date - timedelta(days=1) if self.end_date else None


class Spend(models.Model):
    """
    What somebody spent of their direct payment, in pence, as they wrote it down, with the receipt if there is one.

    `family`: the necessity under which it went to close family in the same household. Written once; afterwards the
    council says that it has seen it, or whoever wrote it takes it back. `path` is where the receipt lies below
    MEDIA_ROOT.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="spends")
    spent_date = models.DateField()
    amount_pence = models.BigIntegerField()
    what = SealedTextField(max_length=300)
    paid_to = SealedTextField(max_length=200)
    is_family = models.BooleanField(default=False)
    family = models.ForeignKey(FamilyNecessity, on_delete=models.PROTECT, null=True, related_name="spends")
    name = SealedTextField(max_length=200, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=100)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=100, blank=True)

    objects = OfPeopleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="budgets_spend_is_something"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(paid_to=""), name="budgets_spend_says_for_what"
            ),
            models.CheckConstraint(
                condition=Q(is_family=False, family__isnull=True) | Q(is_family=True, family__isnull=False),
                name="budgets_spend_on_family_was_found_necessary",
            ),
            models.CheckConstraint(
                condition=Q(path="") | Q(media_type__in=KINDS), name="budgets_receipt_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True) | Q(seen_by__isnull=False),
                name="budgets_spend_says_who_saw_it",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class SpendAnswer(models.TextChoices):
    """What became of a question whether money may go to something."""

    PLAN = "plan", _("Yes: the plan says so")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class SpendQuestion(models.Model):
    """
    “Can I spend it on this?”: which need, what, and how much in pence; and the answer with its reasons, kept.

    Where the plan names it already, that is the answer, at once. Written once and answered once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="spend_questions")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="spend_questions")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, related_name="spend_questions")
    what = SealedTextField(max_length=300)
    amount_pence = models.BigIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=100)
    answer = models.CharField(max_length=5, choices=SpendAnswer.choices, blank=True)
    words = SealedTextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0) & ~Q(what=""), name="budgets_question_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer=SpendAnswer.PLAN, need__isnull=False, answered_at__isnull=False)
                | (
                    Q(answer__in=[SpendAnswer.YES, SpendAnswer.NO])
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(words="")
                ),
                name="budgets_answer_says_why_and_who",
            ),
        ]

    def __str__(self) -> str:
        return self.what
