"""Words for people: days, moments, short sentences, and subjects that give nothing away."""

from datetime import date, datetime

import pytest

from people.rules.words import day_words, gives_away, long_sentences, moment_words


def test_says_a_day_as_people_do() -> None:
    assert day_words(date(2026, 5, 4)) == "Monday 4 May 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(17, 0, "5pm"), (17, 30, "5:30pm"), (0, 5, "12:05am"), (12, 0, "12pm"), (9, 0, "9am")],
)
def test_says_a_moment_as_people_do(hour: int, minute: int, words: str) -> None:
    assert moment_words(datetime(2026, 5, 4, hour, minute)) == f"Monday 4 May 2026 at {words}"  # noqa: DTZ001


@pytest.mark.parametrize(
    "subject", ["You put in £5", "You put in 1,000.00 pounds", "Only 50p left", "5 pounds!"]
)
def test_finds_an_amount_in_a_subject(subject: str) -> None:
    assert gives_away(subject, private=[])


@pytest.mark.parametrize("subject", ["News from the Somali women's cluster", "SOMALI cooking"])
def test_finds_one_word_of_what_is_private_in_a_subject(subject: str) -> None:
    assert gives_away(subject, private=["Somali-speaking and Muslim"])


@pytest.mark.parametrize(
    "subject", ["Your vote is open", "3 people asked to join", "Come and see us at 5pm and stay"]
)
def test_lets_a_subject_be_that_says_nothing(subject: str) -> None:
    assert not gives_away(subject, private=["Somali and Muslim", ""])


def test_counts_the_words_of_each_sentence() -> None:
    fifteen = " ".join(["word"] * 15)
    assert long_sentences(f"{fifteen}. {fifteen}\n{fifteen}: one two – three") == []
    assert long_sentences(f"Short. {fifteen} more. Short.") == [f"{fifteen} more."]
