"""What no row of invoices may say, and what no two may say alike: tried on the table itself, one rule at a time."""

from typing import Any

import psycopg
import pytest

from tests.rows import Values, assert_checked, assert_once, assert_taken, named_by_us

APP = "invoices"
AT, DAY = "2026-05-02T09:00Z", "2026-05-02"
THING, OTHER = "01a20000-0000-7000-8000-000000000001", "01a20000-0000-7000-8000-000000000002"
# What a row of each table has to say to be taken, beside something in every column.
GOOD: dict[str, Values] = {
    "adjustment": {},
    "attachment": {"media_type": "text/csv"},
    "bankline": {"state": "open"},
    "bankstatement": {"format": "csv"},
    "change": {"kind": "invoice"},
    "correction": {},
    "delivery": {"event": "webhook.test", "state": "waiting", "next_at": AT},
    "dispute": {"state": "open", "answer": ""},
    "endpoint": {"events": ["invoice.held"], "removed_by": ""},
    "hold": {"reason": "rate_mismatch", "state": "open"},
    "holdreply": {},
    "idempotentrequest": {"operation": "send_batch"},
    "inboxdocument": {},
    "invoice": {"kind": "invoice"},
    "invoiceline": {"state": "held"},
    "invoicevat": {"category": "S"},
    "payingaccount": {"sort_code": "100000", "account_number": "87654321", "service_user_number": ""},
    "payment": {"state": "planned", "reference": "CP00000001"},
    "paymentitem": {"is_live": True},
    "paymentrun": {"state": "draft"},
    "runevent": {"step": "drafted"},
    "upload": {"state": "looking", "content": b"x", "faults": "[]"},
    "visit": {
        "ended_at": "2026-05-01T10:00Z",
        "withdrawn_by": "",
        "withdrawn_reason": "",
        "membership_id": THING,
    },
}
SENT = {
    "state": "sent",
    "reviewed_by_id": THING,
    "reviewed_at": AT,
    "approved_by_id": OTHER,
    "approved_at": AT,
}
PAID = {"state": "paid", "entry_id": THING, "paid_date": DAY}
# The rule, its table, and what breaks it.
CHECKS: list[tuple[str, str, dict[str, Any]]] = [
    ("adjustment_says_why", "adjustment", {"reason": ""}),
    ("attachment_is_of_a_known_kind", "attachment", {"media_type": "text/html"}),
    ("attachment_is_of_a_known_kind", "attachment", {"size_bytes": 0}),
    ("attachment_is_of_a_known_kind", "attachment", {"size_bytes": 5_000_001}),
    ("attachment_is_of_a_known_kind", "attachment", {"name": ""}),
    ("bank_line_says_what_it_is", "bankline", {"state": "paid"}),
    ("bank_line_says_what_it_is", "bankline", {"state": "open", "settled_at": AT}),
    (
        "bank_line_says_what_it_is",
        "bankline",
        {"state": "paid", "amount_pence": 1, "payment_id": THING, "settled_at": AT},
    ),
    (
        "bank_line_says_what_it_is",
        "bankline",
        {"state": "returned", "amount_pence": -1, "payment_id": THING, "settled_at": AT},
    ),
    ("bank_line_says_what_it_is", "bankline", {"state": "explained", "settled_at": AT, "note": ""}),
    ("bank_line_state_is_known", "bankline", {"state": "lost"}),
    ("statement_ends_after_it_starts", "bankstatement", {"to_date": "2026-04-30"}),
    ("statement_format_is_known", "bankstatement", {"format": "pdf"}),
    ("change_kind_is_known", "change", {"kind": "person"}),
    ("correction_says_why", "correction", {"reason": ""}),
    ("delivery_is_tried_ten_times_at_most", "delivery", {"tries": 11}),
    ("delivery_says_how_far_it_is", "delivery", {"state": "delivered"}),
    ("delivery_says_how_far_it_is", "delivery", {"next_at": None}),
    ("delivery_says_how_far_it_is", "delivery", {"state": "failed"}),
    ("delivery_says_how_far_it_is", "delivery", {"state": "delivered", "delivered_at": AT}),
    ("delivery_tells_something_known", "delivery", {"event": "person.died"}),
    ("dispute_says_who_answered_it", "dispute", {"answer": "It did."}),
    ("dispute_says_who_answered_it", "dispute", {"state": "stands", "answer": "It did.", "answered_at": AT}),
    (
        "dispute_says_who_answered_it",
        "dispute",
        {"state": "stands", "answer": "", "answered_at": AT, "answered_by_id": THING},
    ),
    ("dispute_state_is_known", "dispute", {"state": "forgotten"}),
    ("dispute_upheld_is_taken_back", "dispute", {"state": "upheld"}),
    ("dispute_upheld_is_taken_back", "dispute", {"state": "stands", "adjustment_id": THING}),
    ("endpoint_hears_something_known", "endpoint", {"events": []}),
    ("endpoint_hears_something_known", "endpoint", {"events": ["invoice.held", "person.died"]}),
    ("endpoint_says_who_removed_it", "endpoint", {"removed_at": AT}),
    ("hold_reason_is_known", "hold", {"reason": "dislike"}),
    ("hold_says_who_resolved_it_and_why", "hold", {"state": "released"}),
    (
        "hold_says_who_resolved_it_and_why",
        "hold",
        {"state": "released", "resolved_at": AT, "resolved_by": ""},
    ),
    ("hold_says_who_resolved_it_and_why", "hold", {"state": "rejected", "resolved_at": AT, "note": ""}),
    ("hold_state_is_known", "hold", {"state": "forgotten"}),
    ("reply_says_something", "holdreply", {"words": ""}),
    ("request_says_what_it_wrote", "idempotentrequest", {"operation": "send_invoice"}),
    ("request_says_what_it_wrote", "idempotentrequest", {"invoice_id": THING}),
    ("request_says_what_it_wrote", "idempotentrequest", {"operation": "pay_me"}),
    ("credit_note_says_what_it_corrects", "invoice", {"kind": "credit_note"}),
    ("credit_note_says_what_it_corrects", "invoice", {"corrects_id": THING}),
    ("invoice_kind_is_known", "invoice", {"kind": "reminder"}),
    ("invoice_period_ends_after_it_starts", "invoice", {"period_end_date": "2026-04-30"}),
    ("accepted_line_has_its_service", "invoiceline", {"state": "accepted", "entry_id": THING}),
    ("line_is_posted_when_accepted", "invoiceline", {"state": "accepted"}),
    ("line_is_posted_when_accepted", "invoiceline", {"entry_id": THING}),
    ("line_state_is_known", "invoiceline", {"state": "forgotten"}),
    ("vat_is_of_a_known_category", "invoicevat", {"category": "X"}),
    ("vat_is_of_a_known_category", "invoicevat", {"percent": 0}),
    ("vat_is_of_a_known_category", "invoicevat", {"category": "E", "percent": 0, "vat_pence": 1}),
    ("paying_account_is_a_uk_one", "payingaccount", {"account_number": "8765432"}),
    ("paying_account_is_a_uk_one", "payingaccount", {"sort_code": "10-000"}),
    ("paying_account_is_a_uk_one", "payingaccount", {"service_user_number": "12345"}),
    ("payment_is_posted_back_once_returned", "payment", {**PAID, "state": "returned"}),
    ("payment_is_posted_back_once_returned", "payment", {**PAID, "back_entry_id": OTHER, "back_date": DAY}),
    ("payment_is_posted_once_paid", "payment", {"state": "paid", "paid_date": DAY}),
    ("payment_is_posted_once_paid", "payment", {"state": "paid", "entry_id": THING}),
    ("payment_is_posted_once_paid", "payment", {"entry_id": THING}),
    ("payment_pays_something", "payment", {"amount_pence": 0}),
    ("payment_reference_is_plain", "payment", {"reference": "cp-00001"}),
    ("payment_reference_is_plain", "payment", {"reference": "CP001"}),
    ("payment_state_is_known", "payment", {"state": "lost"}),
    (
        "run_is_approved_by_another",
        "paymentrun",
        {**SENT, "made_by_id": OTHER},
    ),
    ("run_is_approved_by_another", "paymentrun", {**SENT, "reviewed_by_id": OTHER}),
    ("run_says_who_approved_it", "paymentrun", {**SENT, "state": "approved", "approved_by_id": None}),
    ("run_says_who_approved_it", "paymentrun", {**SENT, "state": "approved", "approved_at": None}),
    ("run_says_who_reviewed_it", "paymentrun", {"state": "reviewed", "reviewed_at": AT}),
    ("run_says_who_reviewed_it", "paymentrun", {"state": "reviewed", "reviewed_by_id": THING}),
    ("run_says_who_sent_it", "paymentrun", {**SENT, "paid_from_id": THING, "sent_at": AT}),
    ("run_says_who_sent_it", "paymentrun", {**SENT, "sent_by_id": THING, "sent_at": AT}),
    ("run_says_who_sent_it", "paymentrun", {**SENT, "sent_by_id": THING, "paid_from_id": THING}),
    ("run_says_why_it_was_cancelled", "paymentrun", {"state": "cancelled", "note": ""}),
    ("run_state_is_known", "paymentrun", {"state": "lost"}),
    ("run_event_step_is_known", "runevent", {"step": "slept"}),
    ("upload_is_kept_until_it_is_sent", "upload", {"content": b""}),
    ("upload_is_kept_until_it_is_sent", "upload", {"state": "taken", "ended_at": AT}),
    ("upload_is_kept_until_it_is_sent", "upload", {"state": "forgotten", "content": b""}),
    ("upload_state_is_known", "upload", {"state": "lost"}),
    ("upload_with_faults_is_not_taken", "upload", {"faults": '["row 2"]'}),
    ("visit_ends_after_it_starts", "visit", {"ended_at": "2026-05-01T09:00Z"}),
    ("visit_is_of_something", "visit", {"units": 0}),
    ("visit_says_who_withdrew_it_and_why", "visit", {"withdrawn_at": AT, "withdrawn_by": "user:1"}),
    ("visit_says_who_withdrew_it_and_why", "visit", {"withdrawn_reason": "A mistake"}),
]
# The rule, its table, what two rows would have in common, and what the second has apart from the first where it must.
ONCE: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("bank_line_has_its_place", "bankline", {"statement_id": THING, "place": 1}, {}),
    (
        "statement_has_its_place",
        "bankstatement",
        {"council_id": THING, "place": 1},
        {"statement_ref": "other"},
    ),
    (
        "statement_ref_is_used_once",
        "bankstatement",
        {"council_id": THING, "statement_ref": "ref"},
        {"place": 2},
    ),
    ("change_is_noted_once_a_transaction", "change", {"object_id": THING}, {"id": 2}),
    ("idempotency_key_is_used_once", "idempotentrequest", {"system_key_id": THING, "key": "k"}, {}),
    ("inbox_document_has_its_place", "inboxdocument", {"council_id": THING}, {}),
    ("invoice_number_is_used_once", "invoice", {"provider_id": THING}, {}),
    ("line_number_is_used_once", "invoiceline", {"invoice_id": THING}, {}),
    ("vat_is_said_once_a_rate", "invoicevat", {"invoice_id": THING}, {}),
    (
        "provider_is_paid_once_a_run",
        "payment",
        {"run_id": THING, "provider_id": OTHER},
        {"reference": "CP00000002"},
    ),
    ("run_number_is_used_once", "paymentrun", {"council_id": THING}, {}),
    ("visit_ref_is_used_once", "visit", {"provider_id": THING}, {}),
    ("visit_is_recorded_once", "visit", {"service_id": THING}, {"ref": "other"}),
    ("visit_is_recorded_once", "visit", {"service_id": THING, "membership_id": None}, {"ref": "other"}),
    ("council_pays_from_one_account", "payingaccount", {"council_id": THING}, {}),
    ("line_is_disputed_once_at_a_time", "dispute", {"line_id": THING}, {}),
    ("line_is_held_once_at_a_time", "hold", {"line_id": THING}, {}),
    ("line_is_paid_once", "paymentitem", {"line_id": THING}, {}),
    (
        "payment_is_paid_by_one_line",
        "bankline",
        {"payment_id": THING, "state": "paid", "amount_pence": -1, "settled_at": AT},
        {},
    ),
    (
        "run_is_paid_by_one_line",
        "bankline",
        {"run_id": THING, "state": "paid", "amount_pence": -1, "settled_at": AT},
        {},
    ),
    (
        "visit_is_billed_once",
        "invoiceline",
        {"service_id": THING, "membership_id": OTHER, "state": "accepted", "amount_pence": 0},
        {},
    ),
]


@pytest.mark.parametrize("table", GOOD)
def test_takes_a_row_that_is_as_it_should_be(superuser_connection: psycopg.Connection, table: str) -> None:
    assert_taken(superuser_connection, f"{APP}_{table}", GOOD[table])


@pytest.mark.parametrize(("rule", "table", "wrong"), CHECKS)
def test_takes_no_row_against_a_rule(
    superuser_connection: psycopg.Connection, rule: str, table: str, wrong: Values
) -> None:
    assert_checked(superuser_connection, f"{APP}_{table}", {**GOOD[table], **wrong}, by=f"{APP}_{rule}")


@pytest.mark.parametrize(("rule", "table", "same", "apart"), ONCE)
def test_takes_nothing_twice(
    superuser_connection: psycopg.Connection, rule: str, table: str, same: Values, apart: Values
) -> None:
    assert_once(superuser_connection, f"{APP}_{table}", {**GOOD[table], **same}, apart, by=f"{APP}_{rule}")


def test_has_no_rule_that_was_not_tried(superuser_connection: psycopg.Connection) -> None:
    tried = {f"{APP}_{rule}" for rule, *_ in [*CHECKS, *ONCE]}
    assert named_by_us(superuser_connection, APP) == tried
