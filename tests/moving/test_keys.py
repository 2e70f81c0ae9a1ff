"""Councils' keys: made, entered, checked by a second person, ended; the private half never in the clear."""

import pytest
from cryptography.fernet import InvalidToken

from moving.actions import UnableToKeepKey, check_council, end_council, enter_council, make_key
from moving.models import CouncilKey
from moving.rules.keys import UnableToReadKey, lock, read_key, unlock, unlock_key, write_key
from tests.cast import NINE
from tests.moving.makers import make_known, make_side

pytestmark = pytest.mark.django_db


def test_keeps_the_private_half_locked_with_the_settings_secret() -> None:
    side = make_side()
    with pytest.raises(InvalidToken):
        unlock_key(side.key.locked, secrets=["another secret"])


def test_reads_what_an_earlier_secret_locked() -> None:
    locked = lock(b"words", secrets=["old"])
    assert unlock(locked, secrets=["new", "old"]) == b"words"


def test_makes_a_new_key_that_retires_the_one_before() -> None:
    side = make_side()
    new = make_key(council=side.council, by=side.admin, at=NINE)
    assert list(CouncilKey.objects.filter(council=side.council, retired_at__isnull=True)) == [new]
    with pytest.raises(UnableToKeepKey, match="Only an administrator"):
        make_key(council=side.council, by=side.manager, at=NINE)


def test_counts_only_once_somebody_else_has_checked_it() -> None:
    first, second = make_side(), make_side()
    known = make_known(of=second, to=first, is_checked=False)
    said = second.key.public.fingerprint
    with pytest.raises(UnableToKeepKey, match="Somebody else"):
        check_council(known=known, fingerprint=said, by=first.admin, at=NINE)
    with pytest.raises(UnableToKeepKey, match="not the fingerprint"):
        check_council(known=known, fingerprint=said[:-1] + "x", by=first.manager, at=NINE)
    with pytest.raises(UnableToKeepKey, match="Only an administrator or a team manager"):
        check_council(known=known, fingerprint=said, by=second.manager, at=NINE)
    checked = check_council(known=known, fingerprint=said.lower().replace(" ", ""), by=first.manager, at=NINE)
    assert checked.checked_by == first.manager
    with pytest.raises(UnableToKeepKey, match="meanwhile"):
        check_council(known=known, fingerprint=said, by=first.manager, at=NINE)


def test_is_entered_once_and_never_ones_own() -> None:
    first, second = make_side(), make_side()
    known = make_known(of=second, to=first)
    with pytest.raises(UnableToKeepKey, match="already"):
        make_known(of=second, to=first)
    with pytest.raises(UnableToKeepKey, match="your own"):
        make_known(of=first, to=first)
    content = write_key(second.key.public)
    with pytest.raises(UnableToKeepKey, match="Only an administrator"):
        enter_council(council=first.council, content=content, by=first.manager, at=NINE)
    with pytest.raises(UnableToKeepKey, match="Only an administrator"):
        end_council(known=known, by=first.manager, at=NINE)
    end_council(known=known, by=first.admin, at=NINE)
    with pytest.raises(UnableToKeepKey, match="ended already"):
        end_council(known=known, by=first.admin, at=NINE)
    make_known(of=second, to=first)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"format":"common-purse-council-key","version":2,"code":"A","name":"A","signing":"","sealing":""}',
        b'{"format":"common-purse-council-key","version":1,"code":"A","name":"A","signing":"AA==","sealing":"AA=="}',
        b'{"format":"common-purse-council-key","version":1,"code":"A","name":"A","signing":"?","sealing":"?"}',
    ],
)
def test_refuses_what_is_no_key(content: bytes) -> None:
    with pytest.raises(UnableToReadKey, match="key"):
        read_key(content)
    side = make_side()
    with pytest.raises(UnableToKeepKey, match="key"):
        enter_council(council=side.council, content=content, by=side.admin, at=NINE)
