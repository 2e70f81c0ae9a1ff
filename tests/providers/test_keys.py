"""Keys of providers' systems: a secret is shown once, can be changed with an overlap, and opens nothing in the end."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from allauth.idp.oidc.models import Client, Token

from people.models import Notice
from providers.actions import (
    KeyIsThere,
    UnableToIssueKey,
    UnableToRegisterProvider,
    UnableToRevokeKey,
    UnableToRotateKey,
    issue_key,
    revoke_key,
    rotate_key,
)
from providers.actions.keys import MOST_KEYS, SCOPES
from providers.models import KeyCredential, SystemKey
from providers.queries import history_of, key_for, may_sign_in, working_credentials
from tests.people.makers import make_council
from tests.providers.makers import (
    make_issued,
    make_key,
    make_lasting_token,
    make_provider,
    make_staff,
    make_token,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_opens_with_its_client_id_and_secret_and_keeps_only_a_hash() -> None:
    issued = make_issued()
    client = Client.objects.get()
    assert client.pk == issued.client_id
    assert client.check_secret(issued.secret)
    assert not client.check_secret(issued.secret + "x")
    assert client.secret == f"random_sha256$${sha256(issued.secret.encode()).hexdigest()}"
    assert client.get_scopes() == list(SCOPES)
    assert may_sign_in(issued.client_id, at=NOW)


def test_shows_from_its_client_id_whether_it_only_practises() -> None:
    assert make_issued().client_id.startswith("cp_")
    practising = make_issued(is_sandbox=True)
    assert practising.client_id.startswith("cp_try_")
    assert practising.secret.startswith("cp_try_secret_")


def test_opens_with_an_access_token_until_it_runs_out() -> None:
    issued = make_issued()
    token = make_token(client_id=issued.client_id, expires_at=NOW)
    assert key_for(token, at=NOW - timedelta(seconds=1)) == issued.key
    assert key_for(token, at=NOW) is None
    assert token not in str(Token.objects.values())


def test_allows_no_more_than_the_access_token_was_asked_for() -> None:
    issued = make_issued(scopes=["invoices:read", "invoices:write"])
    narrow = key_for(make_token(client_id=issued.client_id, scopes=["invoices:read"]), at=NOW)
    wide = key_for(make_token(client_id=issued.client_id, scopes=["invoices:read", "payments:read"]), at=NOW)
    assert narrow is not None
    assert wide is not None
    assert (narrow.allows("invoices:read"), narrow.allows("invoices:write")) == (True, False)
    assert not wide.allows("payments:read")


def test_never_gives_the_same_secret_twice() -> None:
    provider = make_provider()
    assert len({make_issued(provider=provider).secret for _ in range(5)}) == 5


@pytest.mark.parametrize("token", ["", "cp_wrong", "\ud800", "cp_" + "x" * 10_000, "\x00"])
def test_opens_with_no_other(token: str) -> None:
    make_key()
    assert key_for(token, at=NOW) is None


def test_opens_with_a_token_that_lasts_until_the_key_is_rotated() -> None:
    """Keys of before there was OAuth2: their tokens go on working, and rotating leads to a client id and a secret."""
    issued = make_issued()
    KeyCredential.objects.update(ends_at=NOW - DAY, ended_by="system:tests")
    token = make_lasting_token(key=issued.key)
    opened = key_for(token, at=NOW)
    assert opened == issued.key
    assert opened.allows("invoices:write")

    renewed = rotate_key(key=issued.key, overlap=DAY, by="system:tests", at=NOW)
    assert key_for(token, at=NOW + DAY - timedelta(seconds=1)) == issued.key
    assert key_for(token, at=NOW + DAY) is None
    assert may_sign_in(renewed.client_id, at=NOW + DAY)


def test_opens_nothing_once_it_is_taken_back() -> None:
    issued = make_issued()
    tokens = [make_token(client_id=issued.client_id), make_lasting_token(key=issued.key)]
    revoked = revoke_key(key=issued.key, by="system:tests", at=NOW)
    assert (revoked.revoked_at, revoked.revoked_by) == (NOW, "system:tests")
    assert [key_for(token, at=NOW) for token in tokens] == [None, None]
    assert not may_sign_in(issued.client_id, at=NOW)
    assert not Client.objects.get().check_secret(issued.secret)
    with pytest.raises(UnableToRevokeKey, match="taken back on 4 May 2026 already"):
        revoke_key(key=issued.key, by="system:tests", at=NOW)


@pytest.mark.parametrize("name", ["", " ", "x" * 101])
def test_needs_a_name_of_a_fitting_length(name: str) -> None:
    with pytest.raises(UnableToIssueKey, match="name"):
        issue_key(provider=make_provider(), name=name, scopes=SCOPES, by="system:tests", at=NOW)


@pytest.mark.parametrize("scopes", [[], ["money:take"], ["invoices:read", "money:take"]])
def test_needs_known_scopes(scopes: list[str]) -> None:
    with pytest.raises(UnableToIssueKey, match="may allow"):
        issue_key(provider=make_provider(), name="X", scopes=scopes, by="system:tests", at=NOW)


def test_is_made_once_however_often_it_is_asked_for() -> None:
    provider, key_id = make_provider(), uuid4()
    issue_key(provider=provider, name="X", scopes=SCOPES, by="system:tests", at=NOW, key_id=key_id)
    with pytest.raises(KeyIsThere, match="shown then"):
        issue_key(provider=provider, name="X", scopes=SCOPES, by="system:tests", at=NOW, key_id=key_id)
    assert SystemKey.objects.get().pk == key_id


def test_makes_no_more_keys_than_somebody_can_look_after() -> None:
    provider = make_provider()
    SystemKey.objects.bulk_create(
        SystemKey(provider=provider, name="X", scopes=["invoices:read"], made_by="system:tests")
        for _ in range(MOST_KEYS)
    )
    with pytest.raises(UnableToIssueKey, match="50 keys already"):
        make_issued(provider=provider)


def test_gives_a_new_secret_and_lets_the_older_one_work_for_as_long_as_was_said() -> None:
    issued = make_issued()
    old_token = make_token(client_id=issued.client_id)
    renewed = rotate_key(key=issued.key, overlap=7 * DAY, by="system:tests", at=NOW)
    new_token = make_token(client_id=renewed.client_id)

    assert renewed.key == issued.key
    just_before, then = NOW + 7 * DAY - timedelta(seconds=1), NOW + 7 * DAY
    assert [key_for(token, at=just_before) for token in (old_token, new_token)] == [issued.key] * 2
    assert [key_for(token, at=then) for token in (old_token, new_token)] == [None, issued.key]
    assert [may_sign_in(each.client_id, at=then) for each in (issued, renewed)] == [False, True]


def test_can_end_the_older_secret_at_once() -> None:
    issued = make_issued()
    rotate_key(key=issued.key, overlap=timedelta(), by="system:tests", at=NOW)
    assert not may_sign_in(issued.client_id, at=NOW)


def test_never_has_more_than_two_secrets_that_work() -> None:
    first = make_issued()
    second = rotate_key(key=first.key, overlap=30 * DAY, by="system:tests", at=NOW)
    third = rotate_key(key=first.key, overlap=DAY, by="system:tests", at=NOW + DAY)
    working = working_credentials(key=first.key, at=NOW + DAY)
    assert [each.client_id for each in working] == [second.client_id, third.client_id]
    assert not may_sign_in(first.client_id, at=NOW + DAY)


@pytest.mark.parametrize("overlap", [timedelta(days=30, seconds=1), timedelta(seconds=-1)])
def test_lets_both_secrets_work_for_thirty_days_at_most(overlap: timedelta) -> None:
    with pytest.raises(UnableToRotateKey, match="at most 30 days"):
        rotate_key(key=make_issued().key, overlap=overlap, by="system:tests", at=NOW)


def test_is_not_rotated_once_it_is_taken_back_or_twice_by_one_answer() -> None:
    key, credential_id = make_issued().key, uuid4()
    rotate_key(key=key, overlap=DAY, by="system:tests", at=NOW, credential_id=credential_id)
    with pytest.raises(UnableToRotateKey, match="a moment ago"):
        rotate_key(key=key, overlap=DAY, by="system:tests", at=NOW, credential_id=credential_id)
    revoke_key(key=key, by="system:tests", at=NOW)
    with pytest.raises(UnableToRotateKey, match="taken back"):
        rotate_key(key=key, overlap=DAY, by="system:tests", at=NOW)


def test_tells_everybody_who_works_for_the_provider_what_was_done() -> None:
    provider = make_provider()
    nora, noel = make_staff(provider=provider), make_staff(provider=provider, name="Noel")
    make_staff(provider=make_provider(council=provider.council))
    issued = issue_key(provider=provider, name="Rota", scopes=SCOPES, by=nora.label, at=NOW)
    rotate_key(key=issued.key, overlap=DAY, by=nora.label, at=NOW)
    revoke_key(key=issued.key, by="user:" + str(uuid4()), at=NOW)

    told = Notice.objects.filter(kind__startswith="providers_key").order_by("made_at", "pk")
    assert {notice.user for notice in told} == {nora, noel}
    words = [notice.words for notice in told.filter(user=noel)]
    assert [notice.kind.removeprefix("providers_key_") for notice in told.filter(user=noel)] == [
        "made",
        "rotated",
        "revoked",
    ]
    assert "Nora Provider made the key “Rota”" in words[0]
    assert "The older one works until" in words[1]
    assert str(provider.council) in words[2]
    assert issued.secret not in str(Notice.objects.values())


def test_says_what_was_done_with_it_and_by_whom() -> None:
    provider = make_provider()
    nora = make_staff(provider=provider)
    key = issue_key(provider=provider, name="Rota", scopes=SCOPES, by=nora.label, at=NOW).key
    rotate_key(key=key, overlap=timedelta(), by=nora.label, at=NOW + DAY)
    key = revoke_key(key=key, by="user:" + str(uuid4()), at=NOW + 2 * DAY)
    assert [(act.at, act.words, act.by) for act in history_of(key)] == [
        (NOW + 2 * DAY, "Taken back", str(provider.council)),
        (NOW + DAY, "The older secret stopped working", "Nora Provider"),
        (NOW + DAY, "A new secret was made", "Nora Provider"),
        (NOW, "Made", "Nora Provider"),
    ]


def test_refuses_a_second_provider_of_a_reference() -> None:
    council = make_council()
    make_provider(council=council, ref="PR-1")
    with pytest.raises(UnableToRegisterProvider, match="PR-1 already"):
        make_provider(council=council, ref="PR-1")
    make_provider(ref="PR-1")
