"""Counting votes: every method, every edge, in whole numbers (design section 4)."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.rules import (
    Choice,
    Count,
    Question,
    Voter,
    Why,
    count_votes,
    is_quorate,
    least_yes,
    may_show_counts,
    outcome_words,
)

YES, NO, UNSURE = (
    Choice(id=UUID(int=number), counts_as=kind)
    for number, kind in enumerate(("yes", "no", "unsure"), start=1)
)
BY_LETTER = {"y": YES, "n": NO, "r": NO, "u": UNSURE}


def voters(said: str, *, gone: str = "", free: str = "") -> list[Voter]:
    """
    Voters by letter: y yes, n no, r no with a reason, u not sure, - has not voted.

    `gone` and `free` mark with an x, place by place, who has left and who does not pay.
    """
    gone, free = gone.ljust(len(said)), free.ljust(len(said))
    return [
        Voter(
            choices=frozenset([BY_LETTER[letter].id]) if letter in BY_LETTER else frozenset(),
            has_reason=letter == "r",
            is_gone=left == "x",
            is_payer=not_paying != "x",
        )
        for letter, left, not_paying in zip(said, gone, free, strict=True)
    ]


def counted(
    method: str,
    said: str,
    *,
    gone: str = "",
    free: str = "",
    quorum: tuple[int, int] = (1, 2),
    money: bool = True,
) -> Count:
    question = Question(
        method=method,
        choices=[YES, NO, UNSURE],
        quorum_votes=quorum[0],
        quorum_of=quorum[1],
        is_about_money=money,
    )
    return count_votes(question, voters(said, gone=gone, free=free))


@pytest.mark.parametrize(
    ("method", "said", "why"),
    [
        ("majority", "yyn", Why.PASSED),
        ("majority", "yynn", Why.TIE),
        ("majority", "ynn", Why.NOT_ENOUGH_YES),
        ("majority", "yuu", Why.NOT_ENOUGH_YES),
        ("majority", "y--", Why.TOO_FEW_VOTED),
        ("majority", "yy--", Why.PASSED),
        ("majority", "yy---", Why.TOO_FEW_VOTED),
        ("majority", "uuu", Why.NOT_ENOUGH_YES),
        ("majority", "---", Why.TOO_FEW_VOTED),
        ("two_thirds", "yyn", Why.PASSED),
        ("two_thirds", "yyynn", Why.NOT_ENOUGH_YES),
        ("two_thirds", "yyyynn", Why.PASSED),
        ("two_thirds", "yyuuu", Why.PASSED),
        ("consent", "yyy", Why.PASSED),
        ("consent", "yyn", Why.PASSED),
        ("consent", "yyr", Why.OBJECTION),
        ("consent", "yyyyyyr", Why.OBJECTION),
        ("consent", "yynn", Why.TIE),
        ("consent", "yynnn", Why.NOT_ENOUGH_YES),
        ("consent", "uuuu", Why.NOT_ENOUGH_YES),
        ("majority", "yyr", Why.PASSED),
        ("unanimity", "yyy", Why.PASSED),
        ("unanimity", "yyn", Why.NOT_EVERY_PAYER),
        ("unanimity", "yyu", Why.NOT_EVERY_PAYER),
        ("unanimity", "yy-", Why.NOT_EVERY_PAYER),
    ],
)
def test_counts_by_its_method(method: str, said: str, why: Why) -> None:
    count = counted(method, said)
    assert (count.why, count.winner) == (why, YES.id if why == Why.PASSED else None)


@pytest.mark.parametrize(
    ("said", "why"),
    [("y", Why.PASSED), ("n", Why.NOT_ENOUGH_YES), ("-", Why.TOO_FEW_VOTED), ("u", Why.NOT_ENOUGH_YES)],
)
def test_who_is_the_only_one_decides_alone(said: str, why: Why) -> None:
    assert counted("majority", said).why == why


@pytest.mark.parametrize(
    ("said", "why"),
    [("yy", Why.PASSED), ("y-", Why.NOT_ENOUGH_YES), ("yn", Why.TIE), ("yu", Why.NOT_ENOUGH_YES)],
)
def test_of_two_both_say_yes(said: str, why: Why) -> None:
    assert counted("consent", said).why == why


def test_the_ballot_of_who_left_is_void_in_a_decision_about_money_and_the_roll_stays() -> None:
    count = counted("majority", "yyyn--", gone="xx")
    assert (count.roll, count.cast, count.yes, count.no) == (6, 2, 1, 1)
    assert count.why == Why.TOO_FEW_VOTED
    kept = counted("majority", "yyyn--", gone="xx", money=False)
    assert (kept.cast, kept.yes, kept.why) == (4, 3, Why.PASSED)


def test_the_objection_of_who_left_is_void_with_their_ballot() -> None:
    assert counted("consent", "yyyr", gone="   x").why == Why.PASSED
    assert counted("consent", "yyyr", gone="   x", money=False).why == Why.OBJECTION


def test_unanimity_asks_every_payer_who_is_still_there() -> None:
    assert counted("unanimity", "yyn", gone="  x").why == Why.PASSED
    assert counted("unanimity", "yy-", free="  x").why == Why.PASSED
    assert counted("unanimity", "yyn", free="  x").why == Why.PASSED
    assert counted("unanimity", "yyyn", free=" xx ").why == Why.NOT_EVERY_PAYER


def test_unanimity_where_nobody_pays_asks_everybody_who_is_still_there() -> None:
    assert counted("unanimity", "yyy", free="xxx").why == Why.PASSED
    assert counted("unanimity", "yyn", free="xxx").why == Why.NOT_EVERY_PAYER
    assert counted("unanimity", "yyy", gone="xxx").winner is None


@pytest.mark.parametrize(("roll", "least"), [(1, 1), (2, 2), (3, 2), (15, 2)])
def test_two_have_to_say_yes_where_there_are_two(roll: int, least: int) -> None:
    assert least_yes(roll) == least


CARE, KIND, NEAR = (Choice(id=UUID(int=number), counts_as="option") for number in (11, 12, 13))
NONE = Choice(id=UUID(int=14), counts_as="no")


def approved(choices: Sequence[Choice], *ballots: Sequence[Choice]) -> Count:
    question = Question(method="approval", choices=choices, is_about_money=True)
    people = [Voter(choices=frozenset(choice.id for choice in ballot)) for ballot in ballots]
    return count_votes(question, people)


def test_the_option_most_approve_of_wins() -> None:
    count = approved([CARE, KIND, NEAR], [CARE, KIND], [CARE], [NEAR], [CARE, NEAR])
    assert (count.winner, count.why) == (CARE.id, Why.PASSED)
    assert count.for_choice == {CARE.id: 3, KIND.id: 1, NEAR.id: 2}


def test_no_option_wins_a_tie_or_with_one_vote() -> None:
    assert approved([CARE, KIND], [CARE, KIND], [CARE, KIND], [CARE], [KIND]).why == Why.TIE
    assert approved([CARE, KIND], [CARE], [], []).why == Why.TOO_FEW_VOTED
    assert approved([CARE, KIND, UNSURE], [CARE], [UNSURE], []).why == Why.NOT_ENOUGH_YES


def test_what_was_taken_back_cannot_win_and_ties_with_nothing() -> None:
    gone = Choice(id=CARE.id, counts_as="option", is_withdrawn=True)
    ballots = ([CARE, KIND], [CARE, KIND], [CARE], [NEAR])
    assert approved([CARE, KIND, NEAR], *ballots).winner == CARE.id
    assert approved([gone, KIND, NEAR], *ballots).winner == KIND.id
    assert approved([gone, KIND], [CARE, KIND], [CARE, KIND], [CARE], [CARE]).winner == KIND.id
    assert approved([gone], [CARE], [CARE]).winner is None


def test_none_of_these_can_lead() -> None:
    assert approved([CARE, NONE], [CARE], [CARE], [NONE], [NONE]).why == Why.TIE
    assert approved([CARE, NONE], [CARE], [CARE], [NONE], [NONE], [NONE]).why == Why.NOT_ENOUGH_YES
    assert approved([CARE, NONE], [CARE], [CARE], [NONE]).winner == CARE.id


SAID = st.text(alphabet="ynru-", min_size=1, max_size=15)
METHODS = st.sampled_from(["consent", "majority", "two_thirds", "unanimity"])


@given(said=SAID, method=METHODS, gone=st.text(alphabet="x ", max_size=15))
def test_what_passed_had_its_votes(said: str, method: str, gone: str) -> None:
    count = counted(method, said, gone=gone[: len(said)])
    if count.has_passed:
        assert count.cast * 2 >= count.roll
        assert count.yes >= min(2, count.roll)
        assert count.yes > count.no
        assert method != "two_thirds" or 3 * count.yes >= 2 * (count.yes + count.no)
        assert method != "consent" or count.objections == 0
    else:
        assert count.winner is None


@given(said=SAID, method=METHODS)
def test_one_more_yes_never_hurts(said: str, method: str) -> None:
    before = counted(method, said)
    for place, letter in enumerate(said):
        if letter != "y" and before.has_passed:
            assert counted(method, said[:place] + "y" + said[place + 1 :]).has_passed


@given(said=SAID, method=METHODS)
def test_the_order_of_voters_changes_nothing(said: str, method: str) -> None:
    assert counted(method, said) == counted(method, "".join(sorted(said)))


@given(cast=st.integers(0, 15), roll=st.integers(1, 15), votes=st.integers(1, 9), more=st.integers(0, 9))
def test_a_quorum_is_met_exactly_from_its_part_on(cast: int, roll: int, votes: int, more: int) -> None:
    of = votes + more
    needed = max(1, -(-roll * votes // of))
    assert is_quorate(cast=cast, roll=roll, quorum_votes=votes, quorum_of=of) == (cast >= needed)


@pytest.mark.parametrize(
    ("is_secret", "roll", "shown"), [(True, 4, False), (True, 5, True), (False, 2, True), (True, 1, False)]
)
def test_a_secret_vote_of_few_shows_no_figures(is_secret: bool, roll: int, shown: bool) -> None:
    assert may_show_counts(is_secret=is_secret, roll=roll) == shown


def words(count: Count, *, shown: bool = True, chosen: str = "Yes", quorum: tuple[int, int] = (1, 2)) -> str:
    is_among = chosen != "Yes"
    return outcome_words(count, chosen=chosen, is_among_options=is_among, quorum=quorum, shown=shown)


@pytest.mark.parametrize(
    ("method", "said", "expected"),
    [
        ("majority", "yyyn", "The members agreed. 3 said yes, 1 said no."),
        ("majority", "yyyu", "The members agreed. 3 said yes, nobody said no, 1 not sure."),
        ("majority", "y---", "The members did not agree. 1 of 4 voted, and at least 2 have to."),
        ("majority", "y----", "The members did not agree. 1 of 5 voted, and at least 3 have to."),
        ("majority", "yynn", "The members did not agree. That is a tie. 2 said yes, 2 said no."),
        (
            "consent",
            "yyr",
            "The members did not agree. One member had a reason against it. 2 said yes, 1 said no.",
        ),
        (
            "unanimity",
            "yyn",
            "The members did not agree. Everybody who pays has to say yes to this. 2 said yes, 1 said no.",
        ),
    ],
)
def test_says_what_was_decided_and_why(method: str, said: str, expected: str) -> None:
    assert words(counted(method, said)) == expected


def test_says_which_option_was_chosen() -> None:
    count = approved([CARE, KIND], [CARE], [CARE, KIND], [KIND], [CARE])
    assert words(count, chosen="Kind Hands") == (
        "The members chose Kind Hands. 3 of the 4 who voted are happy with it."
    )
    tie = approved([CARE, KIND], [CARE, KIND], [CARE, KIND])
    assert words(tie, chosen="None") == (
        "The members did not agree. Two answers had the same number of votes."
    )


@given(said=SAID, method=METHODS)
def test_a_secret_vote_of_few_tells_nothing_but_the_outcome(said: str, method: str) -> None:
    said_words = words(counted(method, said), shown=False)
    assert said_words in ("The members agreed.", "The members did not agree.")
