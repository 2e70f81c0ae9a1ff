"""Sealing words for one place with one key."""

from uuid import UUID

import pytest

from sealing.rules import (
    Place,
    UnableToOpen,
    UnableToSeal,
    keys_of,
    seal,
    seal_bytes,
    unseal,
    unseal_bytes,
)

ROW, OTHER_ROW = UUID(int=7), UUID(int=8)
HERE = Place("plans_plan.outcomes", ROW)
OLD, NEW = "an old secret that is long enough", "a new secret that is long enough"
KEYS = keys_of([NEW, OLD])
SAID = "I want to sing. Ŵy fi ’n hoffi canu. \U0001f3b6"


def test_opens_what_it_sealed_and_shows_no_word_of_it() -> None:
    sealed = seal(SAID, at=HERE, keys=KEYS)
    assert "sing" not in sealed
    assert unseal(sealed, at=HERE, keys=KEYS) == SAID
    assert unseal_bytes(seal_bytes(b"%PDF", at=HERE, keys=KEYS), at=HERE, keys=KEYS) == b"%PDF"


def test_leaves_nothing_as_nothing() -> None:
    assert seal("", at=HERE, keys=keys_of([])) == unseal("", at=HERE, keys=keys_of([])) == ""
    assert seal_bytes(b"", at=HERE, keys=KEYS) == unseal_bytes(b"", at=HERE, keys=KEYS) == b""


def test_looks_the_same_in_its_place_and_different_everywhere_else() -> None:
    everywhere = [HERE, Place("plans_plan.advice", ROW), Place("plans_plan.outcomes", OTHER_ROW)]
    assert len({seal(SAID, at=place, keys=KEYS) for place in (*everywhere, *everywhere)}) == 3


@pytest.mark.parametrize(
    "elsewhere", [Place("plans_plan.advice", ROW), Place("plans_plan.outcomes", OTHER_ROW)]
)
def test_does_not_open_in_another_row_or_column(elsewhere: Place) -> None:
    with pytest.raises(UnableToOpen, match=f"{elsewhere.column} of row {elsewhere.row} does not open"):
        unseal(seal(SAID, at=HERE, keys=KEYS), at=elsewhere, keys=KEYS)
    with pytest.raises(UnableToOpen, match="does not open"):
        unseal_bytes(seal_bytes(b"%PDF", at=HERE, keys=KEYS), at=elsewhere, keys=KEYS)


def test_does_not_open_what_was_changed() -> None:
    sealed = seal(SAID, at=HERE, keys=KEYS)
    for at in (13, len(sealed) // 2, len(sealed) - 4):
        changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
        with pytest.raises(UnableToOpen, match="it was changed"):
            unseal(changed, at=HERE, keys=KEYS)
    with pytest.raises(UnableToOpen, match="was never sealed"):
        unseal(SAID, at=HERE, keys=KEYS)


def test_seals_with_the_newest_key_and_opens_with_every_one() -> None:
    sealed = seal(SAID, at=HERE, keys=keys_of([OLD]))
    assert unseal(sealed, at=HERE, keys=KEYS) == SAID
    assert seal(SAID, at=HERE, keys=KEYS).startswith(keys_of([NEW]).newest.begins)


def test_says_which_key_is_missing() -> None:
    sealed = seal(SAID, at=HERE, keys=keys_of([OLD]))
    name = keys_of([OLD]).newest.name
    with pytest.raises(UnableToOpen, match=f"Sealed with key {name}, which is neither SEALING_KEY nor"):
        unseal(sealed, at=HERE, keys=keys_of([NEW]))
    with pytest.raises(UnableToSeal, match="SEALING_KEY is not set"):
        seal(SAID, at=HERE, keys=keys_of(["", ""]))
