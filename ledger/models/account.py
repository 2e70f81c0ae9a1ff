"""Accounts: where money is says what is happening to it."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.lookups import Exact, IsNull


class AccountKind(models.TextChoices):
    """What is happening to the money that stands here."""

    FUNDING = "funding", "Council funding"
    BUDGET = "budget", "Personal budget"
    POOL_SHARE = "pool_share", "Share of a pool"
    COMMITTED = "committed", "Committed to a contract"
    PAYABLE = "payable", "Owed to a provider"
    BANK = "bank", "Bank"
    DIRECT_PAYMENT = "direct_payment", "Direct-payment account"
    SAVINGS = "savings", "Savings"
    COMMUNITY_FUND = "community_fund", "Community fund"
    PROJECT_PAYABLE = "project_payable", "Owed to a project"
    ENTERPRISE_FUND = "enterprise_fund", "Enterprise fund"
    ADVANCE = "advance", "Start-up advance"


GUARDED_KINDS = (
    AccountKind.BUDGET,
    AccountKind.POOL_SHARE,
    AccountKind.COMMITTED,
    AccountKind.SAVINGS,
    AccountKind.COMMUNITY_FUND,
)


class IsOfItsKind(models.Func):
    """Whether there is such a kind, and it carries a balance or does not, as the account does."""

    function = "ledger_account_is_of_its_kind"
    output_field = models.BooleanField()
    arity = 2


class AccountQuerySet(models.QuerySet["Account"]):
    """Ways to ask for accounts."""

    def guarded(self) -> "AccountQuerySet":
        """Only accounts that carry a balance and can never go below zero."""
        return self.filter(balance_pence__isnull=False)


class Account(models.Model):
    """
    Money of one owner and funding stream in one place.

    `owner_id` is whose it is (a budget, a membership, a provider, a council), `earmark_id` what it is set
    aside for, where it is (a contract). The id is worked out from these (`ledger.rules.account_id`), so an
    account can be named without looking it up and a changed owner shows.

    Guarded kinds carry `balance_pence`, kept by PostgreSQL alone and never below zero, and `move_count`, how
    many transfers touched them. The others are summed when they are read, so no row is hot.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    book = models.ForeignKey(
        "ledger.Book", on_delete=models.PROTECT, related_name="accounts", db_index=False
    )  # a unique key below begins with it
    kind = models.CharField(max_length=20, choices=AccountKind.choices)
    owner_id = models.UUIDField()
    earmark_id = models.UUIDField(null=True)
    stream = models.CharField(max_length=30)
    balance_pence = models.BigIntegerField(null=True)
    move_count = models.BigIntegerField(db_default=0)

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "owner_id", "kind", "stream", "earmark_id"],
                nulls_distinct=False,
                name="ledger_account_stands_once",
            ),
            models.CheckConstraint(
                condition=IsOfItsKind(F("kind"), IsNull(F("balance_pence"), rhs=False)),
                name="ledger_account_is_guarded_by_kind",
            ),
            models.CheckConstraint(
                condition=Q(balance_pence__isnull=True) | Q(balance_pence__gte=0),
                name="ledger_account_is_not_overdrawn",
            ),
            models.CheckConstraint(
                condition=Exact(
                    Exact(F("kind"), Value(AccountKind.COMMITTED.value)), IsNull(F("earmark_id"), rhs=False)
                ),
                name="ledger_account_earmarks_what_is_committed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.stream})"
