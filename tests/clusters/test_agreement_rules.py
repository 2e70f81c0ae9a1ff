"""What an agreement would mean in pounds, and what one version changes in another."""

import pytest

from clusters.rules.difference import Change, differences
from clusters.rules.example import away_example, worked_example
from plans.rules import kind_of, words_for


def test_shares_fifty_pounds_among_five_as_in_the_care_rules() -> None:
    example = worked_example(own_pence=100_00, others_pence=[100_00] * 4)
    assert (example.equal_pence, example.by_pledge_pence) == (10_00, 10_00)


def test_goes_by_what_each_puts_in() -> None:
    example = worked_example(own_pence=300_00, others_pence=[100_00, 100_00, 50_00, 61_00])
    assert (example.equal_pence, example.by_pledge_pence, example.is_about) == (10_00, 24_55, False)


def test_rounds_for_few_so_that_nobody_can_work_out_what_another_put_in() -> None:
    example = worked_example(own_pence=300_00, others_pence=[111_00, 100_00])
    assert (example.by_pledge_pence, example.is_about) == (29_00, True)


@pytest.mark.parametrize(("own", "others"), [(0, [1, 1]), (1, [0, 1]), (5_00, [5_00]), (5_00, [])])
def test_says_nothing_of_pledges_that_are_not_known_or_would_tell_of_one_person(
    own: int, others: list[int]
) -> None:
    assert worked_example(own_pence=own, others_pence=others).by_pledge_pence is None


def test_shares_as_if_they_were_enough_while_they_are_few() -> None:
    example = worked_example(own_pence=5_00, others_pence=[], least_members=3)
    assert (example.members, example.equal_pence, example.by_pledge_pence) == (3, 16_67, None)


def test_with_one_away_they_pay_anyway_or_the_others_or_the_reserve_cover() -> None:
    away = away_example(members=5)
    assert (away.usual_pence, away.others_pence, away.reserve_pence) == (10_00, 12_50, 10_00)
    assert away_example(members=3).others_pence == 25_00


def test_loses_no_penny_with_three() -> None:
    away = away_example(members=3)
    assert 2 * away.usual_pence + away.reserve_pence == away.total_pence


def test_one_alone_has_nobody_to_cover() -> None:
    with pytest.raises(ValueError, match="alone"):
        away_example(members=1)


def test_tells_line_by_line_and_word_by_word_what_changed() -> None:
    before = {"Leaving": "They stay for 7 days", "Reserve": "None", "Old": "Gone"}
    after = {"Leaving": "They stay for 14 days", "Reserve": "None", "New": "Here"}
    leaving, reserve, new, old = differences(before, after)
    assert [(piece.change, piece.words) for piece in leaving.pieces] == [
        (Change.SAME, "They stay for"),
        (Change.GONE, "7"),
        (Change.NEW, "14"),
        (Change.SAME, "days"),
    ]
    assert [line.change for line in (leaving, reserve, new, old)] == ["changed", "same", "new", "gone"]


def test_calls_a_service_by_its_words_and_an_unknown_one_by_its_code() -> None:
    assert words_for("PA-HOUR") == "A personal assistant"
    assert words_for("OWL-WATCH") == "Owl watch"
    assert kind_of("OWL-WATCH").unit == "session"
