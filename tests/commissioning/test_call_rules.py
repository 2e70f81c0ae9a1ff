"""Whether words name somebody, whether a call fits a provider, and how bars are drawn."""

import pytest

from commissioning.rules.bars import WIDTH, bars_of
from commissioning.rules.fit import Offered, Wanted, misfits
from commissioning.rules.names import named_in, says_how_to_reach

FITTING = Wanted(service_code="HC-HOUR", place="Elm Street, Northfield", languages=["Somali"])


def offered(**changes: object) -> Offered:
    usual: dict[str, object] = {
        "service_codes": ["HC-HOUR"],
        "area": "Northfield",
        "languages": ["somali", "Arabic"],
    }
    return Offered(**(usual | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"area": ""}, ""),
        ({"area": "Southfield, northfield"}, ""),
        ({"area": "Elm Street, Northfield and around"}, ""),
        ({"service_codes": ["GARDEN"]}, "You do not say that you offer this kind of help."),
        (
            {"area": "Southfield"},
            "It is in Elm Street, Northfield, and you say that you work in Southfield.",
        ),
        ({"languages": ["Welsh"]}, "They ask for Somali."),
    ],
)
def test_says_what_does_not_fit(changes: dict[str, object], said: str) -> None:
    assert " ".join(misfits(FITTING, offered(**changes))) == said


def test_takes_english_for_granted() -> None:
    wanted = Wanted(service_code="HC-HOUR", place="", languages=["English"])
    assert misfits(wanted, offered(languages=[])) == []


@pytest.mark.parametrize(
    ("words", "whole", "parts"),
    [
        ("One of us needs help", [], []),
        ("For Grace Will-Smith, please", ["Grace Will Smith"], ["grace", "smith", "will"]),
        ("We will say grace", [], ["grace", "will"]),
        ("graceful willows", [], []),
        ("Al is not looked for", [], []),
    ],
)
def test_finds_names_in_words(words: str, whole: list[str], parts: list[str]) -> None:
    found = named_in(words, names=["Grace Will Smith", "Al Bo"])
    assert (list(found.whole), list(found.parts)) == (whole, parts)


@pytest.mark.parametrize(
    ("words", "is_reachable"),
    [
        ("me@example.test", True),
        ("01632 960960", True),
        ("On 4 May 2026 at 10", False),
        ("2 hours @ home", False),
    ],
)
def test_finds_ways_to_reach_somebody(words: str, is_reachable: bool) -> None:
    assert says_how_to_reach(words) == is_reachable


def test_draws_bars_to_one_measure() -> None:
    picture = bars_of("us", "A week", [("One", 100_00, 0), ("Other", 50_00, 1), ("Nothing", 0, 0)])
    assert [bar.width for bar in picture.bars] == [WIDTH, WIDTH // 2, 0]
    assert picture.description == "One: £100.00. Other: £50.00. Nothing: £0.00."
    assert picture.height > picture.bars[-1].y
    assert bars_of("none", "Nothing", []).height == 1
