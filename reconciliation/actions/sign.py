"""Signing a month, and withdrawing a signature before it is closed."""

from datetime import date, datetime

from django.db import transaction

from people.models import RoleKind, User
from reconciliation.models import MonthEnd, MonthEndEvent, MonthEndState
from reconciliation.queries import news_of


class UnableToSign(Exception):
    """The certificate does not hold, something arrived since, the month is not over, or it is not for the user."""


@transaction.atomic
def sign(*, month_end: MonthEnd, by: User, on: date, at: datetime) -> MonthEnd:
    """
    Sign that a month is right. It does not change after that.

    :raises UnableToSign: see the class.
    """
    stands = _locked(month_end, by)
    if stands.is_final:
        raise UnableToSign(f"{stands} is signed already.")
    if stands.end_date > on:
        raise UnableToSign(f"{stands} is not over yet. You can sign it from {stands.end_date:%-d %B %Y}.")
    if stands.job is None or not stands.job.is_finished:
        raise UnableToSign(f"{stands} is being counted. Wait until that is done, then sign.")
    if stands.state != MonthEndState.CLEAN:
        raise UnableToSign(
            f"Not everything in {stands} agrees yet. Look at what was found, then reconcile again."
        )
    changed = len(news_of(stands).clusters)
    if changed:
        raise UnableToSign(
            f"Something new has arrived in {changed} cluster{'' if changed == 1 else 's'} since {stands} was counted. "
            "Reconcile it again, then sign."
        )
    stands.state, stands.signed_by, stands.signed_at = MonthEndState.SIGNED, by, at
    stands.save(update_fields=["state", "signed_by", "signed_at"])
    MonthEndEvent.objects.create(month_end=stands, words="Signed", acted_by=by.label)
    return stands


@transaction.atomic
def withdraw_signature(*, month_end: MonthEnd, reason: str, by: User) -> MonthEnd:
    """
    Take a signature back, with the reason, so that the month can be counted again. Only before it is closed.

    :raises UnableToSign: the month is not signed, or is closed; no reason was given; or it is not for the user.
    """
    stands = _locked(month_end, by)
    if stands.state != MonthEndState.SIGNED:
        raise UnableToSign(f"{stands} carries no signature that can be withdrawn.")
    if not reason.strip():
        raise UnableToSign("Please say why the signature is withdrawn.")
    stands.state, stands.signed_by, stands.signed_at = MonthEndState.CLEAN, None, None
    stands.save(update_fields=["state", "signed_by", "signed_at"])
    MonthEndEvent.objects.create(
        month_end=stands, words=f"Signature withdrawn: {reason.strip()}"[:500], acted_by=by.label
    )
    return stands


def _locked(month_end: MonthEnd, by: User) -> MonthEnd:
    stands = (
        MonthEnd.objects.select_for_update(of=["self"]).select_related("council", "job").get(pk=month_end.pk)
    )
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=stands.council_id):
        raise UnableToSign("Only a finance officer of this council may sign the month.")
    return stands
