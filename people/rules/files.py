"""What kind of file somebody sent, told by its content and not by what it is called. No Django."""

import re

MAX_BYTES = 5_000_000
LONGEST_NAME = 200
STARTS = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
TEXTS = ("text/csv", "text/plain")
KINDS = (*STARTS, *TEXTS)
# Tabs and ends of lines are all the control characters that plain text has.
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
NAME = re.compile(r"[^\x00-\x1f\x7f/\\\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


class WrongFile(Exception):
    """The file is not of a kind that is kept, or not what it says it is. The sentence is for who sent it."""


def check_file(content: bytes, *, media_type: str, name: str) -> None:
    """
    See that a file is what it says: PDF, PNG, JPEG, CSV or plain text in UTF-8, of at most 5 MB, with a plain name.

    :raises WrongFile: see the class.
    """
    if media_type not in KINDS:
        raise WrongFile("Send a PDF, a PNG or JPEG picture, a table as CSV, or plain text.")
    if not name or len(name) > LONGEST_NAME or not NAME.fullmatch(name) or name.strip(". ") != name:
        raise WrongFile("Give the file a plain name of at most 200 characters, without folders.")
    if not content:
        raise WrongFile("The file is empty.")
    if len(content) > MAX_BYTES:
        raise WrongFile("The file is larger than 5 MB.")
    if media_type in STARTS:
        if not content.startswith(STARTS[media_type]):
            raise WrongFile(f"This file is not {media_type}, whatever it is called.")
    elif not _is_text(content):
        raise WrongFile("This is not plain text in UTF-8.")


def _is_text(content: bytes) -> bool:
    try:
        return NOT_TEXT.search(content.decode("utf-8-sig")) is None
    except UnicodeDecodeError:
        return False
