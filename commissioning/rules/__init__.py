"""What a contract is worth, what somebody who leaves takes with them, and what a pool buys. Pure: no Django."""

from commissioning.rules.worth import (
    DAYS_A_WEEK,
    rate_at,
    reserve_pence,
    term_value_pence,
    yearly_estimate_pence,
)

__all__ = ["DAYS_A_WEEK", "rate_at", "reserve_pence", "term_value_pence", "yearly_estimate_pence"]
