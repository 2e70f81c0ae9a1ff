"""Answering about a held line: words, and a file that is kept and never run."""

from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from invoices.models import Attachment, Hold, HoldReply, HoldState
from invoices.queries.holds import tag_of
from people.rules.files import WrongFile, check_file

LONGEST_WORDS = 5_000
MOST_FILES = 20


class UnableToAnswer(Exception):
    """The line does not wait any more, the words or the file cannot be kept. `field`: what to look at."""

    code = "wrong_answer"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class IsResolved(UnableToAnswer):
    """The line does not wait any more."""

    code = "hold_is_resolved"


class HasChanged(UnableToAnswer):
    """The held line is not as whoever answers saw it."""

    code = "hold_has_changed"


@transaction.atomic
def put_attachment(
    *, hold: Hold, content: bytes, media_type: str, name: str, by: str, at: datetime
) -> Attachment:
    """
    Keep a file for the answer to a hold. Its bytes lie below MEDIA_ROOT by their hash, where no web server looks.

    :raises UnableToAnswer: see the class.
    """
    hold = _open(hold)
    try:
        check_file(content, media_type=media_type, name=name)
    except WrongFile as refusal:
        raise UnableToAnswer(str(refusal)) from refusal
    if hold.attachments.count() >= MOST_FILES:
        raise UnableToAnswer(f"There are {MOST_FILES} files for this line already.")
    digest = sha256(content).hexdigest()
    path = f"answers/{hold.line.invoice.provider_id}/{digest}"
    if not default_storage.exists(
        path
    ):  # the same bytes lie in one place; what is left behind by a failure is found again
        path = default_storage.save(path, ContentFile(content))
    return Attachment.objects.create(
        hold=hold,
        name=name,
        media_type=media_type,
        size_bytes=len(content),
        sha256=digest,
        path=path,
        put_at=at,
        put_by=by,
    )


@transaction.atomic
def answer_hold(
    *, hold: Hold, words: str, attachment: Attachment | None, seen: str | None, by: str, at: datetime
) -> HoldReply:
    """
    Answer about a held line while it waits; a later answer takes the place of an earlier one, and both are kept.

    `seen`: the tag of the held line as whoever answers saw it (`tag_of`); none: whatever it is now.

    :raises UnableToAnswer: see the class; `IsResolved`, `HasChanged`.
    """
    hold = _open(hold)
    if seen is not None and seen != tag_of(hold):
        raise HasChanged("This line has changed since you looked at it. Look again, then answer.")
    if not words.strip() or len(words) > LONGEST_WORDS:
        raise UnableToAnswer(f"Say in 1 to {LONGEST_WORDS:,} letters what we should know.", field="words")
    if attachment is not None and attachment.hold_id != hold.pk:
        raise UnableToAnswer("This file was sent for another line.", field="attachment_id")
    return HoldReply.objects.create(
        hold=hold, words=words, attachment=attachment, written_at=at, written_by=by
    )


def _open(hold: Hold) -> Hold:
    """Lock a hold that is still open."""
    hold = (
        Hold.objects.select_for_update(of=["self"], no_key=True)
        .select_related("line__invoice__council")
        .get(pk=hold.pk)
    )
    if hold.state != HoldState.OPEN:
        raise IsResolved("This line does not wait any more. Look at what became of it.")
    return hold
