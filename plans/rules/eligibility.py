"""
Whether needs are eligible, which the council must then meet. Pure.

Source: Care and Support (Eligibility Criteria) Regulations 2014. Adults (regulation 2): needs that come from a physical
or mental impairment or illness, two or more outcomes that cannot be achieved, and a significant impact on wellbeing.
Carers (regulation 3): needs that come from giving necessary care, at least one outcome, and a significant impact.
"""

from plans.rules.outcomes import CARER

LEAST_OF_ADULTS, LEAST_OF_CARERS = 2, 1


def least_outcomes(whose: str) -> int:
    """Give how many outcomes somebody must be unable to achieve: an adult two, a carer one."""
    return LEAST_OF_CARERS if whose == CARER else LEAST_OF_ADULTS


def are_needs_eligible(*, whose: str, is_from_condition: bool, outcomes: int, has_impact: bool) -> bool:
    """
    Tell whether somebody's needs are eligible.

    `is_from_condition`: they come from an impairment or illness; a carer's, from the care they give. `outcomes`: how
    many outcomes they cannot achieve. `has_impact`: that has a significant impact on their wellbeing.
    """
    return is_from_condition and has_impact and outcomes >= least_outcomes(whose)
