"""Answering about a held line in the browser: the words and the file in one step."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from invoices.actions.replies import UnableToAnswer, answer_hold, put_attachment
from invoices.models import Hold, HoldReply
from people.models import User
from providers.models import ProviderStaff


class SentFile(NamedTuple):
    """A file as it was sent: what it is called, what it is said to be, and its bytes."""

    name: str
    media_type: str
    content: bytes


@transaction.atomic
def reply_by_hand(*, hold: Hold, words: str, file: SentFile | None, by: User, at: datetime) -> HoldReply:
    """
    Answer about a held line of one's employer, with or without a file: both are kept, or neither.

    :raises UnableToAnswer: see the class; or the line is not of a provider they work for.
    """
    provider = hold.line.invoice.provider_id
    if not ProviderStaff.objects.filter(user=by, provider=provider).exists():
        raise UnableToAnswer("Only those who work for the provider can answer about this line.")
    attachment = None
    if file is not None:
        attachment = put_attachment(
            hold=hold,
            content=file.content,
            media_type=file.media_type,
            name=file.name,
            by=by.label,
            at=at,
        )
    return answer_hold(hold=hold, words=words, attachment=attachment, seen=None, by=by.label, at=at)
