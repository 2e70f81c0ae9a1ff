"""Keeping people out of figures."""

import pytest

from reports.rules.small_numbers import fewest, people_said, small_lines
from reports.rules.tables import Unsaid


@pytest.mark.parametrize(("count", "said"), [(0, 0), (1, Unsaid.FEW), (4, Unsaid.FEW), (5, 5), (28, 28)])
def test_says_a_count_only_of_five_people_or_more(count: int, said: int | Unsaid) -> None:
    assert people_said(count) == said


def test_looks_at_the_smallest_number_of_people_a_line_is_about() -> None:
    assert fewest(7, 1) == 1
    assert fewest(0, 7) == 7
    assert fewest(0, 0) == 0


def kept_back(counts: list[int], *, may_be_the_same: bool = True) -> list[int]:
    return small_lines(counts, people=lambda count: count, may_be_the_same=may_be_the_same)


def test_leaves_lines_alone_that_are_about_three_people_or_more() -> None:
    assert kept_back([3, 4, 28]) == []


def test_never_keeps_one_line_back_alone_since_the_total_would_give_it_away() -> None:
    assert kept_back([28, 1, 9]) == [1, 9]


def test_goes_on_until_there_are_enough_people_when_they_may_be_the_same() -> None:
    assert kept_back([1, 2, 9, 28]) == [1, 2, 9]


def test_adds_people_up_when_they_cannot_be_the_same() -> None:
    assert kept_back([1, 2, 9, 28], may_be_the_same=False) == [1, 2]


def test_says_nothing_about_lines_of_nobody() -> None:
    assert kept_back([0, 0, 5]) == []


def test_keeps_everything_back_where_there_is_nothing_to_hide_among() -> None:
    assert kept_back([2]) == [2]


def test_takes_the_last_of_lines_about_equally_many_people() -> None:
    lines = [("large", 5), ("small", 5), ("alone", 1)]
    assert small_lines(lines, people=lambda line: line[1]) == [("alone", 1), ("small", 5)]
