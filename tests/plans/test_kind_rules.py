"""The kinds of help: known ones by their words, others by their code."""

import pytest

from plans.rules.kinds import KINDS, Kind, kind_of, words_for


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_knows_a_kind_by_its_code(kind: Kind) -> None:
    assert kind_of(kind.code) == kind
    assert words_for(kind.code) == kind.words


def test_calls_a_kind_without_words_by_its_code() -> None:
    assert kind_of("DOG-WALK_LONG") == Kind(
        "DOG-WALK_LONG", "Dog walk long", "session", "question", is_regulated=False
    )
    assert words_for("DOG-WALK") == "Dog walk"
