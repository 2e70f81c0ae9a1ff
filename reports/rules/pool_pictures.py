"""A cluster's pool and its month as pictures, in everyday words. Pure."""

from typing import Protocol

from django.utils.translation import gettext as _

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
        title=_("What we put in, and where it is"),
        parts=(
            Part(words=_("Spent"), meaning=_("Paid for what we have had"), pence=pool.spent_pence),
            Part(
                words=_("Promised"),
                meaning=_("Kept for what we have agreed to buy"),
                pence=pool.promised_pence,
            ),
            Part(words=_("Left"), meaning=_("Free for something else"), pence=pool.free_pence),
        ),
    )


def month_picture(*, planned_pence: int, spent_pence: int, words: str) -> Picture:
    """Put what was planned for a month above what has been spent of it, in pence."""
    return Picture(
        key="our-month",
        title=_("%(words)s against the plan") % {"words": words},
        description=_("Planned: %(planned)s. Spent so far: %(spent)s.")
        % {"planned": in_pounds(planned_pence), "spent": in_pounds(spent_pence)},
        series=(_("Pounds"),),
        bars=(Bar(label=_("Planned"), pence=planned_pence), Bar(label=_("Spent so far"), pence=spent_pence)),
    )


def year_picture(*, put_in_pence: int, forecast_pence: int, last_day: str) -> Picture:
    """Put what was put in above what will have been spent by the year's last day (in words), in pence."""
    return Picture(
        key="our-year",
        title=_("The year, if it goes on like this"),
        description=_("Put in: %(put_in)s. Will be spent by %(day)s: %(spent)s.")
        % {"put_in": in_pounds(put_in_pence), "day": last_day, "spent": in_pounds(forecast_pence)},
        series=(_("Pounds"),),
        bars=(
            Bar(label=_("Put in"), pence=put_in_pence),
            Bar(label=_("Will be spent"), pence=forecast_pence),
        ),
    )
