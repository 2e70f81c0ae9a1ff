"""What no row about providers may say, and what no two may say alike: tried on the table itself, one rule at a time."""

from typing import Any

import psycopg
import pytest

from tests.rows import Values, assert_checked, assert_once, assert_taken, named_by_us

APP = "providers"
AT, DAY = "2026-05-02T09:00Z", "2026-05-02"
THING, OTHER = "01a20000-0000-7000-8000-000000000001", "01a20000-0000-7000-8000-000000000002"
GOOD: dict[str, Values] = {
    "cqcrating": {},
    "ethicalanswer": {},
    "keycredential": {"token_hash": "hash"},
    "payeeaccount": {"sort_code": "200000", "account_number": "12345678", "how_checked": ""},
    "provider": {},
    "providerstaff": {},
    "sandbox": {},
    "systemkey": {"scopes": ["invoices:read"], "revoked_by": ""},
}
CHECKED = {"checked_at": AT, "checked_by_id": THING, "how_checked": "Rang them"}
# The rule, its table, and what breaks it.
CHECKS: list[tuple[str, str, dict[str, Any]]] = [
    ("answer_rests_on_something", "ethicalanswer", {"evidence": ""}),
    (
        "answer_says_who_checked_it",
        "ethicalanswer",
        {"is_accepted": True, "checked_at": AT, "expiry_date": DAY},
    ),
    (
        "answer_says_who_checked_it",
        "ethicalanswer",
        {"is_accepted": True, "checked_at": AT, "checked_by_id": THING},
    ),
    (
        "answer_says_who_checked_it",
        "ethicalanswer",
        {"is_accepted": False, "checked_by_id": THING, "expiry_date": DAY},
    ),
    ("credential_is_one_thing", "keycredential", {"token_hash": None}),
    ("credential_is_one_thing", "keycredential", {"client_id": "client"}),
    ("credential_says_who_ended_it", "keycredential", {"ends_at": AT, "ended_by": ""}),
    ("payee_account_can_be_paid_into", "payeeaccount", {"sort_code": "20-000"}),
    ("payee_account_can_be_paid_into", "payeeaccount", {"account_number": "1234567"}),
    ("payee_account_can_be_paid_into", "payeeaccount", {"account_name": ""}),
    ("payee_account_is_checked_by_another", "payeeaccount", {**CHECKED, "given_by_id": THING}),
    ("payee_account_is_checked_by_another", "payeeaccount", {**CHECKED, "how_checked": ""}),
    ("payee_account_is_checked_by_another", "payeeaccount", {"checked_by_id": THING}),
    ("sandbox_is_not_the_real_thing", "sandbox", {"practice_id": THING, "provider_id": THING}),
    ("key_allows_something_known", "systemkey", {"scopes": []}),
    ("key_allows_something_known", "systemkey", {"scopes": ["invoices:read", "money:take"]}),
    ("key_says_who_took_it_back", "systemkey", {"revoked_at": AT}),
]
# The rule, its table, and what two rows would have in common.
ONCE: list[tuple[str, str, dict[str, Any]]] = [
    ("rating_is_given_once", "cqcrating", {"location_id": "1-1"}),
    ("provider_ref_is_one_in_a_council", "provider", {"council_id": THING, "ref": "PR-1"}),
    ("staff_member_is_named_once", "providerstaff", {"provider_id": THING, "user_id": OTHER}),
]


@pytest.mark.parametrize("table", GOOD)
def test_takes_a_row_that_is_as_it_should_be(superuser_connection: psycopg.Connection, table: str) -> None:
    assert_taken(superuser_connection, f"{APP}_{table}", GOOD[table])


@pytest.mark.parametrize(("rule", "table", "wrong"), CHECKS)
def test_takes_no_row_against_a_rule(
    superuser_connection: psycopg.Connection, rule: str, table: str, wrong: Values
) -> None:
    assert_checked(superuser_connection, f"{APP}_{table}", {**GOOD[table], **wrong}, by=f"{APP}_{rule}")


@pytest.mark.parametrize(("rule", "table", "same"), ONCE)
def test_takes_nothing_twice(
    superuser_connection: psycopg.Connection, rule: str, table: str, same: Values
) -> None:
    assert_once(superuser_connection, f"{APP}_{table}", {**GOOD[table], **same}, {}, by=f"{APP}_{rule}")


def test_has_no_rule_that_was_not_tried(superuser_connection: psycopg.Connection) -> None:
    assert named_by_us(superuser_connection, APP) == {f"{APP}_{rule}" for rule, *_ in [*CHECKS, *ONCE]}
