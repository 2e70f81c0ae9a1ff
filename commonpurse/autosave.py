"""
Forms that save themselves as they are written (ADR 26): what a browser sends, and the words it gets back.

A page includes `_parts/autosave.html` inside its form. The browser then sends the whole form to its own address a
moment after the last key (`static/house/autosave.js`), and puts what `saved_part` answers in place of that part.
Without JavaScript the same form is sent by its button, and the page shows the same part. A view reads `seen_in` and
`insisted_in`, makes its one action call, and answers with `saved_part` where `is_autosave`.

Every app's views may use this module (the import contract says so), and it knows none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

HEADER = "X-Autosave"
SEEN, INSIST, DOCUMENT = "seen", "insist", "document"
MOST_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class Saved:
    """
    How a form stands: the number of the edit its writer has seen, and when it was saved last (none: not yet).

    `document`: which document that edit is of, where it only begins with the first words written (else nothing).
    `clashes`: what somebody else wrote in the same place meanwhile (each with label, field, theirs, mine, by and at).
    `refusal`: why it cannot be saved, in plain words.
    """

    number: int
    at: datetime | None = None
    clashes: Sequence[object] = ()
    refusal: str = ""
    document: str = ""


def is_autosave(request: HttpRequest) -> bool:
    """Tell whether it is the page that sends this while somebody writes, not they themselves."""
    return request.method == "POST" and HEADER in request.headers


def seen_in(request: HttpRequest) -> int:
    """Give the number of the edit that the writer has seen; 0, which is before every edit, where it says none."""
    sent = request.POST.get(SEEN, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) <= MOST_DIGITS else 0


def document_in(request: HttpRequest) -> UUID | None:
    """Give the document the writer had before them; none where it had not begun, or it is none of ours."""
    try:
        return UUID(request.POST.get(DOCUMENT, ""))
    except ValueError:
        return None


def insisted_in(request: HttpRequest) -> list[str]:
    """Give the fields in which the writer wants their own words, having read the other's."""
    return request.POST.getlist(INSIST)


def saved_part(request: HttpRequest, saved: Saved) -> HttpResponse:
    """Answer the page that saved itself: with how it stands now, or with why it cannot be saved."""
    status = 409 if saved.refusal else 200
    return render(request, "_parts/autosaved.html", {"saved": saved}, status=status)
