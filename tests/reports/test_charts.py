"""Pictures of money as geometry."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from reports.rules.charts import BAR_WIDTH, DRAWING_WIDTH, Part, Whole, drawn
from reports.rules.tables import Bar, Picture


def make_whole(*pence: int) -> Whole:
    parts = tuple(Part(words=f"Part {place}", meaning="", pence=amount) for place, amount in enumerate(pence))
    return Whole(key="year", title="The year", parts=parts)


def make_picture(*pence: int) -> Picture:
    bars = tuple(Bar(label=f"Month {place}", pence=amount) for place, amount in enumerate(pence))
    return Picture(key="months", title="By month", description="Spending", series=("Spent",), bars=bars)


@given(st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=4))
def test_fills_the_whole_bar_in_order_and_never_beyond(pence: list[int]) -> None:
    pieces = make_whole(*pence).pieces
    ends = [piece.x + piece.width for piece in pieces]
    assert all(piece.width >= 0 for piece in pieces)
    assert all(end <= start.x for end, start in zip(ends, pieces[1:], strict=False))
    assert max(ends) <= BAR_WIDTH
    assert (max(ends) > 0) == (sum(pence) > 0)


def test_draws_parts_in_proportion() -> None:
    assert [piece.width for piece in make_whole(250, 750).pieces] == [246, 750]


def test_gives_each_part_its_own_pattern() -> None:
    assert [piece.pattern for piece in make_whole(1, 1, 1, 1).pieces] == [0, 1, 2, 3]


def test_says_in_words_what_it_shows() -> None:
    assert make_whole(100, 250).description == "£3.50 in all: £1.00 part 0, £2.50 part 1."


def test_draws_nothing_of_nothing() -> None:
    assert [piece.width for piece in make_whole(0, 0).pieces] == [0, 0]
    assert [bar.width for bar in drawn(make_picture(0, 0)).bars] == [0, 0]


def test_draws_the_largest_bar_over_the_whole_width() -> None:
    assert [bar.width for bar in drawn(make_picture(50, 100)).bars] == [DRAWING_WIDTH // 2, DRAWING_WIDTH]


def test_lets_the_smallest_amount_be_seen() -> None:
    assert drawn(make_picture(1, 10**9)).bars[0].width == 1


def test_puts_bars_under_one_another_without_touching() -> None:
    drawing = drawn(make_picture(1, 2, 3))
    tops = [bar.y for bar in drawing.bars]
    assert all(later - earlier > drawing.bar_height for earlier, later in itertools.pairwise(tops))
    assert drawing.height >= tops[-1] + drawing.bar_height
