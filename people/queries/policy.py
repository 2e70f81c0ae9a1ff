"""Which policy holds."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from commonpurse.asked_often import AskedOften
from people.models import Council, PolicyValue


def policies_on(*, council: Council, codes: Collection[str], on: date) -> dict[str, PolicyValue]:
    """
    Give the values of policy in force on a day by their codes; one query. A code nobody has recorded is not there.

    The council's own comes before the one that holds everywhere, and of each the newest.
    """
    return {value.code: value for value in REACHING(council=council.pk, codes=list(codes), on=on)}


def _reaching(council: UUID, codes: Collection[str], on: date) -> QuerySet[PolicyValue]:
    """Give what is in force for a council on a day, what weighs least first."""
    in_force = PolicyValue.objects.filter(code__in=codes, effective_date__lte=on).exclude(until_date__lte=on)
    reaching = in_force.filter(council=council) | in_force.filter(council__isnull=True)
    return reaching.order_by(F("council").asc(nulls_first=True), "effective_date")


REACHING = AskedOften(_reaching, council="uuid", codes="text[]", on="date")


def policy_on(*, council: Council, code: str, on: date) -> PolicyValue | None:
    """Give the value of policy in force on a day: the council's own, else the one that holds everywhere."""
    return policies_on(council=council, codes=[code], on=on).get(code)
