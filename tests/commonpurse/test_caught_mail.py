"""The demo's caught mail."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from commonpurse.mail import caught_letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder that catches mail."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def send(subject: str, words: str = "Hello", *, minute: int = 0) -> None:
    """Send a letter at a minute past nine: the date of a letter knows no less than a second."""
    sent = {"Date": f"Mon, 04 May 2026 09:{minute:02}:00 +0000"}
    EmailMessage(subject, words, None, ["robin@example.test"], headers=sent).send()


def test_shows_the_newest_letter_first_with_its_code(client: Client, folder: Path) -> None:
    send("Second – with a dash", "Grüße\nYour code: 3333-4444", minute=2)
    send("First", "Your code: 1111-2222", minute=1)
    letters = caught_letters(folder)
    assert {letter.subject for letter in letters} == {"First", "Second – with a dash"}
    assert {letter.code for letter in letters} == {"1111-2222", "3333-4444"}
    words = client.get("/caught-mail/").content.decode()
    assert words.index("3333-4444") < words.index("1111-2222")
    assert "Grüße" in words


def test_shows_what_a_letter_says_and_not_what_it_would_do(client: Client, folder: Path) -> None:
    send("<script>alert(1)</script>", "<b>bold</b>")
    words = client.get("/caught-mail/").content.decode()
    assert "<script>alert" not in words
    assert "&lt;b&gt;bold" in words


def test_is_not_there_outside_the_demo(client: Client, folder: Path, settings: Settings) -> None:
    send("Secret")
    settings.DEMO = False
    assert client.get("/caught-mail/").status_code == 404


def test_says_that_there_are_none_yet(client: Client, folder: Path) -> None:
    assert "No letters yet." in client.get("/caught-mail/").content.decode()
