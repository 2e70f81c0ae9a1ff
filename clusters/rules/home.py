"""Where money goes that comes out of a pool: back to the budgets it came from. Pure: no Django."""

from collections.abc import Sequence
from uuid import UUID


def home(pence: int, came_from: Sequence[tuple[UUID, int]]) -> dict[UUID, int]:
    """
    Say to which budgets an amount goes back: the newest first, each up to what it put in.

    More than all of them put in (a credit for what an older budget paid) goes to the newest. Nothing is left out.

    :raises ValueError: there is something to give back, and nowhere it came from.
    """
    if pence and not came_from:
        raise ValueError("Money goes back to a budget it came from, and there is none.")
    going: dict[UUID, int] = {}
    left = pence
    for budget, put_in in came_from:
        part = min(left, max(0, put_in))
        going[budget] = going.get(budget, 0) + part
        left -= part
    if left:
        going[came_from[0][0]] += left
    return {budget: part for budget, part in going.items() if part}
