"""Writing the certificate of a counted month."""

from typing import Any

from django.db import connection
from django.db.models.functions import Now

from reconciliation.models import CertificateLine, MonthEnd, MonthEndState
from reconciliation.queries import News, figures_of, sql_of, values_of
from reconciliation.rules import checks_of


def certify(*, month_end: MonthEnd, news: News) -> MonthEnd:
    """
    Write what must be true of the month, with its figures, and say whether all of it is.

    `news`: what has come since it was counted.
    """
    note_holds(month_end=month_end)
    checks = checks_of(figures_of(month_end, news=news))
    CertificateLine.objects.bulk_create(
        [
            CertificateLine(
                month_end=month_end, place=place, holds=check.expected == check.found, **check._asdict()
            )
            for place, check in enumerate(checks)
        ],
        update_conflicts=True,
        unique_fields=["month_end", "code"],
        update_fields=["place", "words", "expected", "found", "is_money", "holds"],
    )
    is_clean = all(check.expected == check.found for check in checks)
    written: dict[str, Any] = {
        "state": MonthEndState.CLEAN if is_clean else MonthEndState.UNCLEAR,
        "certified_at": Now(),
    }
    MonthEnd.objects.filter(pk=month_end.pk).update(**written)
    month_end.refresh_from_db()
    return month_end


def note_holds(*, month_end: MonthEnd) -> None:
    """Write down which lines of the month, or from before, are held now. They stop nothing."""
    with connection.cursor() as cursor:
        for statement in sql_of("hold_findings.sql").split(";\n"):
            cursor.execute(statement, values_of(month_end))
