"""Rows that are written often: their words are kept, and they are what Django would have written."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from commonpurse.written_often import WrittenOften
from invoices.models import IdempotentRequest
from providers.models import SystemKey
from tests.invoices.systems import make_system

pytestmark = pytest.mark.django_db

COLUMNS = ("system_key_id", "key", "operation", "body_hash", "invoice_id", "answer")
WRITE = WrittenOften(IdempotentRequest, *COLUMNS, gives=["id", "key"])
WRITE_WITHOUT_A_WORD = WrittenOften(IdempotentRequest, *COLUMNS)


@pytest.fixture
def key() -> SystemKey:
    return make_system().key


def request_of(key: SystemKey, name: str, **changes: Any) -> dict[str, Any]:
    row = {"system_key_id": key.pk, "key": name, "operation": "send_batch", "body_hash": b"", "answer": "{}"}
    return row | {"invoice_id": None} | changes


def test_writes_rows_in_their_order(key: SystemKey) -> None:
    written = WRITE([request_of(key, name) for name in ("b", "c", "a")])

    ordered = IdempotentRequest.objects.filter(system_key=key).order_by("pk")
    assert [name for _, name in written] == ["b", "c", "a"]
    assert [(row.pk, row.key) for row in ordered] == written, "identifiers grow with the rows"


def test_keeps_bytes_and_words_as_they_are(key: SystemKey) -> None:
    content, words = b"\x00\\x\xff", '{"said": "100%s ä"}\n\\x'

    WRITE_WITHOUT_A_WORD([request_of(key, "k", body_hash=content, answer=words)])

    kept = IdempotentRequest.objects.get(system_key=key)
    assert (bytes(kept.body_hash), kept.answer, kept.invoice_id) == (content, words, None)


def test_leaves_what_is_not_named_to_postgresql(key: SystemKey) -> None:
    WRITE_WITHOUT_A_WORD([request_of(key, "k")])

    assert IdempotentRequest.objects.get(system_key=key).answered_at is not None


def test_is_refused_as_any_row_is(key: SystemKey) -> None:
    WRITE([request_of(key, "k")])

    with pytest.raises(IntegrityError, match="invoices_idempotency_key_is_used_once"), transaction.atomic():
        WRITE_WITHOUT_A_WORD([request_of(key, "k")])


def test_asks_nothing_for_no_rows_and_once_for_many(key: SystemKey) -> None:
    with CaptureQueriesContext(connection) as caught:
        assert WRITE([]) == []
        assert len(WRITE([request_of(key, str(n)) for n in range(20)])) == 20

    assert len(caught) == 1


def test_keeps_one_plan_however_many_rows(key: SystemKey) -> None:
    for count in range(1, 5):
        WRITE([request_of(key, f"{count}:{n}") for n in range(count)])

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT%idempotentrequest%RETURNING%'"
        )
        assert cursor.fetchone()[0] == 1
