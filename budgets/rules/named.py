"""Whether a plan names already what somebody wants to buy. Pure: no Django."""

import re
from collections.abc import Sequence
from typing import NamedTuple

LEAST_TELLING = 4  # letters; shorter words ("and", "for") tell nothing
WORD = re.compile(r"[^\W_]+")


class NeedNamed(NamedTuple):
    """A need of a plan: all that is written about it, and the most it costs at once, in pence (none: no price)."""

    words: str
    most_pence: int


def names_it(what: str, *, amount_pence: int, needs: Sequence[NeedNamed]) -> int | None:
    """
    Give which need of a plan names this, for no more than it costs; none where nobody can say so without asking.

    Every longer word of what is asked for stands in what is written of that need. Our rule: a plan that names no price
    gives no answer by itself (Care Act 2014 s33: the money is for needs in the plan).
    """
    asked = {word for word in _words(what) if len(word) >= LEAST_TELLING}
    for number, need in enumerate(needs):
        if asked and asked <= _words(need.words) and 0 < amount_pence <= need.most_pence:
            return number
    return None


def _words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text)}
