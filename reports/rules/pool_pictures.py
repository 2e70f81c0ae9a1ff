"""A cluster's pool and its month as pictures, in everyday words. Pure."""

from typing import Protocol

from ledger.pennies import in_pounds
from reports.rules.charts import Part, Whole
from reports.rules.tables import Bar, Picture


class InPool(Protocol):
    """The money of a pool, in pence."""

    @property
    def spent_pence(self) -> int:
        """Paid for what the members have had."""
        ...

    @property
    def promised_pence(self) -> int:
        """Set aside for contracts."""
        ...

    @property
    def free_pence(self) -> int:
        """Promised to nobody."""
        ...


def pool_in_parts(pool: InPool) -> Whole:
    """Put all that was put in into what became of it: spent, promised, left."""
    return Whole(
        key="our-pool",
        title="What we put in, and where it is",
        parts=(
            Part(words="Spent", meaning="Paid for what we have had", pence=pool.spent_pence),
            Part(words="Promised", meaning="Kept for what we have agreed to buy", pence=pool.promised_pence),
            Part(words="Left", meaning="Free for something else", pence=pool.free_pence),
        ),
    )


def month_picture(*, planned_pence: int, spent_pence: int, words: str) -> Picture:
    """Put what was planned for a month above what has been spent of it, in pence."""
    return Picture(
        key="our-month",
        title=f"{words} against the plan",
        description=f"Planned: {in_pounds(planned_pence)}. Spent so far: {in_pounds(spent_pence)}.",
        series=("Pounds",),
        bars=(Bar(label="Planned", pence=planned_pence), Bar(label="Spent so far", pence=spent_pence)),
    )


def year_picture(*, put_in_pence: int, forecast_pence: int, last_day: str) -> Picture:
    """Put what was put in above what will have been spent by the year's last day (in words), in pence."""
    return Picture(
        key="our-year",
        title="The year, if it goes on like this",
        description=(
            f"Put in: {in_pounds(put_in_pence)}. Will be spent by {last_day}: {in_pounds(forecast_pence)}."
        ),
        series=("Pounds",),
        bars=(Bar(label="Put in", pence=put_in_pence), Bar(label="Will be spent", pence=forecast_pence)),
    )
