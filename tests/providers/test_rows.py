"""What no row about providers may say, and what no two may say alike: tried on the table itself, one rule at a time."""

from tests.rows import Rows, Values

APP = "providers"
AT, DAY = "2026-05-02T09:00Z", "2026-05-02"
THING, OTHER = "01a20000-0000-7000-8000-000000000001", "01a20000-0000-7000-8000-000000000002"
GOOD: dict[str, Values] = {
    "cqcrating": {},
    "ethicalanswer": {},
    "keycredential": {"token_hash": "hash"},
    "payeeaccount": {"how_checked": ""},
    "provider": {},
    "providerstaff": {},
    "sandbox": {},
    "systemkey": {"scopes": ["invoices:read"], "revoked_by": ""},
}
CHECKED = {"checked_at": AT, "checked_by_id": THING, "how_checked": "Rang them"}
# The rule, its table, and what breaks it.
CHECKS: list[tuple[str, str, Values]] = [
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
    ("payee_account_can_be_paid_into", "payeeaccount", {"sort_code": ""}),
    ("payee_account_can_be_paid_into", "payeeaccount", {"account_number": ""}),
    ("payee_account_can_be_paid_into", "payeeaccount", {"account_name": ""}),
    ("payee_account_is_checked_by_another", "payeeaccount", {**CHECKED, "given_by_id": THING}),
    ("payee_account_is_checked_by_another", "payeeaccount", {**CHECKED, "how_checked": ""}),
    ("payee_account_is_checked_by_another", "payeeaccount", {"checked_by_id": THING}),
    ("sandbox_is_not_the_real_thing", "sandbox", {"practice_id": THING, "provider_id": THING}),
    ("key_allows_something_known", "systemkey", {"scopes": []}),
    ("key_allows_something_known", "systemkey", {"scopes": ["invoices:read", "money:take"]}),
    ("key_says_who_took_it_back", "systemkey", {"revoked_at": AT}),
]
# The rule, its table, what two rows would have in common, and what the second has apart from the first.
ONCE: list[tuple[str, str, Values, Values]] = [
    ("rating_is_given_once", "cqcrating", {"location_id": "1-1"}, {}),
    ("provider_ref_is_one_in_a_council", "provider", {"council_id": THING, "ref": "PR-1"}, {}),
    ("staff_member_is_named_once", "providerstaff", {"provider_id": THING, "user_id": OTHER}, {}),
]


class TestRows(Rows):
    """Every rule of the tables."""

    app, good, checks, once = APP, GOOD, CHECKS, ONCE
