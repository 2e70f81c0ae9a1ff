"""Providers, the regulator's directory they appear in, and the systems that post for them."""

from collections.abc import Collection

from allauth.idp.oidc.models import Client
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from people.models import Council, Role, User
from sealing.models import SealedTextField, new_id


class CqcLocation(models.Model):
    """A place the Care Quality Commission regulates. Source: CQC care directory with ratings (OGL)."""

    location_id = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=300)
    is_care_home = models.BooleanField()
    location_type = models.CharField(max_length=100)
    inspection_category = models.CharField(max_length=200, blank=True)
    street_address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    local_authority = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    cqc_provider_id = models.CharField(max_length=30)
    cqc_provider_name = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class CqcRating(models.Model):
    """
    What the regulator said of one location, for one group of people and one question, on one day.

    Findings of services that are not rated ("Not applicable") come without a day.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    location = models.ForeignKey(CqcLocation, on_delete=models.PROTECT, related_name="ratings")
    population_group = models.CharField(max_length=200)
    domain = models.CharField(max_length=50)
    rating = models.CharField(max_length=50)
    publication_date = models.DateField(null=True)
    report_type = models.CharField(max_length=50, blank=True)
    is_inherited = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["location", "population_group", "domain", "publication_date", "report_type"],
                nulls_distinct=False,
                name="providers_rating_is_given_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.domain}: {self.rating}"


class ProviderQuerySet(models.QuerySet["Provider"]):
    """Ways to ask for providers."""

    def visible_to(self, user: User | AnonymousUser) -> "ProviderQuerySet":
        """Give the providers of the councils one works for, and one's own employer."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(council__in=Role.objects.filter(user=user).values("council"))
            | Q(pk__in=ProviderStaff.objects.filter(user=user).values("provider"))
        )


class Provider(models.Model):
    """
    Somebody who delivers care under contract with a council.

    `words`, `area`, `languages` and `service_codes` are what it says of itself; calls that fit are found by them.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="providers")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    legal_form = models.CharField(max_length=100, blank=True)
    cqc_location_id = models.CharField(max_length=30, blank=True)
    words = models.TextField(blank=True)
    area = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    service_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "ref"], name="providers_provider_ref_is_one_in_a_council"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProviderStaff(models.Model):
    """A user who works for a provider."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="employments")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="staff")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "provider"], name="providers_staff_member_is_named_once")
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class PayeeAccount(models.Model):
    """
    The bank account a provider is paid into. It counts once somebody else has checked it with the provider.

    Changed details are the commonest way to steal a payment, so whoever gave them never checks them. Never changed: new
    details are a new row, and the newest checked one counts. `sort_code` six digits, `account_number` eight.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="payee_accounts")
    account_name = SealedTextField(max_length=70)
    sort_code = SealedTextField(max_length=6)
    account_number = SealedTextField(max_length=8)
    given_at = models.DateTimeField(db_default=Now())
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    how_checked = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(sort_code="") & ~Q(account_number="") & ~Q(account_name=""),
                name="providers_payee_account_can_be_paid_into",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True, how_checked="")
                | (Q(checked_at__isnull=False) & ~Q(how_checked="") & ~Q(checked_by=models.F("given_by"))),
                name="providers_payee_account_is_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.sort_code[:2]}-{self.sort_code[2:4]}-{self.sort_code[4:]} ****{self.account_number[-4:]}"
        )


class KeyScope(models.TextChoices):
    """What a provider's system may do with a key."""

    CONTRACTS_READ = "contracts:read", "Read contracts, their services, and members’ references"
    INVOICES_READ = "invoices:read", "Read invoices, held lines and what became of them"
    INVOICES_WRITE = "invoices:write", "Send invoices and credit notes, and answer held lines"
    VISITS_READ = "visits:read", "Read records of visits"
    VISITS_WRITE = "visits:write", "Send records of visits"
    PAYMENTS_READ = "payments:read", "Read payments and what they are for"


class SystemKey(models.Model):
    """
    A provider's system that speaks to the API: which it is, what it may do, and whether it only practises.

    How it shows who it is, its `credentials` say. A key with `is_sandbox` opens a copy to practise on and never the
    council's books. What a key may do never changes: for more, there is another key.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="system_keys")
    name = models.CharField(max_length=100)
    scopes = ArrayField(models.CharField(max_length=30))
    is_sandbox = models.BooleanField(default=False)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=100, blank=True)

    # What the access token in use was asked for, which may be less than the key allows; none: everything.
    granted: Collection[str] | None = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_by=""),
                name="providers_key_says_who_took_it_back",
            ),
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0, scopes__contained_by=KeyScope.values),
                name="providers_key_allows_something_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Say who acts, for the books and the logs, without a name."""
        return f"key:{self.pk}"

    @property
    def is_authenticated(self) -> bool:
        """Tell the API that somebody stands behind this request."""
        return True

    @property
    def scope_labels(self) -> list[str]:
        """Say what the key allows, in the order in which it is asked."""
        return [str(scope.label) for scope in KeyScope if scope in self.scopes]

    def allows(self, scope: str) -> bool:
        """Tell whether the key, and the access token in use, allow something."""
        return scope in self.scopes and (self.granted is None or scope in self.granted)


class KeyCredential(models.Model):
    """
    What a system shows for its key: a client id and secret (OAuth2), of which only a hash is kept.

    A key that is rotated has two for a while: the older one ends at `ends_at`. Keys made before there was OAuth2 had a
    token that lasts (`token_hash`, its SHA-256); it opens until the key is rotated or taken back.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    key = models.ForeignKey(SystemKey, on_delete=models.PROTECT, related_name="credentials")
    client = models.OneToOneField(Client, on_delete=models.PROTECT, null=True, related_name="credential")
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)
    ends_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(client__isnull=False, token_hash__isnull=True)
                | Q(client__isnull=True, token_hash__isnull=False),
                name="providers_credential_is_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | ~Q(ended_by=""),
                name="providers_credential_says_who_ended_it",
            ),
        ]

    def __str__(self) -> str:
        return self.client_id or "a token that lasts"


class Sandbox(models.Model):
    """
    What a provider's systems practise on: a council made up from its running contracts (ADR 18). The newest counts.

    In it everything is as in the real council and works the same, but its book is another and its money is made up.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="sandboxes")
    practice = models.OneToOneField(Provider, on_delete=models.PROTECT, related_name="practises_for")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(practice=models.F("provider")), name="providers_sandbox_is_not_the_real_thing"
            )
        ]

    def __str__(self) -> str:
        return f"made {self.made_at}"


class EthicalAnswer(models.Model):
    """
    A provider's answer to one item of the ethical commissioning test (care rules 7), with its evidence.

    It counts once somebody of the council has checked it (`checked_by`), up to `expiry_date` (exclusive). Never
    changed: a new answer is a new row, and the newest of an item counts.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="ethical_answers")
    item = models.CharField(max_length=40)
    is_met = models.BooleanField()
    evidence = models.TextField()
    answered_at = models.DateTimeField(db_default=Now())
    answered_by = models.CharField(max_length=100)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_accepted = models.BooleanField(null=True)
    expiry_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="providers_answer_rests_on_something"),
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False, expiry_date__isnull=False),
                name="providers_answer_says_who_checked_it",
            ),
        ]

    def __str__(self) -> str:
        return self.item
