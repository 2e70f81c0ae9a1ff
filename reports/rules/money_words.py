"""A person's year of money as one picture, in everyday words. Pure."""

from dataclasses import replace
from typing import Protocol

from django.utils.translation import gettext as _

from reports.rules.charts import Part, Whole


class InParts(Protocol):
    """Money in the four places it can be, in pence."""

    @property
    def spent_pence(self) -> int:
        """Gone to those who came."""
        ...

    @property
    def promised_pence(self) -> int:
        """Set aside for a contract."""
        ...

    @property
    def pool_pence(self) -> int:
        """Free in a pool."""
        ...

    @property
    def left_pence(self) -> int:
        """In the person's own budget."""
        ...


def year_of(name: str, money: InParts) -> Whole:
    """Put the year's money of somebody else in the same four parts."""
    return Whole(
        key="their-year",
        title=_("%(name)s’s money this year") % {"name": name},
        parts=(
            Part(words=_("Spent"), meaning=_("Paid for what they have had"), pence=money.spent_pence),
            Part(words=_("Promised"), meaning=_("Kept for what is agreed"), pence=money.promised_pence),
            Part(words=_("In the pool"), meaning=_("Theirs, in their clusters"), pence=money.pool_pence),
            Part(words=_("Left"), meaning=_("Not put anywhere yet"), pence=money.left_pence),
        ),
    )


def last_year_in_parts(money: InParts) -> Whole:
    """Put what one had in a year that is over in the same four parts."""
    return replace(year_in_parts(money), title=_("What you had"))


def year_in_parts(money: InParts) -> Whole:
    """Put one's own year's money in the four parts of the picture: spent, promised, in my pool, left."""
    return Whole(
        key="my-year",
        title=_("Your money this year"),
        parts=(
            Part(words=_("Spent"), meaning=_("Paid for what you have had"), pence=money.spent_pence),
            Part(words=_("Promised"), meaning=_("Kept for what is agreed"), pence=money.promised_pence),
            Part(words=_("In my pool"), meaning=_("Yours, in your clusters"), pence=money.pool_pence),
            Part(words=_("Left"), meaning=_("Not put anywhere yet"), pence=money.left_pence),
        ),
    )
