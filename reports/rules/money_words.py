"""A person's year of money as one picture, in everyday words. Pure."""

from typing import Protocol

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
        title=f"{name}’s money this year",
        parts=(
            Part(words="Spent", meaning="Paid for what they have had", pence=money.spent_pence),
            Part(words="Promised", meaning="Kept for what is agreed", pence=money.promised_pence),
            Part(words="In the pool", meaning="Theirs, in their clusters", pence=money.pool_pence),
            Part(words="Left", meaning="Not put anywhere yet", pence=money.left_pence),
        ),
    )


def year_in_parts(money: InParts) -> Whole:
    """Put one's own year's money in the four parts of the picture: spent, promised, in my pool, left."""
    return Whole(
        key="my-year",
        title="Your money this year",
        parts=(
            Part(words="Spent", meaning="Paid for what you have had", pence=money.spent_pence),
            Part(words="Promised", meaning="Kept for what is agreed", pence=money.promised_pence),
            Part(words="In my pool", meaning="Yours, in your clusters", pence=money.pool_pence),
            Part(words="Left", meaning="Not put anywhere yet", pence=money.left_pence),
        ),
    )
