"""
What counts towards a cap on care costs. Pure: no Django.

Source: Care Act 2014 sections 15, 28 and 29, never commenced (the cap was cancelled on 29 July 2024): a what-if.
"""


def counted_weekly_pence(*, adult_weekly_pence: int, daily_living_weekly_pence: int) -> int:
    """Give what counts each week: what the adult pays for their care, without daily living; never below nothing."""
    return max(0, adult_weekly_pence - daily_living_weekly_pence)


def weeks_to_cap(*, cap_pence: int, counted_pence: int, weekly_pence: int) -> int | None:
    """Give in how many more weeks the cap is reached; none where nothing counts each week. A part of a week is one."""
    left = max(0, cap_pence - counted_pence)
    return -(-left // weekly_pence) if weekly_pence else None
