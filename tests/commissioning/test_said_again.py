"""What an offer would mean is kept with a vote in one language, and said in whichever is read."""

from decimal import Decimal

import pytest

from clusters.models import CountsAs, Option
from commissioning.rules import again
from commissioning.rules.again import meaning_again
from commissioning.rules.price import each_words, once_words, price_words, week_words
from providers.rules import amount_again


def kept(rule: str, *, unit: str = "hour", one_off_pence: int = 0) -> str:
    """Give what is kept of an offer of £18 for each of 10 units a week, shared by four."""
    said = (
        price_words(18_00, unit),
        week_words(180_00, Decimal(10), unit),
        each_words(180_00, members=4, rule=rule),
        once_words(one_off_pence),
    )
    return " ".join(words for words in said if words)


@pytest.fixture
def in_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language that says what is counted in capitals."""
    monkeypatch.setattr(again, "COUNTED", {"unit": str.upper, "amount": str.upper})


@pytest.mark.parametrize("rule", ["by_use", "equal", "by_pledge"])
def test_says_every_sentence_of_an_offer_again(rule: str) -> None:
    words = kept(rule, unit="half day", one_off_pence=50_00)
    assert meaning_again(words) == words


@pytest.mark.usefixtures("in_other_words")
def test_says_what_is_counted_in_the_language_that_is_read() -> None:
    said = Option(counts_as=CountsAs.OPTION, meaning=kept("equal")).meaning_words
    assert said.startswith(
        "One HOUR costs £18.00. For 10 HOURS a week we all pay £180.00 together. That is about"
    )


@pytest.mark.parametrize(
    "words", ["", "You have voted. It is left to the others.", "We want 10 hours a week."]
)
def test_leaves_other_words_to_others(words: str) -> None:
    assert meaning_again(words) is None


@pytest.mark.parametrize("amount", ["1 hour", "2.5 half days", "3 lunches", "10 benches", "a few"])
def test_says_an_amount_again(amount: str) -> None:
    assert amount_again(amount) == amount
