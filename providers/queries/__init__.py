"""What can be asked about providers: whose key this is, what the regulator says of them, how they passed the test."""

from providers.queries.ethics import (
    ItemStanding,
    ItemState,
    answers_to_check,
    ethical_score,
    ethical_scores,
    ethical_test,
    lapsed_on,
    may_check,
)
from providers.queries.keys import (
    hash_of,
    history_of,
    key_for,
    keys_seen_by,
    may_see_keys,
    may_sign_in,
    working_credentials,
    working_for,
    works_for,
)
from providers.queries.standing import Standing, standing_of, standings

__all__ = [
    "ItemStanding",
    "ItemState",
    "Standing",
    "answers_to_check",
    "ethical_score",
    "ethical_scores",
    "ethical_test",
    "hash_of",
    "history_of",
    "key_for",
    "keys_seen_by",
    "lapsed_on",
    "may_check",
    "may_see_keys",
    "may_sign_in",
    "standing_of",
    "standings",
    "working_credentials",
    "working_for",
    "works_for",
]
