"""Telling people: one notice a step, in their words, by their way, and giving nothing away."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils import translation

from jobs.models import Job
from people.actions import Terms, give_authority, tell, tell_user
from people.models import AuthorityKind, Channel, Notice, NoticeState, Person, Scope
from tests.people.makers import make_authority, make_person, make_settings, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
GIVEN = "people_authority_given"
FACTS: dict[str, Any] = {
    "helper": "Robin Reed",
    "start_date": date(2026, 5, 4),
    "last_date": "",
    "scopes": "vote for you",
    "easy_scopes": "Vote for you",
}


def make_amina() -> Person:
    """Amina, who signs in."""
    return make_person(user=make_user(name="Amina Yusuf", email="amina@example.test"))


def told(person: Person, *, key: str = "1", by: str = "system:tests", **more: Any) -> Notice:
    notice = tell(person=person, kind=GIVEN, key=key, at=AT, by=by, **{**FACTS, **more})
    assert notice is not None
    return notice


def test_says_it_in_plain_and_in_easy_words() -> None:
    notice = told(make_amina())
    assert notice.subject == "Somebody can act for you now"
    assert notice.words.startswith(
        "Robin Reed can now do things for you on Common Purse, from Monday 4 May 2026."
    )
    assert notice.easy_words.startswith(
        "Robin Reed can do things for you now.\nIt starts on Monday 4 May 2026."
    )
    assert (notice.made_at, notice.made_by) == (AT, "system:tests")


def test_asks_for_an_e_mail_in_the_same_transaction() -> None:
    amina = make_amina()
    with transaction.atomic():
        told(amina)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Job.objects.exists()
    notice = told(amina)
    assert (notice.channel, notice.state) == (Channel.EMAIL, NoticeState.WAITING)
    job = Job.objects.get(kind="people.send_notice")
    assert (job.payload, job.council_id) == ({"notice": str(notice.pk)}, amina.council_id)


def test_tells_a_step_once() -> None:
    amina = make_amina()
    assert told(amina) == told(amina, helper="Somebody else")
    assert Notice.objects.get().words.startswith("Robin Reed")
    assert Job.objects.count() == 1


def test_tells_everybody_of_the_same_step() -> None:
    amina = make_amina()
    told(amina)
    told(make_person(council=amina.council))
    for user in (make_user(), make_user()):
        tell_user(
            user=user,
            council=amina.council,
            kind="people_helper_withdrawn",
            key="1",
            at=AT,
            by="system:tests",
            person="Amina",
            lead="",
            on=AT,
        )
    assert Notice.objects.count() == 4


def test_writes_a_letter_to_whoever_has_no_e_mail_or_asked_for_letters() -> None:
    asked, alone, closed = make_amina(), make_person(), make_person(user=make_user())
    make_settings(person=asked, channel=Channel.LETTER)
    assert closed.user is not None
    closed.user.is_active = False
    for person in (asked, alone, closed):
        notice = told(person)
        assert (notice.channel, notice.state) == (Channel.LETTER, NoticeState.TO_PRINT)
    assert not Job.objects.exists()


def test_tells_nobody_who_has_died() -> None:
    amina = make_amina()
    make_authority(person=amina, scopes=[Scope.LETTERS])
    Person.objects.filter(pk=amina.pk).update(died_date=date(2026, 5, 1))
    amina.refresh_from_db()
    assert tell(person=amina, kind=GIVEN, key="1", at=AT, by="system:tests", **FACTS) is None
    assert not Notice.objects.exists()


def test_gives_a_copy_to_whoever_gets_their_letters() -> None:
    amina, robin = make_amina(), make_user(name="Robin Reed")
    make_authority(person=amina, helper=robin, scopes=[Scope.LETTERS])
    make_authority(person=amina, scopes=[Scope.SEE, Scope.VOTE])
    make_authority(person=amina, scopes=[Scope.LETTERS], end_date=AT.date())
    make_authority(person=amina, scopes=[Scope.LETTERS], withdrawn_at=AT)
    told(amina)
    copy = Notice.objects.get(user__isnull=False)
    assert (copy.user, copy.channel) == (robin, Channel.EMAIL)
    assert copy.subject == "A copy for you: Somebody can act for you now"
    assert copy.words.startswith("We told Amina Yusuf this.")
    told(amina)
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    ("by_helper", "words"), [(True, "Robin Reed wrote this down."), (False, "You are told")]
)
def test_says_who_did_it_where_it_was_somebody_else(by_helper: bool, words: str) -> None:
    amina = make_amina()
    authority = make_authority(person=amina, helper=make_user(name="Robin Reed"))
    assert amina.user is not None
    notice = told(amina, by=authority.label_for if by_helper else amina.user.label)
    assert words in notice.words
    assert ("wrote this down" in notice.words) == by_helper


@pytest.mark.parametrize("by", ["system:tests", "user:1", "key:0198c0de-0000-7000-8000-000000000000"])
def test_names_nobody_where_nobody_did_it(by: str) -> None:
    assert "wrote this down" not in told(make_amina(), by=by).words


def test_says_nothing_in_a_subject_that_would_give_something_away() -> None:
    notice = told(make_amina(), private=["Somebody who cooks"])
    assert notice.subject == "Something has changed for you"
    assert notice.words.startswith("Robin Reed can now do things")


def test_refuses_a_step_without_words_and_words_without_their_facts() -> None:
    amina = make_amina()
    with pytest.raises(TemplateDoesNotExist):
        tell(person=amina, kind="people_no_such_step", key="1", at=AT, by="system:tests")
    with pytest.raises(LookupError, match="names a fact that is not given: helper"):
        tell(person=amina, kind=GIVEN, key="1", at=AT, by="system:tests")
    assert not Notice.objects.exists()


def test_writes_names_as_they_are() -> None:
    notice = told(make_amina(), helper="Zoë <O'Hara> & أمينة")
    assert "Zoë <O'Hara> & أمينة can now" in notice.words


@pytest.mark.usefixtures("_a_little_welsh")
@pytest.mark.parametrize("pressed_in", ["en-gb", "cy"])
def test_speaks_each_readers_language_whoever_pressed_the_button(pressed_in: str) -> None:
    amina, ben = make_amina(), make_person(name="Ben Carter")
    make_settings(person=amina, language="cy")
    with translation.override(pressed_in):
        to_amina, to_ben = told(amina), told(ben)
        assert translation.get_language() == pressed_in
    assert to_amina.subject == "Gall rhywun weithredu ar eich rhan nawr"
    assert to_amina.easy_words.startswith("Gall Robin Reed wneud pethau ar eich rhan nawr.\n")
    assert "Dydd Llun 4 Mai 2026" in to_amina.words
    assert to_ben.subject == "Somebody can act for you now"
    assert to_ben.easy_words.startswith("Robin Reed can do things for you now.\n")
    assert "Monday 4 May 2026" in to_ben.words


@pytest.mark.usefixtures("_a_little_welsh")
@pytest.mark.parametrize("pressed_in", ["en-gb", "cy"])
def test_says_the_facts_in_the_readers_language_too(pressed_in: str) -> None:
    amina, robin = make_amina(), make_user(name="Robin Reed", email="robin@example.test")
    make_settings(person=amina, language="cy")
    assert amina.user is not None
    with translation.override(pressed_in):
        give_authority(
            person=amina,
            helper_email=robin.email,
            helper_name="",
            terms=Terms(kind=AuthorityKind.SUPPORTER, scopes=[Scope.VOTE], start_date=AT.date()),
            by=amina.user,
            at=AT,
        )
    to_amina, to_robin = Notice.objects.get(person=amina), Notice.objects.get(user=robin)
    assert "Gallan nhw: pleidleisio ar eich rhan." in to_amina.words
    assert "eich gweithiwr cymdeithasol" in to_amina.words
    assert "You can: vote for them." in to_robin.words
    assert "- Vote for them" in to_robin.easy_words


@pytest.mark.usefixtures("_a_little_welsh")
def test_gives_a_copy_in_the_language_of_the_letter() -> None:
    amina = make_amina()
    make_settings(person=amina, language="cy")
    make_authority(person=amina, scopes=[Scope.LETTERS])
    told(amina)
    copy = Notice.objects.get(user__isnull=False)
    assert copy.subject == "Copi i chi: Gall rhywun weithredu ar eich rhan nawr"


@pytest.mark.usefixtures("_a_little_welsh")
def test_speaks_the_houses_own_language_where_the_one_asked_for_is_not_spoken() -> None:
    amina = make_amina()
    make_settings(person=amina, language="tlh")
    with translation.override("cy"):
        assert told(amina).subject == "Somebody can act for you now"
