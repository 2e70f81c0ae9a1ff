"""
What an offer would mean, as it is kept with a vote, said again in the language that is read. Pure.

It is kept in the sentences of `commissioning.rules.price`, all in one language (`clusters.rules.again`).
"""

import re

from clusters.rules.again import values_in
from commissioning.rules.price import EACH_BY_PLEDGE, EACH_BY_USE, EACH_EQUALLY, ONCE, PRICE, WEEK
from providers.rules import amount_again, unit_words

SENTENCES = (PRICE, WEEK, EACH_BY_USE, EACH_BY_PLEDGE, EACH_EQUALLY, ONCE)
BETWEEN = re.compile(r"(?<=\.) (?=[A-Z])")
COUNTED = {"unit": unit_words, "amount": amount_again}


def meaning_again(kept: str) -> str | None:
    """Say what an offer would mean in the language in use; none where these are not our sentences about one."""
    if values_in(BETWEEN.split(kept)[0], PRICE) is None:
        return None
    return " ".join(_sentence_again(sentence) for sentence in BETWEEN.split(kept))


def _sentence_again(kept: str) -> str:
    for sentence in SENTENCES:
        values = values_in(kept, sentence)
        if values is not None:
            said = {name: COUNTED.get(name, str)(value) for name, value in values.items()}
            return sentence % said
    return kept
