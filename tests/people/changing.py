"""Changing a council's policy in tests, with days counted from today."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from people.actions import change_policy
from people.models import Council, PolicyValue, RoleKind, User
from tests.people.makers import make_council, make_user_with_role

PEA = "pea_weekly_pence"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def make_settled_council() -> Council:
    """A council that has been here for years, so that it brings nothing of the past along."""
    council = make_council()
    Council.objects.filter(pk=council.pk).update(registered_at=LONG_AGO)
    return council


def make_ada(council: Council) -> User:
    return make_user_with_role(council=council, kind=RoleKind.ADMINISTRATOR)


def change(council: Council, value: int, *, in_days: int = 0, code: str = PEA) -> PolicyValue:
    now = timezone.now()
    return change_policy(
        council=council,
        code=code,
        value=value,
        source="Cabinet, item 7",
        effective_date=timezone.localdate(now) + timedelta(days=in_days),
        by=make_ada(council),
        at=now,
    )


def day(in_days: int) -> date:
    return timezone.localdate() + timedelta(days=in_days)
