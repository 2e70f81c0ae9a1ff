"""What `check --deploy` says of the key."""

import pytest
from pytest_django import Settings

from sealing.checks import the_key_is_good


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "not set"),
        ("short", "too short: it has 5 characters and needs 32"),
        ("the same secret for everything there is", "same as SECRET_KEY"),
        ("a long secret of its own, made up at random", ""),
    ],
)
def test_asks_for_a_long_key_of_its_own(settings: Settings, key: str, said: str) -> None:
    settings.SECRET_KEY = "the same secret for everything there is"
    settings.SEALING_KEYS = [key]
    assert [said in fault.msg for fault in the_key_is_good(None)] == ([True] if said else [])
