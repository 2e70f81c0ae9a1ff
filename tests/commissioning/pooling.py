"""Pools whose money is easy to work out, for tests."""

from datetime import date

from clusters.models import Cluster, Membership
from tests.clusters.makers import make_cluster, make_member

ON = date(2026, 4, 1)
YEAR_PENCE = 365_00  # 7.00 a week until the end of the budget's year


def make_pool(*, size: int = 5) -> tuple[Cluster, list[Membership]]:
    """Members with 365 pounds each for 365 days: seven pounds a week of each."""
    cluster = make_cluster()
    return cluster, [
        make_member(cluster=cluster, pledged={"council": YEAR_PENCE}, joined_date=ON) for _ in range(size)
    ]
