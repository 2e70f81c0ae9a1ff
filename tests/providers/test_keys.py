"""Keys of providers' systems: the token is shown once, and opens nothing once it is taken back."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from providers.actions import (
    UnableToIssueKey,
    UnableToRegisterProvider,
    UnableToRevokeKey,
    issue_key,
    revoke_key,
)
from providers.queries import key_for
from tests.people.makers import make_council
from tests.providers.makers import make_key, make_provider

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


def test_opens_with_its_token_and_keeps_only_the_hash() -> None:
    key, token = make_key()
    assert token.startswith("cp_")
    assert len(token) > 40
    assert key_for(token) == key
    assert key.token_hash == sha256(token.encode()).hexdigest()
    assert token not in str(vars(key))


def test_never_gives_the_same_token_twice() -> None:
    provider = make_provider()
    assert len({make_key(provider=provider)[1] for _ in range(5)}) == 5


@pytest.mark.parametrize("token", ["", "cp_wrong", "\ud800", "cp_" + "x" * 10_000])
def test_opens_with_no_other(token: str) -> None:
    make_key()
    assert key_for(token) is None


def test_opens_nothing_once_it_is_taken_back() -> None:
    key, token = make_key()
    revoked = revoke_key(key=key, by="user:1", at=NOW)
    assert (revoked.revoked_at, revoked.revoked_by) == (NOW, "user:1")
    assert key_for(token) is None
    with pytest.raises(UnableToRevokeKey, match="taken back on 4 May 2026 already"):
        revoke_key(key=key, by="user:1", at=NOW)


@pytest.mark.parametrize(("name", "scopes"), [("", ["invoices:read"]), ("X", []), ("X", ["money:take"])])
def test_needs_a_name_and_known_scopes(name: str, scopes: list[str]) -> None:
    with pytest.raises(UnableToIssueKey):
        issue_key(provider=make_provider(), name=name, scopes=scopes, by="user:1")


def test_refuses_a_second_provider_of_a_reference() -> None:
    council = make_council()
    make_provider(council=council, ref="PR-1")
    with pytest.raises(UnableToRegisterProvider, match="PR-1 already"):
        make_provider(council=council, ref="PR-1")
    make_provider(ref="PR-1")
