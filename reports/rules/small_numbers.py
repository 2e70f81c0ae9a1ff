"""Keeping people out of figures: what is said of very few people together says too much of each."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from reports.rules.tables import Unsaid

# Source: care rules, section 4: "counts under 5 are suppressed".
LEAST_PEOPLE = 5
# Our rule: of the money of one person nothing is said, and of two either could work out the other's.
LEAST_PAYERS = 3

Line = TypeVar("Line")


def people_said(count: int) -> int | Unsaid:
    """Give a count of people as it may leave the cluster: one to four become "fewer than 5"; nobody is nobody."""
    return Unsaid.FEW if 0 < count < LEAST_PEOPLE else count


def fewest(*counts: int) -> int:
    """Give the smallest number of people that any figure of a line is about; nobody at all is nobody."""
    return min((count for count in counts if count > 0), default=0)


def small_lines(
    lines: Sequence[Line], *, people: Callable[[Line], int], may_be_the_same: bool = True
) -> list[Line]:
    """
    Give the lines that are put together before a report leaves the cluster, smallest first.

    These are the lines about the money of one or two people. One line alone could be worked out from the total,
    so the next smallest joins it, until there are at least two lines about at least three people between them,
    or no more lines. `may_be_the_same`: two lines may be about the same people, so their counts are not added up.

    Lines about nobody stay as they are. Of lines about equally many people the last joins first, so that, with the
    largest amounts first, the least is lost.
    """
    waiting = sorted((line for line in reversed(lines) if people(line) > 0), key=people)
    small: list[Line] = []
    for line in waiting:
        counts = [people(one) for one in small]
        between_them = max(counts, default=0) if may_be_the_same else sum(counts)
        is_enough = not small or (len(small) > 1 and between_them >= LEAST_PAYERS)
        if people(line) >= LEAST_PAYERS and is_enough:
            break
        small.append(line)
    return small
