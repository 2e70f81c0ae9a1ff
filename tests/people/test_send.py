"""Sending what was told: an e-mail leaves once at most, what cannot leave says why, a letter is posted once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from pytest_django.fixtures import Settings

from jobs.models import Job, JobState
from jobs.rules import MOST_ATTEMPTS
from people.actions import UnableToPost, find_lost, mark_posted, mark_read, tell, tell_user
from people.models import Notice, NoticeState, Person, RoleKind, User
from people.tasks import find_lost_notices, send_notice
from tests.people.makers import (
    make_council,
    make_person,
    make_settings,
    make_social_worker,
    make_user,
    make_user_with_role,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


class Unreachable(BaseEmailBackend):
    """A mail server that nobody answers at."""

    def open(self) -> None:
        raise ConnectionRefusedError


class Strict(BaseEmailBackend):
    """A mail server that takes nothing for anybody."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise SMTPRecipientsRefused({})


class DyingOnce(EmailBackend):
    """A mail server that takes a message just when the worker is killed."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        super().send_messages(email_messages)
        raise KeyboardInterrupt


def make_amina(*, council_user: User | None = None) -> Person:
    return make_person(user=council_user or make_user(name="Amina Yusuf", email="amina@example.test"))


def told(person: Person) -> Notice:
    notice = tell(
        person=person,
        kind="people_authority_withdrawn",
        key="1",
        at=AT,
        by="system:tests",
        about="/helpers/",
        helper="Robin Reed",
        on=AT.date(),
    )
    assert notice is not None
    return notice


def rung(notice: Notice) -> Notice:
    """The notice after its job was rung for."""
    send_notice(str(Job.objects.get(key=str(notice.pk)).pk))
    notice.refresh_from_db()
    return notice


def test_sends_it_with_its_words_and_where_to_look(settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://purse.example.test/"
    notice = rung(told(make_amina()))
    assert notice.state == NoticeState.SENT
    assert notice.sent_at is not None
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["amina@example.test"], "Somebody can no longer act for you")
    assert "Dear Amina Yusuf," in sent.body
    assert "Robin Reed can no longer do anything for you" in sent.body
    assert "https://purse.example.test/helpers/" in sent.body


def test_sends_easy_words_to_whoever_reads_those() -> None:
    amina = make_amina()
    make_settings(person=amina, is_easy=True)
    rung(told(amina))
    assert "Robin Reed can not do things for you now." in mail.outbox[0].body


@pytest.mark.usefixtures("_a_little_welsh")
@pytest.mark.parametrize(
    ("language", "greeting"), [("cy", "Annwyl Amina Yusuf,"), ("en-gb", "Dear Amina Yusuf,")]
)
def test_greets_each_reader_in_their_own_language(language: str, greeting: str) -> None:
    amina = make_amina()
    make_settings(person=amina, language=language)
    rung(told(amina))
    assert mail.outbox[0].body.startswith(greeting)


def test_sends_it_once_however_often_it_is_rung() -> None:
    notice = told(make_amina())
    for _ in range(3):
        rung(notice)
    assert len(mail.outbox) == 1


def test_tells_an_officer_too() -> None:
    council, user = make_council(), make_user(email="priya@example.test")
    notice = tell_user(
        user=user,
        council=council,
        kind="people_helper_withdrawn",
        key="1",
        at=AT,
        by="system:tests",
        person="Amina",
        lead="",
        on=AT.date(),
    )
    assert rung(notice).state == NoticeState.SENT
    assert mail.outbox[0].to == ["priya@example.test"]


def test_tries_again_while_nobody_answers_and_then_says_so(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    notice = told(make_amina())
    for _ in range(MOST_ATTEMPTS - 1):
        assert rung(notice).state == NoticeState.WAITING
    assert rung(notice).state == NoticeState.FAILED
    assert notice.problem == "Our mail server could not be reached."
    assert Job.objects.get().state == JobState.DONE


def test_sends_it_once_the_server_answers_again(settings: Settings) -> None:
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    notice = rung(told(make_amina()))
    settings.EMAIL_BACKEND = usual
    assert rung(notice).state == NoticeState.SENT
    assert len(mail.outbox) == 1


def test_says_that_the_server_did_not_take_it(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Strict"
    notice = rung(told(make_amina()))
    assert (notice.state, notice.sent_at) == (NoticeState.FAILED, None)
    assert notice.problem == "The mail server did not take it (SMTPRecipientsRefused)."


def test_never_sends_a_second_e_mail_after_a_crash(settings: Settings) -> None:
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.DyingOnce"
    notice = told(make_amina())
    with time_machine.travel(AT, tick=False), pytest.raises(KeyboardInterrupt):
        rung(notice)
    settings.EMAIL_BACKEND = usual
    assert rung(notice).state == NoticeState.SENDING
    assert len(mail.outbox) == 1
    assert find_lost(at=AT + timedelta(minutes=14)) == 0
    find_lost_notices()
    notice.refresh_from_db()
    assert notice.state == NoticeState.FAILED
    assert "Nobody can tell" in notice.problem
    assert list(Notice.objects.to_post()) == [notice]


@pytest.mark.parametrize("reason", ["died", "closed"])
def test_sends_nothing_to_whoever_cannot_be_told_any_more(reason: str) -> None:
    amina = make_amina()
    notice = told(amina)
    if reason == "died":
        Person.objects.filter(pk=amina.pk).update(died_date=date(2026, 5, 4))
    else:
        User.objects.filter(people=amina).update(is_active=False)
    assert rung(notice).state == NoticeState.FAILED
    assert notice.problem
    assert mail.outbox == []
    assert Notice.objects.to_post().exists() == (reason == "closed")


def make_letter() -> Notice:
    """A letter to Amina, whom Priya leads."""
    council = make_council()
    return told(make_person(council=council, lead=make_social_worker(council=council)))


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_marks_a_letter_as_posted_once(who: str) -> None:
    letter = make_letter()
    assert letter.person is not None
    administrator = make_user_with_role(council=letter.council, kind=RoleKind.ADMINISTRATOR)
    user = letter.person.lead_professional if who == "lead" else administrator
    assert user is not None
    posted = mark_posted(notice=letter, by=user, at=AT)
    assert (posted.state, posted.sent_at, posted.sent_by) == (NoticeState.POSTED, AT, user.label)
    with pytest.raises(UnableToPost, match="Perhaps somebody posted it already"):
        mark_posted(notice=letter, by=user, at=AT)


def test_refuses_strangers_who_would_post_a_letter() -> None:
    letter = make_letter()
    finance = make_user_with_role(council=letter.council, kind=RoleKind.FINANCE_OFFICER)
    for user in (make_social_worker(council=letter.council), finance):
        with pytest.raises(UnableToPost):
            mark_posted(notice=letter, by=user, at=AT)


def test_says_that_its_own_reader_has_read_it_and_when_first() -> None:
    amina = make_amina()
    notice = told(amina)
    assert amina.user is not None
    mark_read(notice=notice, by=make_user(), at=AT - timedelta(days=1))
    mark_read(notice=notice, by=amina.user, at=AT)
    mark_read(notice=notice, by=amina.user, at=AT + timedelta(days=1))
    notice.refresh_from_db()
    assert notice.read_at == AT
