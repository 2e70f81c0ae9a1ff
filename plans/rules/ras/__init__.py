"""The rules of a resource allocation system: from answers to weekly pence, what a version lacks, and what changed."""

from plans.rules.ras.changes import Asked, Change, Offered, Shape, changes_between
from plans.rules.ras.preview import Case, Group, Tally, groups_to_show, merge_tallies, tally_cases
from plans.rules.ras.whole import faults_of
from plans.rules.ras.work_out import (
    BANDS,
    PRICE_BOOK,
    Allocation,
    Answered,
    Band,
    Line,
    Scheme,
    UnableToWorkOut,
    band_for,
    is_within_tolerance,
    moderation_limit,
    tolerance_range,
    unpaid_reduction,
    weekly_before,
    work_out,
)

__all__ = [
    "BANDS",
    "PRICE_BOOK",
    "Allocation",
    "Answered",
    "Asked",
    "Band",
    "Case",
    "Change",
    "Group",
    "Line",
    "Offered",
    "Scheme",
    "Shape",
    "Tally",
    "UnableToWorkOut",
    "band_for",
    "changes_between",
    "faults_of",
    "groups_to_show",
    "is_within_tolerance",
    "merge_tallies",
    "moderation_limit",
    "tally_cases",
    "tolerance_range",
    "unpaid_reduction",
    "weekly_before",
    "work_out",
]
