"""Asking a direct payment back: with notice, reasons, a way to disagree, and never before the notice has run."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.budget import Budget, FundingStream
from ledger.models import Entry
from ledger.models.fields import UuidV7
from people.models import Person, User
from sealing.models import SealedTextField, new_id


class RecoveryState(models.TextChoices):
    """How far asking money back has come."""

    NOTICED = "noticed", _("You have been told")
    DISPUTED = "disputed", _("You disagree: nothing is taken back until this is answered")
    WITHDRAWN = "withdrawn", _("Nothing is taken back")
    TAKEN = "taken", _("Taken back")


class Afford(models.TextChoices):
    """Whether somebody can pay money back without going short."""

    YES = "yes", _("Yes, I can")
    PARTS = "parts", _("Only in parts, or only some of it")
    NO = "no", _("No, I would go short")


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    """Ways to ask for what is asked back."""

    def visible_to(self, user: User | AnonymousUser) -> "RecoveryQuerySet":
        """Give what is asked back of the people one may see."""
        return self.filter(person__in=Person.objects.visible_to(user))


class Recovery(models.Model):
    """
    Money of a direct payment that the council asks back into a budget: how much at most, why, and from when on.

    Nothing moves before `earliest_date`, while a dispute is open, or before the council has said how it `considered`
    whether the person can afford it. Units: pence. Written once; each step is added once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recoveries")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="recoveries")
    stream = models.ForeignKey(FundingStream, on_delete=models.PROTECT, related_name="+")
    amount_pence = models.BigIntegerField()
    reason = SealedTextField()
    state = models.CharField(max_length=10, choices=RecoveryState.choices, default=RecoveryState.NOTICED)
    noticed_date = models.DateField()
    noticed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    earliest_date = models.DateField()
    afford = models.CharField(max_length=5, choices=Afford.choices, blank=True)
    afford_words = SealedTextField(blank=True)
    dispute_words = SealedTextField(blank=True)
    answer_words = SealedTextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    considered = SealedTextField(blank=True)
    taken_pence = models.BigIntegerField(null=True)
    taken_date = models.DateField(null=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0) & ~Q(reason=""), name="budgets_recovery_says_how_much_and_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RecoveryState.values), name="budgets_recovery_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(afford__in=["", *Afford.values]), name="budgets_recovery_afford_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=RecoveryState.DISPUTED) | ~Q(dispute_words=""),
                name="budgets_recovery_dispute_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecoveryState.TAKEN)
                | (
                    Q(
                        taken_pence__gt=0,
                        taken_pence__lte=F("amount_pence"),
                        taken_date__gte=F("earliest_date"),
                    )
                    & Q(taken_by__isnull=False, entry__isnull=False)
                    & ~Q(considered="")
                ),
                name="budgets_recovery_is_taken_after_its_notice",
            ),
            models.UniqueConstraint(
                fields=["person", "stream"],
                condition=Q(state__in=["noticed", "disputed"]),
                name="budgets_recovery_is_open_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())
