"""Explaining a finding, so that the month can be signed all the same."""

from datetime import datetime

from django.db import transaction

from people.models import RoleKind, User
from reconciliation.actions.certify import certify
from reconciliation.models import Finding, FindingState, MonthEnd
from reconciliation.queries import news_of


class UnableToExplain(Exception):
    """No words were given, the finding is not open, its month is signed, or this is not for the user to do."""


@transaction.atomic
def explain(*, finding: Finding, words: str, by: User, at: datetime) -> Finding:
    """
    Say why a difference is right, or what was done about it. The words stand on the certificate's page.

    :raises UnableToExplain: see the class.
    """
    month_end = (
        MonthEnd.objects.select_for_update(of=["self"]).select_related("council").get(pk=finding.month_end_id)
    )
    stands = Finding.objects.select_for_update().get(pk=finding.pk)
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=month_end.council_id):
        raise UnableToExplain("Only a finance officer of this council may explain what was found.")
    if not words.strip():
        raise UnableToExplain("Please say why this is right, or what was done about it.")
    if month_end.is_final:
        raise UnableToExplain(f"{month_end} is signed, so nothing in it changes any more.")
    if stands.state != FindingState.OPEN:
        raise UnableToExplain("This is not open any more. Look at the list again.")
    stands.state, stands.explanation = FindingState.EXPLAINED, words.strip()
    stands.explained_by, stands.explained_at = by, at
    stands.save(update_fields=["state", "explanation", "explained_by", "explained_at"])
    certify(month_end=month_end, news=news_of(month_end))
    return stands
