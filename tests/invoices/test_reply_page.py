"""Answering about a held line in the browser."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.fixtures import Settings

from invoices.actions import reject
from invoices.actions.replies import UnableToAnswer
from invoices.actions.reply_by_hand import reply_by_hand
from invoices.models import Attachment, Hold, HoldReply
from people.models import User
from people.rules.files import MAX_BYTES
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import AT, Desk, make_desk
from tests.providers.makers import make_provider, make_staff
from tests.visiting import as_user, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    """Files of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def desk() -> Desk:
    """A provider and who pays it."""
    return make_desk()


@pytest.fixture
def nora(desk: Desk) -> User:
    """Somebody who works for it."""
    return make_staff(provider=desk.provider)


@pytest.fixture
def hold(desk: Desk) -> Hold:
    """A line at another price than the contract's."""
    line = make_line(service_code="SESSION", unit_rate_pence=99_00)
    taken = send(make_document(contract=desk.contract, lines=[line]), contract=desk.contract)
    return Hold.objects.get(line__invoice=taken.invoice)


def page_of(hold: Hold) -> str:
    """Where it is answered."""
    return reverse("invoices:own-hold", args=[hold.pk])


def answer(user: User, hold: Hold, **said: object) -> str:
    """The page that an answer leads to, on one line."""
    response = as_user(user).post(page_of(hold), said, follow=True)
    return " ".join(response.content.decode().split())


def test_sends_words_to_the_council_and_shows_them(nora: User, hold: Hold) -> None:
    words = answer(nora, hold, words="The new price was agreed in April.")
    assert "Your answer is with the council." in words
    assert "The new price was agreed in April." in words
    assert HoldReply.objects.get().written_by == nora.label


def test_says_that_it_is_the_council_s_turn_once_it_is_answered(nora: User, hold: Hold) -> None:
    assert "Whose turn: You," in seen(nora, "/invoices/provider/holds/")
    answer(nora, hold, words="The new price was agreed in April.")
    assert "finance officers: you have answered" in seen(nora, "/invoices/provider/holds/")
    assert "finance officers: you have answered" in seen(nora, page_of(hold))


def test_sends_a_file_along_and_gives_it_back_as_it_was(nora: User, hold: Hold) -> None:
    answer(nora, hold, words="See our letter.", file=SimpleUploadedFile("letter.pdf", b"%PDF-1.7 <b>"))
    kept = Attachment.objects.get()
    assert f"{kept.name}</a>" in seen(nora, page_of(hold))
    given = as_user(nora).get(reverse("invoices:own-attachment", args=[kept.pk]))
    assert given.getvalue() == b"%PDF-1.7 <b>"
    assert given["Content-Disposition"] == 'attachment; filename="letter.pdf"'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("letter.pdf", b"MZ\x90", "This file is not application/pdf"),
        ("letter.exe", b"MZ\x90", "Send a PDF"),
        ("letter.txt", b"\x00", "This is not plain text"),
        ("letter.txt", b"", "This file is empty."),
        ("letter.txt", b"x" * (MAX_BYTES + 1), "This file is larger than 5 MB."),
    ],
)
def test_refuses_a_file_that_is_not_what_it_says_and_keeps_nothing(
    nora: User, hold: Hold, name: str, content: bytes, words: str
) -> None:
    assert words in answer(nora, hold, words="See.", file=SimpleUploadedFile(name, content))
    assert not HoldReply.objects.exists()
    assert not Attachment.objects.exists()


def test_asks_for_words(nora: User, hold: Hold) -> None:
    assert "Say what the council should know." in answer(nora, hold, words="")


def test_says_when_a_line_does_not_wait_any_more(desk: Desk, nora: User, hold: Hold) -> None:
    reject(hold=hold, reason="The price is 20 pounds.", by=desk.farah, at=AT)
    assert "This line does not wait any more." in answer(nora, hold, words="But it was agreed.")
    assert not HoldReply.objects.exists()


def test_lets_nobody_else_answer_or_take_the_file(desk: Desk, nora: User, hold: Hold) -> None:
    answer(nora, hold, words="See our letter.", file=SimpleUploadedFile("letter.pdf", b"%PDF-1.7"))
    stranger = make_staff(provider=make_provider(council=desk.council))
    assert as_user(stranger).post(page_of(hold), {"words": "Hello"}).status_code == 404
    assert seen(stranger, reverse("invoices:own-attachment", args=[Attachment.objects.get().pk])) == "404"
    with pytest.raises(UnableToAnswer, match="work for the provider"):
        reply_by_hand(hold=hold, words="Hello", file=None, by=stranger, at=AT)
