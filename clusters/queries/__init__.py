"""What can be asked about clusters: policy, agreement, members, decisions, and where each member's money stands."""

from clusters.queries.agreement import agreement_in_force, has_signed, size_on
from clusters.queries.members import (
    WITH_A_PART,
    asking_to_join,
    is_in_the_pool,
    newest_time_in,
    part_label,
    with_a_part,
    with_a_part_or_asking,
)
from clusters.queries.money import (
    InPool,
    Offer,
    money_in,
    money_in_pool,
    money_of,
    offers_from,
    share_account,
)

__all__ = [
    "WITH_A_PART",
    "InPool",
    "Offer",
    "agreement_in_force",
    "asking_to_join",
    "has_signed",
    "is_in_the_pool",
    "money_in",
    "money_in_pool",
    "money_of",
    "newest_time_in",
    "offers_from",
    "part_label",
    "share_account",
    "size_on",
    "with_a_part",
    "with_a_part_or_asking",
]
