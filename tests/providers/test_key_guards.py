"""What PostgreSQL holds about keys against everybody, psql included."""

from datetime import timedelta

import psycopg
import pytest
from allauth.idp.oidc.models import Client, Token
from django.db import DatabaseError, transaction

from providers.actions import revoke_key, rotate_key
from tests.guards import assert_kept, assert_refused, run_sql
from tests.providers.makers import FAR_OFF, KEY_MADE_AT, make_issued, make_provider, make_token

pytestmark = pytest.mark.django_db

LATER = KEY_MADE_AT + timedelta(days=1)


@pytest.mark.parametrize(
    "change",
    [
        "scopes = ARRAY['contracts:read', 'invoices:write']",
        "is_sandbox = NOT is_sandbox",
        "name = 'another'",
        "made_by = 'user:2'",
        "made_at = now()",
    ],
)
def test_keeps_what_a_key_may_do(change: str) -> None:
    key = make_issued(scopes=["invoices:read"]).key
    assert_refused(
        f"UPDATE providers_systemkey SET {change} WHERE id = %s", key.pk, match="only ever opens less"
    )


def test_keeps_a_key_with_its_provider() -> None:
    key, other = make_issued().key, make_provider()
    assert_refused("UPDATE providers_systemkey SET provider_id = %s WHERE id = %s", other.pk, key.pk)


def test_keeps_taken_back_what_was_taken_back() -> None:
    key = revoke_key(key=make_issued().key, by="system:tests", at=LATER)
    assert_refused("UPDATE providers_systemkey SET revoked_at = NULL, revoked_by = '' WHERE id = %s", key.pk)
    assert_refused("UPDATE providers_systemkey SET revoked_by = 'user:2' WHERE id = %s", key.pk)
    run_sql("UPDATE providers_systemkey SET last_used_at = now() WHERE id = %s", key.pk)


@pytest.mark.parametrize(
    ("column", "value"), [("scopes", "'{}'"), ("scopes", "ARRAY['money:take']"), ("revoked_at", "now()")]
)
def test_takes_no_key_that_opens_nothing_or_was_taken_back_by_nobody(column: str, value: str) -> None:
    values = {"scopes": "ARRAY['invoices:read']", "revoked_at": "NULL"} | {column: value}
    assert_refused(
        "INSERT INTO providers_systemkey (provider_id, name, scopes, revoked_at, made_by, revoked_by, is_sandbox)"
        f" VALUES (%s, 'X', {values['scopes']}, {values['revoked_at']}, 'user:1', '', false)",
        make_provider().pk,
    )


@pytest.mark.parametrize(
    "change",
    [
        "ends_at = NULL, ended_by = ''",
        "ends_at = ends_at + interval '1 second'",
        "made_by = 'user:2'",
        "client_id = NULL, token_hash = 'x'",
    ],
)
def test_lets_a_secret_never_work_longer_than_was_said(change: str) -> None:
    issued = make_issued()
    rotate_key(key=issued.key, overlap=timedelta(days=1), by="system:tests", at=LATER)
    place = "WHERE client_id = %s"
    assert_refused(f"UPDATE providers_keycredential SET {change} {place}", issued.client_id)
    run_sql(
        f"UPDATE providers_keycredential SET ends_at = ends_at - interval '1 hour' {place}", issued.client_id
    )


@pytest.mark.parametrize(("client", "token_hash"), [("NULL", "NULL"), ("%(client)s", "'x'")])
def test_takes_no_credential_that_is_nothing_or_two_things(client: str, token_hash: str) -> None:
    issued = make_issued()
    other = Client.objects.get(pk=issued.client_id)
    other.pk = "cp_other"
    other.save(force_insert=True)
    written = client.replace("%(client)s", "'cp_other'")
    assert_refused(
        "INSERT INTO providers_keycredential (key_id, client_id, token_hash, made_by, ended_by)"
        f" VALUES (%s, {written}, {token_hash}, 'user:1', '')",
        issued.key.pk,
        match="is_one_thing",
    )


@pytest.mark.parametrize(
    "change",
    [
        "grant_types = 'authorization_code'",
        "grant_types = E'client_credentials\\nauthorization_code'",
        "type = 'public'",
        "redirect_uris = 'https://example.org'",
        "cors_origins = 'https://example.org'",
        "allow_uri_wildcards = true",
    ],
)
def test_lets_nobody_sign_in_as_a_person_with_a_client_id(change: str) -> None:
    client_id = make_issued().client_id
    assert_refused(
        f"UPDATE allauth_idp_oidc_client SET {change} WHERE id = %s", client_id, match="client_is_a_system"
    )


@pytest.mark.parametrize("change", ["type = 'rt'", "client_id = NULL", "expires_at = NULL"])
def test_takes_no_token_but_a_systems_that_runs_out(change: str) -> None:
    make_token(client_id=make_issued().client_id, expires_at=FAR_OFF)
    assert_refused(f"UPDATE allauth_idp_oidc_token SET {change}", match="token_is_a_systems")


def test_lets_the_app_delete_tokens_that_ran_out_and_no_clients() -> None:
    make_token(client_id=make_issued().client_id, expires_at=KEY_MADE_AT)
    Token.objects.all().delete()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        run_sql("DELETE FROM allauth_idp_oidc_client")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["providers_systemkey", "providers_keycredential"])
def test_keeps_keys_even_from_the_owner(table: str, owner_connection: psycopg.Connection) -> None:
    make_issued()
    assert_kept(owner_connection, table)
