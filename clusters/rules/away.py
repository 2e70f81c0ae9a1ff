"""Who pays for somebody while they are away, day by day, as their agreement says. Pure: no Django."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

HOLIDAY = "holiday"
PAYS_ANYWAY = "pays_anyway"


class SignedVersion(NamedTuple):
    """What a signed version of an agreement says about who pays for somebody who is away."""

    version: int
    signed_date: date
    on_holiday: str
    on_illness: str

    def says(self, cause: str) -> str:
        """Give who pays for somebody who is away for this cause."""
        return self.on_holiday if cause == HOLIDAY else self.on_illness


class AwaySpan(NamedTuple):
    """Days on which somebody is away, from `start_date` up to `end_date` (exclusive), and who pays their part."""

    start_date: date
    end_date: date
    who_pays: str


def version_on(versions: Sequence[SignedVersion], day: date) -> SignedVersion | None:
    """
    Give the version a day is shared by: the newest that was signed before it; where there is none, the first.

    A version counts from the day after it was signed, so that nothing that was shared on that day already is
    shared otherwise. Source: ours.
    """
    before = [version for version in versions if version.signed_date < day]
    if before:
        return max(before)
    return min(versions) if versions else None


def spans_of(
    *, start_date: date, end_date: date, cause: str, versions: Sequence[SignedVersion]
) -> list[AwaySpan]:
    """Give who pays for somebody who is away from one day up to another (exclusive), a span for each version."""
    turns = {version.signed_date + timedelta(days=1) for version in versions}
    cuts = sorted({start_date, end_date, *(day for day in turns if start_date < day < end_date)})
    return [AwaySpan(start, end, _says(version_on(versions, start), cause)) for start, end in pairwise(cuts)]


def _says(version: SignedVersion | None, cause: str) -> str:
    """Without an agreement everybody pays as usual."""
    return version.says(cause) if version else PAYS_ANYWAY
