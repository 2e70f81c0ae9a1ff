"""Which policy holds, and how it came to."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from commonpurse.asked_often import AskedOften
from people.models import Council, PolicyValue
from people.rules.policy import KNOWN, words_of_policy
from people.rules.words import day_words


class UnableToKnowPolicy(LookupError):
    """Nothing is written down for that day."""


def policies_on(*, council: Council, codes: Collection[str], on: date) -> dict[str, PolicyValue]:
    """
    Give the values of policy in force on a day by their codes; one query. A code nobody has recorded is not there.

    The council's own comes before the one that holds everywhere.
    """
    return {value.code: value for value in REACHING(council=council.pk, codes=list(codes), on=on)}


def _reaching(council: UUID, codes: Collection[str], on: date) -> QuerySet[PolicyValue]:
    """Give what is in force for a council on a day, what weighs least first."""
    standing = PolicyValue.objects.filter(code__in=codes, withdrawn_at__isnull=True)
    in_force = standing.filter(effective_date__lte=on).exclude(until_date__lte=on)
    reaching = in_force.filter(council=council) | in_force.filter(council__isnull=True)
    return reaching.order_by(F("council").asc(nulls_first=True), "effective_date")


REACHING = AskedOften(_reaching, council="uuid", codes="text[]", on="date")


def policy_on(*, council: Council, code: str, on: date) -> PolicyValue | None:
    """Give the value of policy in force on a day: the council's own, else the one that holds everywhere."""
    return policies_on(council=council, codes=[code], on=on).get(code)


def values_on(*, council: Council, codes: Collection[str], on: date) -> dict[str, int]:
    """
    Give the values in force on a day by their codes, each in its own unit; one query.

    :raises UnableToKnowPolicy: one of them has a gap on that day.
    """
    held = policies_on(council=council, codes=codes, on=on)
    for code in codes:
        if code not in held:
            raise UnableToKnowPolicy(
                f"{council} has not written down what holds for “{words_of_policy(code)}” on {day_words(on)}. Ask "
                "whoever administers the council to add it to its policy, and try again."
            )
    return {code: held[code].value for code in codes}


def value_on(*, council: Council, code: str, on: date) -> int:
    """
    Give the one value in force on a day, in its own unit.

    :raises UnableToKnowPolicy: there is a gap on that day.
    """
    return values_on(council=council, codes=[code], on=on)[code]


def policy_history(*, council: Council, code: str) -> list[PolicyValue]:
    """Give every row of a code that reaches a council, its own and those that hold everywhere, the newest first."""
    rows = PolicyValue.objects.filter(code=code)
    reaching = rows.filter(council=council) | rows.filter(council__isnull=True)
    return list(reaching.order_by("-effective_date", F("council").asc(nulls_last=True), "-made_at"))


def policies_in_force(*, council: Council, on: date) -> dict[str, PolicyValue]:
    """Give everything that is in force for a council on a day, of the codes we know; one query."""
    return policies_on(council=council, codes=[known.code for known in KNOWN], on=on)


def policy_planned(*, council: Council, on: date) -> dict[str, PolicyValue]:
    """Give the council's next own values that begin after a day, by their codes."""
    own = PolicyValue.objects.filter(council=council, withdrawn_at__isnull=True, effective_date__gt=on)
    return {value.code: value for value in own.order_by("-effective_date")}
