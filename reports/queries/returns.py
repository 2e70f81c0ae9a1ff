"""The client-level return of a council, and the measures from it."""

from datetime import timedelta

from django.db.models import QuerySet

from people.models import Council, RoleKind, User
from reports.queries.rows import rows, sql_of
from reports.rules.forecast import Span
from reports.rules.returns import Event, Period, Row, rows_of


def councils_returned(user: User) -> QuerySet[Council]:
    """Give the councils whose returns somebody may take: those they administer, by name."""
    kept = [role.council_id for role in user.roles.all() if role.kind == RoleKind.ADMINISTRATOR]
    return Council.objects.filter(pk__in=kept).order_by("name")


def return_rows(*, council: Council, span: Span) -> list[Row]:
    """Give every row of a council's return for a span of days, in order of their first day."""
    period = Period(code=council.code, start_date=span.start, last_date=span.end - timedelta(days=1))
    values = {"council": council.pk, "start": span.start, "end": span.end}
    return [row for event in rows(Event, sql_of("returns.sql"), values) for row in rows_of(event, period)]
