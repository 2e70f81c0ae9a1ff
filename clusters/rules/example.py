"""What a way of sharing would mean in pounds, worked out from one's own figures. Pure: no Django."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.pennies import split_pence

EXACT_FROM = 5  # members; fewer, and the exact figure could tell what one of the others put in (care rules 4)
POUND = 100
EXAMPLE_PENCE = 50_00  # Source: care rules, example 13, "2 x 20.00 + 10.00 travel"


@dataclass(frozen=True, kw_only=True)
class Example:
    """
    What one bill would cost one member under each way of sharing, in pence.

    `by_pledge_pence`: none where somebody has not said yet what they put in, or they are too few to keep what one
    of them puts in to themselves. `is_about`: rounded to a pound, because there are so few.
    """

    total_pence: int
    members: int
    equal_pence: int
    by_pledge_pence: int | None
    is_about: bool


@dataclass(frozen=True, kw_only=True)
class AwayExample:
    """What each of the others, and whoever is away, pays of a bill shared equally, in pence."""

    total_pence: int
    members: int
    usual_pence: int
    others_pence: int
    reserve_pence: int


def worked_example(
    *, own_pence: int, others_pence: Sequence[int], least_members: int = 1, total_pence: int = EXAMPLE_PENCE
) -> Example:
    """
    Share one bill among the members, for the one whose own pledge is `own_pence`.

    While they are fewer than `least_members`, it is shared as if they were so many already.

    Units: pence. Odd pennies go as in any bill (`split_pence`), here to whoever comes first. Source: design 2.
    """
    pledges = [own_pence, *others_pence]
    pledges += [0] * (least_members - len(pledges))
    order = [f"{number:06d}" for number in range(len(pledges))]
    by_pledge, is_about = None, len(pledges) < EXACT_FROM
    if all(pledges) and len(pledges) > 2:
        by_pledge = split_pence(total_pence, pledges, order=order)[0]
        by_pledge = (by_pledge + POUND // 2) // POUND * POUND if is_about else by_pledge
    return Example(
        total_pence=total_pence,
        members=len(pledges),
        equal_pence=split_pence(total_pence, [1] * len(pledges), order=order)[0],
        by_pledge_pence=by_pledge,
        is_about=is_about,
    )


def away_example(*, members: int, total_pence: int = EXAMPLE_PENCE) -> AwayExample:
    """
    Share one bill while one of the members is away: they pay anyway, the others cover, or the reserve covers.

    Units: pence; `members` two or more. Source: care rules, example 13.

    :raises ValueError: with fewer than two there is nobody to cover.
    """
    if members < 2:
        raise ValueError("One member alone shares with nobody.")
    order = [f"{number:06d}" for number in range(members)]
    usual = split_pence(total_pence, [1] * members, order=order)
    return AwayExample(
        total_pence=total_pence,
        members=members,
        usual_pence=usual[0],
        others_pence=split_pence(total_pence, [1] * (members - 1), order=order[1:])[0],
        reserve_pence=usual[-1],
    )
