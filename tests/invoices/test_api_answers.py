"""Answering about a held line: words, a file that is what it says, and nobody talks past anybody."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.utils import timezone
from pytest_django import Settings

from invoices.actions import reject
from invoices.api import examples
from invoices.models import Attachment, Hold, HoldReply
from people.models import RoleKind
from tests.guards import assert_kept, assert_refused
from tests.invoices.systems import System, make_body, make_line_body, make_system, said
from tests.people.makers import make_user_with_role

WRONG = {"unit_rate_pence": 1999, "amount_pence": 1999}
FILES = {
    "application/pdf": b"%PDF-1.7 ...",
    "image/png": b"\x89PNG\r\n\x1a\n...",
    "image/jpeg": b"\xff\xd8\xff\xe0...",
    "text/csv": "day,hours\n4 May,1½\n".encode(),
    "text/plain": b"The rate changed.",
}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Files of tests lie in a folder of their own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def system() -> System:
    """A system with a held line."""
    system = make_system()
    system.send(make_body(system.contract, make_line_body(**WRONG)))
    return system


def address(tail: str = "") -> str:
    return f"/api/v1/holds/{Hold.objects.latest('opened_at').pk}{tail}"


def tag(system: System) -> str:
    return str(system.ask(address())["ETag"])


def answer(system: System, body: Any, *, if_match: str = "*", key: str | None = None) -> Any:
    return system.write(address("/reply"), body, key=key, method="put", If_Match=if_match)


def put_file(
    system: System, content: bytes, *, kind: str, name: str = "sheet", key: str | None = None
) -> Any:
    return system.write(address(f"/attachments?name={name}"), content, key=key, Content_Type=kind)


@pytest.mark.django_db
def test_keeps_an_answer_and_says_whose_turn_it_is_then(system: System) -> None:
    before = tag(system)
    given = answer(system, {"words": "The rate changed on 1 April."}, if_match=before)
    shown = said(system.ask(address()))

    assert given.status_code == 200
    assert said(given) == shown
    assert given["ETag"] == tag(system) != before
    assert shown["reply"]["words"] == "The rate changed on 1 April."
    assert shown["whom_to_ask"].startswith("You have answered. Finance officer at ")
    assert HoldReply.objects.get().written_by == system.key.label


@pytest.mark.django_db
def test_takes_a_later_answer_in_place_of_an_earlier_one_and_keeps_both(system: System) -> None:
    answer(system, {"words": "First"})
    second = answer(system, {"words": "Second"}, if_match=tag(system))
    assert said(second)["reply"]["words"] == "Second"
    assert HoldReply.objects.count() == 2


@pytest.mark.django_db
def test_refuses_an_answer_to_what_is_not_so_any_more(system: System) -> None:
    before = tag(system)
    answer(system, {"words": "A colleague was quicker"})
    late = answer(system, {"words": "Me too"}, if_match=before)
    assert (late.status_code, said(late)["code"]) == (412, "hold_has_changed")
    missing = system.write(address("/reply"), {"words": "Me too"}, method="put")
    assert (missing.status_code, said(missing)["code"]) == (428, "if_match_required")
    assert HoldReply.objects.count() == 1


@pytest.mark.django_db
def test_answers_once_and_replays_even_after_the_line_is_settled(system: System) -> None:
    before = tag(system)
    first = answer(system, {"words": "Once"}, if_match=before, key="k")
    officer = make_user_with_role(council=system.contract.council, kind=RoleKind.FINANCE_OFFICER)
    reject(hold=Hold.objects.get(), reason="No", by=officer, at=timezone.now())
    again = answer(system, {"words": "Once"}, if_match=before, key="k")
    more = answer(system, {"words": "Twice"})

    assert (again.status_code, again["Idempotent-Replayed"], again.content) == (200, "true", first.content)
    assert (more.status_code, said(more)["code"]) == (409, "hold_is_resolved")
    assert HoldReply.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FILES)
def test_keeps_a_file_and_hands_it_out_but_never_shows_it(system: System, kind: str, media: Path) -> None:
    kept = put_file(system, FILES[kind], kind=kind, name="evil.html")
    file = said(kept)
    reply = said(answer(system, {"words": "See the file", "attachment_id": file["id"]}))["reply"]
    fetched = system.ask(address(f"/attachments/{file['id']}"))

    assert kept.status_code == 201
    assert reply["attachment"] == file
    assert list(file) == list(examples.ATTACHMENT)
    assert list(reply) == list(examples.REPLY)
    assert b"".join(fetched.streaming_content) == FILES[kind]  # type: ignore[attr-defined]
    assert fetched["Content-Type"] == "application/octet-stream"
    assert fetched["Content-Disposition"].startswith("attachment")
    assert fetched["X-Content-Type-Options"] == "nosniff"
    [path] = [one for one in media.rglob("*") if one.is_file()]
    assert path.suffix == ""
    assert not path.stat().st_mode & 0o111


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "content", "name", "status"),
    [
        ("application/pdf", b"<html><script>", "a.pdf", 422),
        ("image/png", FILES["image/jpeg"], "a.png", 422),
        ("text/csv", FILES["image/png"], "a.csv", 422),
        ("text/plain", b"a\0b", "a.txt", 422),
        ("text/plain", "ü".encode("latin-1"), "a.txt", 422),
        ("text/plain", b"\xef\xbb", "a.txt", 422),
        ("text/plain", b"x", "../../etc/passwd", 422),
        ("text/plain", b"x", "..", 422),
        ("text/plain", b"x", "fdp%E2%80%AEtxt.exe", 422),
        ("text/html", b"<script>", "a.html", 415),
        ("image/svg+xml", b"<svg/>", "a.svg", 415),
        ("application/zip", b"PK\x03\x04", "a.zip", 415),
        ("text/plain", b"x" * 5_000_001, "a.txt", 413),
    ],
)
def test_refuses_a_file_that_is_not_what_it_says(
    system: System, kind: str, content: bytes, name: str, status: int, media: Path
) -> None:
    refused = put_file(system, content, kind=kind, name=name)
    assert refused.status_code == status, refused.content
    assert Attachment.objects.count() == 0
    assert [one for one in media.rglob("*") if one.is_file()] == []


@pytest.mark.django_db
def test_keeps_a_file_once_however_often_it_is_sent(system: System, media: Path) -> None:
    first = put_file(system, FILES["text/plain"], kind="text/plain", key="k")
    again = put_file(system, FILES["text/plain"], kind="text/plain", key="k")
    other = put_file(system, b"other", kind="text/plain", key="k")
    assert (again.status_code, again.content) == (201, first.content)
    assert (other.status_code, said(other)["code"]) == (422, "idempotency_key_used_otherwise")
    put_file(system, FILES["text/plain"], kind="text/plain")
    assert Attachment.objects.count() == 2
    assert len([one for one in media.rglob("*") if one.is_file()]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"words": ""},
        {"words": " "},
        {"words": 1},
        {"words": "\ud800"},
        {"words": "\0"},
        {"words": "x" * 5001},
        {"words": "x", "attachment_id": 5},
        {"words": "x", "more": 1},
    ],
)
def test_refuses_an_answer_that_says_nothing(system: System, body: Any) -> None:
    refused = answer(system, body)
    assert (refused.status_code, said(refused)["code"]) == (422, "wrong_answer")
    assert HoldReply.objects.count() == 0


@pytest.mark.django_db
def test_shows_nobody_elses_holds_or_files(system: System) -> None:
    file = said(put_file(system, b"x", kind="text/plain"))
    other = make_system()
    for refused in (
        answer(other, {"words": "x"}),
        put_file(other, b"x", kind="text/plain"),
        other.ask(address(f"/attachments/{file['id']}")),
    ):
        assert (refused.status_code, said(refused)["code"]) == (404, "unknown_hold")
    strange = answer(system, {"words": "x", "attachment_id": str(uuid4())})
    assert (strange.status_code, said(strange)["code"]) == (404, "unknown_attachment")


@pytest.mark.django_db(transaction=True)
def test_is_held_by_the_database_to_open_holds_and_their_files(
    system: System, owner_connection: psycopg.Connection
) -> None:
    file = said(put_file(system, b"x", kind="text/plain"))
    answer(system, {"words": "x", "attachment_id": file["id"]})
    for table in ("invoices_holdreply", "invoices_attachment"):
        assert_kept(owner_connection, table)
    system.send(make_body(system.contract, make_line_body(service_date="2026-05-05", **WRONG)))
    astray = Hold.objects.latest("opened_at").pk
    insert = (
        "INSERT INTO invoices_holdreply (hold_id, words, attachment_id, written_by) VALUES (%s, 'x', %s, 'x')"
    )
    assert_refused(insert, astray, file["id"], match="another hold")
    officer = make_user_with_role(council=system.contract.council, kind=RoleKind.FINANCE_OFFICER)
    reject(hold=Hold.objects.get(pk=astray), reason="No", by=officer, at=timezone.now())
    assert_refused(insert, astray, None, match="Only an open hold")
