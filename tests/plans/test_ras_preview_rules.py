"""Who would gain and who would lose: counted by group, and no figure of fewer people than may be shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.rules.ras import Case, Tally, age_group, amount_group, groups_to_show, merge_tallies, tally_cases
from plans.rules.ras.preview import OTHERS


def of(count: int) -> Tally:
    return Tally(gain=count)


def shown(least: int = 5, **sizes: int) -> list[tuple[str, int]]:
    counted = {name: of(size) for name, size in sizes.items()}
    groups = groups_to_show(counted, order=sorted(sizes), least=least)
    return [(group.words, group.tally.people) for group in groups]


def test_counts_who_gains_who_loses_and_who_has_the_same() -> None:
    cases = [Case(("a", "x"), 100, 101), Case(("a", "y"), 100, 99), Case(("b", "x"), 100, 100)]
    assert tally_cases(cases) == {
        "a": Tally(gain=1, lose=1, same=0, before_pence=200, after_pence=200),
        "b": Tally(gain=0, lose=0, same=1, before_pence=100, after_pence=100),
        "x": Tally(gain=1, lose=0, same=1, before_pence=200, after_pence=201),
        "y": Tally(gain=0, lose=1, same=0, before_pence=100, after_pence=99),
    }


def test_puts_parts_together() -> None:
    one, other = {"a": Tally(1, 2, 3, 4, 5)}, {"a": Tally(10, 20, 30, 40, 50), "b": of(1)}
    assert merge_tallies([one, other]) == {"a": Tally(11, 22, 33, 44, 55), "b": of(1)}
    assert merge_tallies([]) == {}


def test_says_the_average_rounded_towards_nothing() -> None:
    assert Tally(gain=3, before_pence=100, after_pence=105).change_pence == 1
    assert Tally(lose=3, before_pence=105, after_pence=100).change_pence == -1
    assert Tally(same=2, before_pence=5, after_pence=5).change_pence == 0
    assert Tally().change_pence == 0
    assert Tally(gain=1, lose=2, same=4).people == 7


def test_shows_groups_that_are_large_enough_in_order() -> None:
    assert shown(b=7, a=5, c=6) == [("a", 5), ("b", 7), ("c", 6)]


def test_puts_small_groups_together() -> None:
    assert shown(a=2, b=3, c=9) == [("c", 9), (OTHERS, 5)]


def test_lets_nobody_find_a_small_group_by_subtraction() -> None:
    assert shown(a=4, b=7, c=9) == [("c", 9), (OTHERS, 11)]
    assert shown(a=1, b=9) == [(OTHERS, 10)]


def test_shows_nothing_of_too_few() -> None:
    assert shown(a=4) == []
    assert shown(a=2, b=2) == []
    assert shown(a=5) == [("a", 5)]
    assert shown() == []


def test_leaves_out_groups_that_nobody_belongs_to() -> None:
    groups = groups_to_show({"a": of(6)}, order=["z", "a"], least=5)
    assert [group.words for group in groups] == ["a"]


@given(sizes=st.lists(st.integers(1, 12), max_size=8), least=st.integers(5, 8))
def test_whatever_is_shown_is_of_enough_people_and_nobody_is_counted_twice(
    sizes: list[int], least: int
) -> None:
    found = shown(least, **{f"g{number}": size for number, size in enumerate(sizes)})
    assert all(count >= least for _, count in found)
    assert sum(count for _, count in found) == (sum(sizes) if sum(sizes) >= least else 0)


@pytest.mark.parametrize(
    ("birth", "group"),
    [
        (None, "Age not known"),
        (date(2001, 5, 5), "Under 25"),
        (date(2001, 5, 4), "25 to 44"),
        (date(1981, 5, 5), "25 to 44"),
        (date(1981, 5, 4), "45 to 64"),
        (date(1961, 4, 30), "65 to 74"),
        (date(1961, 6, 1), "45 to 64"),
        (date(1951, 5, 4), "75 to 84"),
        (date(1941, 5, 5), "75 to 84"),
        (date(1941, 5, 4), "85 and over"),
    ],
)
def test_a_birthday_counts_from_its_morning(birth: date | None, group: str) -> None:
    assert age_group(birth, on=date(2026, 5, 4)) == group


def test_takes_one_year_off_before_the_birthday_of_this_year() -> None:
    assert age_group(date(2001, 6, 1), on=date(2027, 5, 31)) == "25 to 44"
    assert age_group(date(1961, 6, 1), on=date(2027, 5, 31)) == "65 to 74"


def test_groups_amounts_by_the_pound_they_begin_at() -> None:
    pence = (0, 99_99, 100_00, 299_99, 300_00, 599_99, 600_00, 9_000_00)
    assert [amount_group(each) for each in pence] == [
        "Up to £99.99 a week",
        "Up to £99.99 a week",
        "£100 to £299.99",
        "£100 to £299.99",
        "£300 to £599.99",
        "£300 to £599.99",
        "£600 and more",
        "£600 and more",
    ]
