"""What a cluster is held to, and how its votes are counted. Pure: no Django."""

from clusters.rules.counting import (
    SMALLEST_GROUP_SHOWN,
    Choice,
    Count,
    Question,
    Voter,
    Why,
    count_votes,
    is_quorate,
    least_yes,
    may_show_counts,
)
from clusters.rules.outcome import outcome_words
from clusters.rules.size import USUAL_SIZE, Size

__all__ = [
    "SMALLEST_GROUP_SHOWN",
    "USUAL_SIZE",
    "Choice",
    "Count",
    "Question",
    "Size",
    "Voter",
    "Why",
    "count_votes",
    "is_quorate",
    "least_yes",
    "may_show_counts",
    "outcome_words",
]
