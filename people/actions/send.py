"""
Sending what was told: e-mails by a worker, letters by somebody who prints and posts them.

An e-mail cannot be taken back and is in no transaction, so no order of steps sends it exactly once. We choose: never
twice. That sending has begun is committed first, then the e-mail leaves, then it is written down that it has. What
surely did not leave (no connection to the mail server) is tried again by the next ring. Where a worker dies in
between, nobody can tell: the notice says so, and is posted as a letter instead.
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from people.models import Notice, NoticeState, User
from people.queries import language_in, settings_of

LOST_AFTER = timedelta(minutes=15)
NO_ADDRESS = _("There is no e-mail address any more.")
HAS_DIED = _("They have died, so it was not sent.")
NO_CONNECTION = _("Our mail server could not be reached.")
TURNED_AWAY = "The mail server did not take it ({trouble})."
LOST = _("Sending was interrupted. Nobody can tell whether it arrived.")

log = structlog.get_logger(__name__)


class UnableToPost(Exception):
    """The letter is not waiting to be posted."""


@transaction.atomic
def begin_to_send(*, notice_id: UUID | str, post: BaseEmailBackend, at: datetime, is_last_try: bool) -> None:
    """
    Say that sending an e-mail begins now, once the mail server answers. Does nothing where it has begun before.

    On the last try, a server that does not answer leaves the notice failed.

    :raises OSError: the mail server does not answer, and there are more tries.
    """
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.state != NoticeState.WAITING:
        return
    problem = _why_not(notice)
    if not problem:
        try:
            post.open()
        except OSError:  # smtplib's own are among these
            if not is_last_try:
                raise
            problem = str(NO_CONNECTION)
    if problem:
        Notice.objects.filter(pk=notice.pk).update(state=NoticeState.FAILED, problem=problem)
    else:
        Notice.objects.filter(pk=notice.pk).update(state=NoticeState.SENDING, begun_at=at)


def finish_sending(
    *, notice_id: UUID | str, post: BaseEmailBackend, begun_at: datetime, at: datetime
) -> None:
    """Send an e-mail whose sending we began, and write down what became of it. Does nothing where others began it."""
    sending = Notice.objects.filter(pk=notice_id, state=NoticeState.SENDING, begun_at=begun_at)
    notice = sending.select_related("person__user", "user", "council").first()
    if notice is None:
        return
    try:
        post.send_messages([_mail(notice)])
    except (
        OSError,
        ValueError,
    ) as trouble:  # smtplib's own are OSErrors; an address it cannot write is a value
        log.warning("notice_not_sent", notice=str(notice.pk), trouble=type(trouble).__name__)
        problem = TURNED_AWAY.format(trouble=type(trouble).__name__)
        sending.update(state=NoticeState.FAILED, problem=problem)
    else:
        sending.update(state=NoticeState.SENT, sent_at=at)


def find_lost(*, at: datetime) -> int:
    """Say of e-mails whose sending began and never ended that nobody can tell; gives how many there were."""
    lost = Notice.objects.filter(state=NoticeState.SENDING, begun_at__lt=at - LOST_AFTER)
    return lost.update(state=NoticeState.FAILED, problem=LOST)


@transaction.atomic
def mark_posted(*, notice: Notice, by: User, at: datetime) -> Notice:
    """
    Say that a letter is in the post.

    :raises UnableToPost: it is posted already, is no letter, or `by` does not post this council's letters.
    """
    mine = Notice.objects.select_for_update(of=("self",)).posted_by(by).to_post()
    letter = mine.filter(pk=notice.pk).first()
    if letter is None:
        raise UnableToPost("This letter is not waiting to be posted. Perhaps somebody posted it already.")
    letter.state, letter.sent_at, letter.sent_by = NoticeState.POSTED, at, by.label
    letter.save(update_fields=["state", "sent_at", "sent_by"])
    return letter


@transaction.atomic
def mark_read(*, notice: Notice, by: User, at: datetime) -> None:
    """Say that whoever a notice is for has read it. Read by somebody else, or read before, it stays as it is."""
    own = notice.user_id == by.pk or (notice.person is not None and notice.person.user_id == by.pk)
    if own:
        Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


def _why_not(notice: Notice) -> str:
    """Say why a notice cannot be sent by e-mail any more; nothing where it can."""
    if notice.person is not None and notice.person.died_date is not None:
        return str(HAS_DIED)
    reader = _reader(notice)
    return "" if reader is not None and reader.is_active else str(NO_ADDRESS)


def _reader(notice: Notice) -> User | None:
    return notice.person.user if notice.person is not None else notice.user


def _mail(notice: Notice) -> EmailMessage:
    """Lay out a notice as an e-mail, in easy words for whoever reads those."""
    reader = _reader(notice)
    assert reader is not None, "checked when sending began"
    wanted = settings_of(reader)
    words = notice.easy_words if wanted and wanted.is_easy and notice.easy_words else notice.words
    link = settings.SITE_ADDRESS.rstrip("/") + notice.about if notice.about else ""
    told = {"notice": notice, "reader": reader, "words": words, "link": link, "site": settings.SITE_ADDRESS}
    with translation.override(language_in(wanted)):
        body = render_to_string("people/notice_email.txt", told)
    return EmailMessage(subject=notice.subject, body=body, to=[reader.email])
