"""The API over real connections: bodies of any length, and many systems at once."""

import json
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from threading import Barrier
from typing import Any, NamedTuple

import pytest
from django.db import transaction

from invoices.actions.once import claim
from invoices.models import IdempotentRequest, Invoice
from invoices.rules.document import MAX_BYTES
from ledger.models import Entry
from tests.invoices.conftest import Address
from tests.invoices.systems import INVOICES, System, make_body, make_system

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 60


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def code(self) -> str:
        """The code of a problem; empty where it is none."""
        return str(json.loads(self.raw).get("code", ""))


def headers_of(system: System, key: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {system.token}",
        "Idempotency-Key": key,
        "Content-Type": "application/json",
    }


def post(served: Address, system: System, body: Any, *, key: str, chunked: bool = False) -> Answer:
    """Post a document, or bytes, or parts of unknown length, on a connection of its own."""
    raw = json.dumps(body).encode() if isinstance(body, dict) else body
    connection = HTTPConnection(*served, timeout=PATIENCE_SECONDS)
    try:
        connection.request("POST", INVOICES, raw, headers_of(system, key), encode_chunked=chunked)
        return read(connection.getresponse())
    finally:
        connection.close()


def read(response: HTTPResponse) -> Answer:
    return Answer(response.status, dict(response.getheaders()), response.read())


def post_raw(
    served: Address, system: System, length: str, raw: bytes, *, says: str = "Content-Length"
) -> Answer:
    """Say one length, or that it comes in chunks, send something else, and send no more."""
    said = {**headers_of(system, "k"), "Host": "localhost", says: length}
    head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    with socket.create_connection(served, timeout=PATIENCE_SECONDS) as line:
        line.sendall(f"POST {INVOICES} HTTP/1.1\r\n{head}\r\n".encode() + raw)
        line.shutdown(socket.SHUT_WR)
        response = HTTPResponse(line)
        response.begin()
        return read(response)


def parts(raw: bytes, *, size: int = 50_000) -> Iterator[bytes]:
    """A body in parts, so that nobody knows its length before its end."""
    return (raw[start : start + size] for start in range(0, len(raw), size))


def test_reads_a_document_sent_in_chunks(served: Address) -> None:
    system = make_system()
    raw = json.dumps(make_body(system.contract)).encode()
    answer = post(served, system, parts(raw, size=100), key="k", chunked=True)
    assert answer.status == 201
    assert Invoice.objects.count() == 1


def test_refuses_chunks_that_are_none(served: Address) -> None:
    system = make_system()
    raw = json.dumps(make_body(system.contract)).encode()
    whole = f"{len(raw):x}\r\n".encode() + raw
    for body in (
        b"zz\r\n" + raw + b"\r\n0\r\n\r\n",
        whole + b"XX0\r\n\r\n",
        whole + b"\r\n-1\r\n\r\n",
        b"ffff\r\n" + raw,
    ):
        answer = post_raw(served, system, "chunked", body, says="Transfer-Encoding")
        assert (answer.status, answer.code) == (400, "unreadable_document"), body
    assert Invoice.objects.count() == 0


def test_tells_the_sender_that_a_document_is_too_large(served: Address) -> None:
    system = make_system()
    for size in (MAX_BYTES + 1, 6_000_000):
        body = b" " * size
        plain = post(served, system, body, key="k")
        chunked = post(served, system, parts(body), key="k", chunked=True)
        assert [(answer.status, answer.code) for answer in (plain, chunked)] == [(413, "body_too_large")] * 2
    assert Invoice.objects.count() == 0


def test_is_not_taken_in_by_a_false_length(served: Address) -> None:
    system = make_system()
    raw = json.dumps(make_body(system.contract)).encode()
    too_short = post_raw(served, system, str(len(raw) - 10), raw)
    too_long = post_raw(served, system, str(len(raw) + 10), raw)
    far_too_long = post_raw(served, system, "9" * 15, raw)
    empty = post_raw(served, system, "0", b"")
    nonsense = post_raw(served, system, "-5", raw)

    assert (too_short.status, too_short.code) == (400, "unreadable_document")
    assert (too_long.status, too_long.code) == (400, "unreadable_document")
    assert (far_too_long.status, far_too_long.code) == (413, "body_too_large")
    assert (empty.status, empty.code) == (400, "unreadable_document")
    assert nonsense.status == 400
    assert Invoice.objects.count() == 0


def all_at_once(served: Address, system: System, bodies: list[tuple[dict[str, Any], str]]) -> list[Answer]:
    """Post documents under their keys, every one at the same moment."""
    start = Barrier(len(bodies))

    def go(sent: tuple[dict[str, Any], str]) -> Answer:
        body, key = sent
        start.wait()
        return post(served, system, body, key=key)

    with ThreadPoolExecutor(len(bodies)) as senders:
        return list(senders.map(go, bodies))


@pytest.mark.parametrize("keys", ["one key", "a key each"])
def test_takes_one_of_thirty_two_identical_posts_in(served: Address, keys: str) -> None:
    system = make_system()
    body = make_body(system.contract)
    bodies = [(body, "k" if keys == "one key" else f"k{n}") for n in range(32)]
    answers = all_at_once(served, system, bodies)

    statuses = Counter(answer.status for answer in answers)
    assert statuses[201] == 1
    assert set(statuses) <= {200, 201, 409}
    good = [answer for answer in answers if answer.status < 300]
    assert len({answer.raw for answer in good}) == 1
    assert all(a.headers["Idempotent-Replayed"] == "true" for a in answers if a.status == 200)
    assert all(
        (a.code, a.headers["Retry-After"]) == ("still_working", "1") for a in answers if a.status == 409
    )
    assert (Invoice.objects.count(), Entry.objects.filter(kind="invoice").count()) == (1, 1)
    assert IdempotentRequest.objects.count() == (1 if keys == "one key" else len(good))


def test_takes_one_of_many_different_documents_of_one_number_in(served: Address) -> None:
    system = make_system()
    bodies = [
        (make_body(system.contract, number="NG-1", issue_date=f"2026-05-{day:02d}"), f"k{day}")
        for day in range(1, 17)
    ]
    statuses = Counter(answer.status for answer in all_at_once(served, system, bodies))
    assert statuses == {201: 1, 409: 15}
    assert Entry.objects.filter(kind="invoice").count() == 1


def test_answers_409_while_the_same_request_is_being_dealt_with(served: Address) -> None:
    system = make_system()
    body = make_body(system.contract)
    with transaction.atomic():
        claim(system.key, "k")
        waiting = post(served, system, body, key="k")
        other = post(served, system, body, key="another")
    after = post(served, system, body, key="k")

    assert (waiting.status, waiting.code, waiting.headers["Retry-After"]) == (409, "still_working", "1")
    assert (other.status, after.status) == (201, 200)
    assert Invoice.objects.count() == 1
