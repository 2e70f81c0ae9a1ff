"""From answers to points to pounds: every step shown, adding up, and never less for more points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.rules.ras import (
    BANDS,
    PRICE_BOOK,
    Answered,
    Band,
    Line,
    Scheme,
    UnableToWorkOut,
    band_for,
    is_within_tolerance,
    moderation_limit,
    tolerance_range,
    unpaid_reduction,
    weekly_before,
    work_out,
)

THREE = (Band(0, 0), Band(10, 100_00), Band(20, 250_00))
BANDED = Scheme(method=BANDS, bands=THREE)
PRICED = Scheme(method=PRICE_BOOK)


def answers(*points: int, unit_pence: int = 0) -> list[Answered]:
    return [Answered(f"q{number}", each, unit_pence) for number, each in enumerate(points)]


@pytest.mark.parametrize(
    ("points", "pence"), [(0, 0), (9, 0), (10, 100_00), (19, 100_00), (20, 250_00), (500, 250_00)]
)
def test_exactly_the_points_of_a_band_are_enough(points: int, pence: int) -> None:
    assert band_for(THREE, points).weekly_pence == pence
    assert band_for(THREE[::-1], points).weekly_pence == pence
    assert weekly_before(BANDED, answers(points)) == pence


def test_points_below_every_band_are_refused_in_words() -> None:
    with pytest.raises(UnableToWorkOut, match=r"^No band begins at 4 points or below.$"):
        band_for([Band(5, 1)], 4)


def test_lines_share_the_band_by_their_points() -> None:
    found = work_out(BANDED, answers(10, 0, 5, 5))
    assert found.lines == [
        Line("q0", 10, 125_00),
        Line("q1", 0, 0),
        Line("q2", 5, 62_50),
        Line("q3", 5, 62_50),
    ]
    assert (found.points, found.band, found.weekly_pence) == (20, Band(20, 250_00), 250_00)


def test_the_odd_penny_goes_to_the_larger_remainder_and_then_by_the_order_of_questions() -> None:
    found = work_out(Scheme(method=BANDS, bands=[Band(0, 1_00)]), answers(1, 1, 1))
    assert [line.weekly_pence for line in found.lines] == [34, 33, 33]


def test_money_for_no_points_is_shared_by_all_questions_alike() -> None:
    found = work_out(Scheme(method=BANDS, bands=[Band(0, 1_00)]), answers(0, 0))
    assert found.lines == [Line("q0", 0, 50), Line("q1", 0, 50)]


def test_no_answers_have_no_lines() -> None:
    assert work_out(BANDED, []).lines == []
    assert work_out(PRICED, []).weekly_pence == 0


def test_with_a_price_book_each_point_is_a_unit() -> None:
    found = work_out(PRICED, [Answered("a", 7, 22_50), Answered("b", 2, 9_00), Answered("c", 3)])
    assert found.lines == [Line("a", 7, 157_50), Line("b", 2, 18_00), Line("c", 3, 0)]
    assert (found.points, found.band, found.before_pence, found.weekly_pence) == (12, None, 175_50, 175_50)


@pytest.mark.parametrize("wrong", [Answered("a", -1, 5), Answered("a", 1, -1)])
@pytest.mark.parametrize("scheme", [BANDED, PRICED])
def test_points_and_prices_are_not_below_zero(scheme: Scheme, wrong: Answered) -> None:
    with pytest.raises(UnableToWorkOut, match=r"^Points and prices cannot be below zero.$"):
        work_out(scheme, [Answered("b", 3, 3), wrong])
    assert work_out(scheme, [Answered("a", 0, 0)]).weekly_pence == 0


@pytest.mark.parametrize(
    ("hours", "pence"), [(0, 0), (1, 5_00), (9, 45_00), (10, 50_00), (11, 50_00), (168, 50_00)]
)
def test_unpaid_care_takes_off_by_the_hour_up_to_its_limit(hours: int, pence: int) -> None:
    scheme = Scheme(method=BANDS, bands=THREE, unpaid_hour_pence=5_00, unpaid_most_percent=20)
    assert unpaid_reduction(scheme, 250_00, hours=hours) == pence
    found = work_out(scheme, answers(20), unpaid_hours=hours)
    assert (found.before_pence, found.unpaid_pence, found.weekly_pence) == (250_00, pence, 250_00 - pence)


def test_the_limit_for_unpaid_care_is_rounded_down() -> None:
    scheme = Scheme(method=BANDS, unpaid_hour_pence=1_000, unpaid_most_percent=33)
    assert unpaid_reduction(scheme, 1_00, hours=1) == 33
    assert unpaid_reduction(scheme, 1_01, hours=1) == 33
    assert unpaid_reduction(scheme, 1_04, hours=1) == 34


def test_nothing_is_taken_off_unless_the_version_says_so() -> None:
    assert work_out(BANDED, answers(20), unpaid_hours=40).unpaid_pence == 0


def test_nothing_is_taken_off_where_nobody_gives_hours() -> None:
    scheme = Scheme(method=BANDS, bands=THREE, unpaid_hour_pence=10_00, unpaid_most_percent=50)
    found = work_out(scheme, answers(20))
    assert (found.unpaid_pence, found.weekly_pence) == (0, 250_00)


def test_hours_are_not_below_zero() -> None:
    with pytest.raises(UnableToWorkOut, match=r"^Hours of unpaid care cannot be below zero.$"):
        work_out(BANDED, answers(20), unpaid_hours=-1)


@pytest.mark.parametrize(("moved", "weekly"), [(25_00, 275_00), (-25_00, 225_00), (0, 250_00)])
def test_a_professional_moves_the_amount_up_to_the_limit(moved: int, weekly: int) -> None:
    scheme = Scheme(method=BANDS, bands=THREE, moderation_percent=10)
    found = work_out(scheme, answers(20), moderation_pence=moved)
    assert (found.moderation_pence, found.weekly_pence, found.before_pence) == (moved, weekly, 250_00)


@pytest.mark.parametrize("moved", [25_01, -25_01])
def test_and_no_further(moved: int) -> None:
    scheme = Scheme(method=BANDS, bands=THREE, moderation_percent=10)
    with pytest.raises(UnableToWorkOut, match=r"^An amount may be moved by at most 10 per cent.$"):
        work_out(scheme, answers(20), moderation_pence=moved)
    with pytest.raises(UnableToWorkOut):
        work_out(BANDED, answers(20), moderation_pence=1)


def test_moderation_is_measured_after_unpaid_care_and_rounded_down() -> None:
    scheme = Scheme(
        method=BANDS, bands=THREE, moderation_percent=10, unpaid_hour_pence=1_00, unpaid_most_percent=100
    )
    found = work_out(scheme, answers(20), unpaid_hours=50, moderation_pence=20_00)
    assert (found.unpaid_pence, found.weekly_pence) == (50_00, 220_00)
    with pytest.raises(UnableToWorkOut):
        work_out(scheme, answers(20), unpaid_hours=50, moderation_pence=20_01)
    assert [moderation_limit(scheme, pence) for pence in (99, 109, 110)] == [9, 10, 11]


def test_tolerance_includes_its_ends() -> None:
    assert tolerance_range(100_09, percent=10) == (90_09, 110_09)
    near = [is_within_tolerance(100_00, final, percent=10) for final in (89_99, 90_00, 110_00, 110_01)]
    assert near == [False, True, True, False]


bands = st.lists(
    st.tuples(st.integers(1, 300), st.integers(1, 500_00)), max_size=8, unique_by=lambda band: band[0]
).map(
    lambda found: [
        Band(0, 0),
        *(
            Band(points, pence)
            for (points, _), pence in zip(
                sorted(found), sorted({amount + step for step, (_, amount) in enumerate(found)}), strict=False
            )
        ),
    ]
)
schemes = st.builds(
    Scheme,
    method=st.sampled_from([BANDS, PRICE_BOOK]),
    bands=bands,
    unpaid_hour_pence=st.integers(0, 30_00),
    unpaid_most_percent=st.integers(0, 100),
)
points = st.lists(st.integers(0, 60), min_size=1, max_size=12)


@given(scheme=schemes, given_points=points, unit_pence=st.integers(0, 50_00), hours=st.integers(0, 168))
def test_lines_always_add_up_to_the_penny(
    scheme: Scheme, given_points: list[int], unit_pence: int, hours: int
) -> None:
    found = work_out(scheme, answers(*given_points, unit_pence=unit_pence), unpaid_hours=hours)
    assert sum(line.weekly_pence for line in found.lines) == found.before_pence
    assert found.before_pence - found.unpaid_pence + found.moderation_pence == found.weekly_pence
    assert sum(line.points for line in found.lines) == found.points
    assert 0 <= found.weekly_pence <= found.before_pence


@given(
    scheme=schemes,
    given_points=points,
    more=st.integers(1, 100),
    which=st.integers(0, 11),
    unit_pence=st.integers(0, 50_00),
    hours=st.integers(0, 168),
)
def test_allocation_is_monotone_in_points(
    scheme: Scheme, given_points: list[int], more: int, which: int, unit_pence: int, hours: int
) -> None:
    raised = list(given_points)
    raised[which % len(raised)] += more
    few = work_out(scheme, answers(*given_points, unit_pence=unit_pence), unpaid_hours=hours)
    many = work_out(scheme, answers(*raised, unit_pence=unit_pence), unpaid_hours=hours)
    assert many.weekly_pence >= few.weekly_pence
