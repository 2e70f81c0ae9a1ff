"""The demo's mail is caught in a folder instead of being sent; this reads it back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

# Django's file backend writes this line after each letter.
BETWEEN_LETTERS = b"-" * 79 + b"\n"
MOST_LETTERS = 50
CODE = re.compile(r"\b[0-9]{4}-[0-9]{4}\b")


@dataclass(frozen=True)
class Letter:
    """One letter as its reader would have got it."""

    to: str
    subject: str
    sent_at: datetime
    words: str

    @property
    def code(self) -> str:
        """The sign-in code in it, if it brings one."""
        found = CODE.search(self.words)
        return found.group() if found else ""


def caught_letters(folder: Path) -> list[Letter]:
    """Give the letters in a folder of caught mail, the newest first, at most `MOST_LETTERS` of them."""
    newest_files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)[
        :MOST_LETTERS
    ]
    letters = [letter for file in newest_files for letter in _letters_in(file)]
    return sorted(letters, key=lambda letter: letter.sent_at, reverse=True)[:MOST_LETTERS]


def _letters_in(file: Path) -> Iterator[Letter]:
    for raw in file.read_bytes().split(BETWEEN_LETTERS):
        message = message_from_bytes(raw, policy=default)
        if isinstance(message, EmailMessage) and message["Date"]:
            yield Letter(
                to=message["To"],
                subject=message["Subject"],
                sent_at=parsedate_to_datetime(message["Date"]),
                words=_plain_words(message),
            )


def _plain_words(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain",))
    return str(body.get_content()).strip() if body else ""
