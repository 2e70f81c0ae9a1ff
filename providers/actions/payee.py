"""Where a provider is paid: given by one person, checked with the provider by another."""

from datetime import datetime

from django.db import transaction

from people.models import RoleKind, User
from providers.models import PayeeAccount, Provider
from providers.rules.payee import is_uk_account, plain_digits


class UnableToGiveAccount(Exception):
    """It is no UK account, or somebody else has to give it."""


class UnableToCheckAccount(Exception):
    """Whoever gave the account never checks it; it is checked already, or nobody says how."""


@transaction.atomic
def give_payee_account(
    *, provider: Provider, account_name: str, sort_code: str, account_number: str, by: User, at: datetime
) -> PayeeAccount:
    """
    Give the bank account a provider is to be paid into. Nothing is paid there until somebody else has checked it.

    By the provider's own people, or a finance officer of the council. Spaces and dashes are left out.

    :raises UnableToGiveAccount: see the class.
    """
    is_theirs = provider.staff.filter(user=by).exists()
    if not is_theirs and not by.has_role(RoleKind.FINANCE_OFFICER, council_id=provider.council_id):
        raise UnableToGiveAccount(
            "Only people who work for the provider, or finance officers, can give its account."
        )
    sort_code, account_number = plain_digits(sort_code), plain_digits(account_number)
    if not is_uk_account(sort_code=sort_code, account_number=account_number) or not account_name.strip():
        raise UnableToGiveAccount(
            "A sort code has six digits and an account number eight, and the account has a name. Look at them again."
        )
    return PayeeAccount.objects.create(
        provider=provider,
        account_name=account_name.strip(),
        sort_code=sort_code,
        account_number=account_number,
        given_at=at,
        given_by=by,
    )


@transaction.atomic
def check_payee_account(*, account: PayeeAccount, how: str, by: User, at: datetime) -> PayeeAccount:
    """
    Say that an account is the provider's, and how that was found out: a call to a number known before, say.

    From now on the provider is paid into it. Never by whoever gave it.

    :raises UnableToCheckAccount: see the class.
    """
    account = (
        PayeeAccount.objects.select_for_update(of=["self"], no_key=True)
        .select_related("provider")
        .get(pk=account.pk)
    )
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=account.provider.council_id):
        raise UnableToCheckAccount("Only a finance officer of this council can check bank details.")
    if account.given_by_id == by.pk:
        raise UnableToCheckAccount("You gave this account, so somebody else has to check it.")
    if account.checked_at is not None:
        raise UnableToCheckAccount("This account is checked already.")
    if not how.strip():
        raise UnableToCheckAccount(
            "Say how you checked it: whom you asked, and on which number you knew before."
        )
    account.checked_at, account.checked_by, account.how_checked = at, by, how
    account.save(update_fields=["checked_at", "checked_by", "how_checked"])
    return account
