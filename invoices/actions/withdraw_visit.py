"""Withdrawing the record of a visit: it is kept, with who withdrew it and why, and counts no more."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from invoices.models import Visit
from invoices.queries.visits import tag_of_visit
from ledger.actions import refused_by
from people.models import User
from providers.models import ProviderStaff, SystemKey

LONGEST_REASON = 500


class UnableToWithdraw(Exception):
    """The record cannot be withdrawn: no reason is given, or it is not theirs. `code`: which rule; `field`: where."""

    code = "wrong_withdrawal"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class IsBilled(UnableToWithdraw):
    """What was billed and accepted for that day rests on this record."""

    code = "visit_is_billed"


class IsWithdrawn(UnableToWithdraw):
    """It is withdrawn already."""

    code = "visit_is_withdrawn"


class VisitHasChanged(UnableToWithdraw):
    """It is not as it was when it was looked at."""

    code = "visit_has_changed"


@transaction.atomic
def withdraw_visit(
    *, visit: Visit, reason: str, seen: str | None, by: User | SystemKey, at: datetime
) -> Visit:
    """
    Say that a record of a visit was wrong. It stays as history; its time can be recorded anew under another id.

    What was billed and accepted for the service, member and day stays covered by records: send a credit note first.
    `seen`: the tag of the record as it was looked at; none: however it is.

    :raises UnableToWithdraw: see the class (`IsBilled`, `IsWithdrawn`, `VisitHasChanged`).
    """
    _check_theirs(visit, by)
    # One at a time for a provider, as recording is: two at once must not each lean on the other.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 13))", [str(visit.provider_id)])
    held = Visit.objects.get(pk=visit.pk)
    if seen is not None and seen != tag_of_visit(held):
        raise VisitHasChanged("This record has changed since you looked at it. Look at it again.")
    if held.withdrawn_at is not None:
        raise IsWithdrawn("This record is withdrawn already.")
    if not reason.strip():
        raise UnableToWithdraw("Say why the record is withdrawn.", field="reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise UnableToWithdraw(f"Say why in at most {LONGEST_REASON} characters.", field="reason")
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = at, by.label, reason.strip()
    try:
        with transaction.atomic():
            held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    except IntegrityError as refusal:
        if refused_by(refusal) != "invoices_billed_visit_stays":
            raise
        raise IsBilled(
            "This visit was billed and accepted. Send a credit note for the line first, then withdraw the record."
        ) from refusal
    return held


def _check_theirs(visit: Visit, by: User | SystemKey) -> None:
    is_theirs = (
        by.provider_id == visit.provider_id
        if isinstance(by, SystemKey)
        else ProviderStaff.objects.filter(user=by, provider=visit.provider_id).exists()
    )
    if not is_theirs:
        raise UnableToWithdraw("Only the provider that sent this record can withdraw it.")
