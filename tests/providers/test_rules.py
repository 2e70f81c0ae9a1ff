"""How near two postcodes are, and what a code of a service stands for."""

import pytest

from plans.rules import kind_of
from providers.rules import Near, how_near


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("TV4 2QA", "tv4 3dl", Near.SAME),
        ("TV42QA", "TV4 3DL", Near.SAME),
        ("TV4 2QA", "TV1 7BY", Near.CLOSE),
        ("TV4 2QA", "TV44 7BY", Near.CLOSE),
        ("TV4 2QA", "LN1 7BY", Near.FURTHER),
        ("EC1A 1BB", "EC1A 9XX", Near.SAME),
        ("", "TV4 2QA", Near.UNKNOWN),
        ("TV4 2QA", "somewhere", Near.UNKNOWN),
        ("TV4", "TV4", Near.UNKNOWN),
    ],
)
def test_compares_postcodes_by_their_first_half(one: str, other: str, near: Near) -> None:
    assert how_near(one, other) == near
    assert how_near(other, one) == near


def test_calls_a_kind_of_help_by_its_words() -> None:
    assert kind_of("HC-HOUR").words == "Help at home"
    assert kind_of("HC-HOUR").is_regulated
    assert kind_of("DOG-WALK").words == "Dog walk"
    assert not kind_of("DOG-WALK").is_regulated
