"""Sharing a line while members are away, by rule alone: nothing lost, nobody charged who is covered."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoices.rules import Away, Member, Pledged, Shared, UnableToShare, share_line
from ledger.pennies import odd_penny_order, split_pence

DAY = date(2026, 5, 4)
WAYS = ["", "pays_anyway", "others_cover", "reserve_covers"]
# 50 pounds a week: one worker, two hours at 20 pounds and 10 pounds for the way. Source: care rules, example 13.
WEEK_PENCE = 2 * 20_00 + 10_00


def make_sharer(place: int, *, who_pays: str = "", pence: int = 1_000_00, health: int = 0) -> Member:
    """A member with a pledge who, with `who_pays`, is away all of May."""
    pledges = [Pledged("council", pence, date(2026, 4, 1)), Pledged("health", health, date(2026, 4, 1))]
    return Member(
        id=UUID(int=place + 1),
        ref=f"M-{place}",
        joined_date=date(2026, 4, 1),
        left_date=None,
        pledges=tuple(pledge for pledge in pledges if pledge.pence),
        away=(Away(date(2026, 5, 1), date(2026, 6, 1), who_pays),) if who_pays else (),
    )


def shared(
    members: Sequence[Member], *, rule: str = "equal", pence: int = WEEK_PENCE, day: date = DAY
) -> Shared:
    return share_line(
        rule=rule, amount_pence=pence, day=day, members=members, named=members[0], tie=("INV-1", 1)
    )


def paid(said: Shared) -> dict[str, int]:
    """Pence by member."""
    sums: dict[str, int] = {}
    for share in said.shares:
        sums[share.member.ref] = sums.get(share.member.ref, 0) + share.pence
    return sums


def make_five(who_pays: str, pledges: Sequence[int] = (1_000_00,) * 5) -> list[Member]:
    """Five people of whom the first is away."""
    return [
        make_sharer(place, who_pays="" if place else who_pays, pence=pence)
        for place, pence in enumerate(pledges)
    ]


def test_one_of_five_who_is_away_pays_anyway() -> None:
    assert paid(shared(make_five("pays_anyway"))) == {f"M-{place}": 10_00 for place in range(5)}


def test_the_others_cover_one_of_five_who_is_away() -> None:
    assert paid(shared(make_five("others_cover"))) == {f"M-{place}": 12_50 for place in range(1, 5)}


def test_the_reserve_covers_one_of_five_who_is_away_by_what_each_put_in() -> None:
    # The reserve pays 10 pounds; of 1,000 pounds in all, 400, 300, 200, 50 and 50 are theirs.
    members = make_five("reserve_covers", [400_00, 300_00, 200_00, 50_00, 50_00])
    said = shared(members)
    assert paid(said) == {"M-0": 4_00, "M-1": 13_00, "M-2": 12_00, "M-3": 10_50, "M-4": 10_50}
    assert said.basis == {
        "rule": "equal",
        "amount_pence": 50_00,
        "weights": dict.fromkeys(("M-0", "M-1", "M-2", "M-3", "M-4"), 1),
        "away": {"M-0": "reserve_covers"},
        "reserve": {
            "pence": 10_00,
            "weights": {"M-0": 400_00, "M-1": 300_00, "M-2": 200_00, "M-3": 50_00, "M-4": 50_00},
        },
    }


def test_the_reserve_covers_no_more_than_their_part_by_pledge() -> None:
    members = make_five("reserve_covers", [200_00, 100_00, 100_00, 50_00, 50_00])
    said = shared(members, rule="by_pledge")
    # 20.00 of 50.00 would be theirs; two fifths of that come back to them as their part of the reserve.
    assert paid(said) == {"M-0": 8_00, "M-1": 14_00, "M-2": 14_00, "M-3": 7_00, "M-4": 7_00}


def test_everybody_pays_as_usual_where_all_are_away() -> None:
    members = [make_sharer(place, who_pays="others_cover") for place in range(3)]
    assert sorted(paid(shared(members)).values()) == [16_66, 16_67, 16_67]
    away = [make_sharer(0, who_pays="others_cover"), make_sharer(1, who_pays="pays_anyway")]
    assert paid(shared(away)) == {"M-0": 25_00, "M-1": 25_00}


def test_nobody_covers_by_pledge_who_has_pledged_nothing() -> None:
    members = [make_sharer(0, who_pays="others_cover"), make_sharer(1, pence=0)]
    assert paid(shared(members, rule="by_pledge")) == {"M-0": 50_00}


def test_a_day_outside_the_absence_is_as_usual() -> None:
    members = make_five("others_cover")
    for day in (date(2026, 4, 30), date(2026, 6, 1)):
        said = shared(members, day=day)
        assert paid(said) == {f"M-{place}": 10_00 for place in range(5)}
        assert "away" not in said.basis


@pytest.mark.parametrize("who_pays", WAYS)
def test_their_own_visit_is_theirs_while_they_are_away(who_pays: str) -> None:
    said = shared(make_five(who_pays), rule="by_use")
    assert paid(said) == {"M-0": 50_00}
    assert said.basis == {"rule": "by_use", "amount_pence": 50_00, "weights": {"M-0": 1}}


def test_the_reserve_of_nobody_pays_nothing() -> None:
    members = [make_sharer(place, who_pays="reserve_covers", pence=0) for place in range(2)]
    with pytest.raises(UnableToShare, match="reserve"):
        shared(members)


sharers = st.lists(
    st.tuples(st.sampled_from(WAYS), st.integers(1, 10**7), st.sampled_from([0, 1, 99_999])),
    min_size=1,
    max_size=9,
)


def members_of(drawn: list[tuple[str, int, int]]) -> list[Member]:
    return [
        make_sharer(place, who_pays=who, pence=pence, health=health)
        for place, (who, pence, health) in enumerate(drawn)
    ]


@given(drawn=sharers, pence=st.integers(1, 10**8), rule=st.sampled_from(["equal", "by_pledge"]))
def test_loses_no_penny_and_a_credit_is_the_exact_opposite(
    drawn: list[tuple[str, int, int]], pence: int, rule: str
) -> None:
    members = members_of(drawn)
    invoiced, credited = (shared(members, rule=rule, pence=amount) for amount in (pence, -pence))
    assert sum(share.pence for share in invoiced.shares) == pence
    assert all(share.pence > 0 for share in invoiced.shares)
    assert [share._replace(pence=-share.pence) for share in credited.shares] == invoiced.shares


@given(drawn=sharers, pence=st.integers(1, 10**8), rule=st.sampled_from(["equal", "by_pledge"]))
def test_nobody_pays_who_is_covered_by_others_while_one_is_there(
    drawn: list[tuple[str, int, int]], pence: int, rule: str
) -> None:
    sums = paid(shared(members_of(drawn), rule=rule, pence=pence))
    is_one_there = any(not who for who, *_ in drawn)
    is_reserve_used = any(who == "reserve_covers" for who, *_ in drawn)
    covered = [f"M-{place}" for place, (who, *_) in enumerate(drawn) if who == "others_cover"]
    if is_one_there and not is_reserve_used:
        assert not set(covered) & set(sums)


@given(drawn=sharers, pence=st.integers(1, 10**8), rule=st.sampled_from(["equal", "by_pledge"]))
def test_what_is_kept_with_the_entry_is_enough_to_work_it_out_again(
    drawn: list[tuple[str, int, int]], pence: int, rule: str
) -> None:
    said = shared(members_of(drawn), rule=rule, pence=pence)
    basis, refs = said.basis, sorted(said.basis["weights"])
    order = [odd_penny_order("INV-1", 1, ref) for ref in refs]
    parts = split_pence(pence, [basis["weights"][ref] for ref in refs], order=order)
    away = basis.get("away", {})
    reserve = basis.get("reserve", {"pence": 0, "weights": dict.fromkeys(refs, 1)})
    assert reserve["pence"] == sum(
        part for ref, part in zip(refs, parts, strict=True) if away.get(ref) == "reserve_covers"
    )
    own = [0 if away.get(ref) == "reserve_covers" else part for ref, part in zip(refs, parts, strict=True)]
    more = split_pence(reserve["pence"], [reserve["weights"][ref] for ref in refs], order=order)
    again = {ref: one + two for ref, one, two in zip(refs, own, more, strict=True) if one + two}
    assert again == paid(said)
