"""What weighs in sharing a line: what a member pledged by that day and has not taken back before it."""

from datetime import date
from uuid import uuid4

import pytest

from invoices.rules.sharing import Member, Pledged, UnableToShare, share_line

APRIL, MAY_4 = date(2026, 4, 1), date(2026, 5, 4)


def make_sharer(ref: str, *pledges: Pledged) -> Member:
    return Member(id=uuid4(), ref=ref, joined_date=APRIL, left_date=None, pledges=pledges)


def shares(day: date, *members: Member, rule: str = "by_pledge") -> dict[tuple[str, str], int]:
    said = share_line(rule=rule, amount_pence=90_00, day=day, members=members, named=None, tie=("INV-1", 1))
    return {(share.member.ref, share.stream): share.pence for share in said.shares}


def test_counts_less_from_the_day_after_some_was_taken_back() -> None:
    amina = make_sharer("A", Pledged("council", 200_00, APRIL), Pledged("council", -100_00, date(2026, 5, 5)))
    ben = make_sharer("B", Pledged("council", 100_00, APRIL))
    assert shares(MAY_4, amina, ben) == {("A", "council"): 60_00, ("B", "council"): 30_00}
    assert shares(date(2026, 5, 5), amina, ben) == {("A", "council"): 45_00, ("B", "council"): 45_00}


def test_draws_on_no_stream_that_was_taken_back_whole() -> None:
    amina = make_sharer(
        "A",
        Pledged("council", 100_00, APRIL),
        Pledged("health", 50_00, APRIL),
        Pledged("health", -50_00, MAY_4),
    )
    assert shares(MAY_4, amina, rule="equal") == {("A", "council"): 90_00}


def test_holds_what_somebody_who_took_everything_back_would_have_to_pay() -> None:
    amina = make_sharer("A", Pledged("council", 100_00, APRIL), Pledged("council", -100_00, MAY_4))
    with pytest.raises(UnableToShare):
        shares(MAY_4, amina, make_sharer("B", Pledged("council", 1, APRIL)), rule="equal")
