"""My letters: listed, read in one's own words, printed in one's own format, and posted by somebody."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from people.actions import tell
from people.models import Channel, Notice, NoticeState, Person, RoleKind, Scope, TextSize
from tests.cast import NINE, make_cast
from tests.people.makers import make_authority, make_person, make_settings, make_user, make_user_with_role
from tests.visiting import act_for, answered, as_user, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
LETTERS = "/letters/"
POST = "/post/"
SUBJECT = "Somebody can no longer act for you"


@pytest.fixture
def _on_the_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


def told(person: Person, *, key: str = "1", helper: str = "Robin Reed") -> Notice:
    notice = tell(
        person=person,
        kind="people_authority_withdrawn",
        key=key,
        at=NINE,
        by="system:tests",
        about="/helpers/",
        helper=helper,
        on=NINE.date(),
    )
    assert notice is not None
    return notice


def test_lists_ones_own_letters_and_nobody_elses() -> None:
    cast = make_cast()
    told(cast.amina)
    assert SUBJECT in seen(cast.amina_user, LETTERS)
    assert "On its way by e-mail. Not read yet." in seen(cast.amina_user, LETTERS)
    assert "There is no letter yet." in seen(cast.ben_user, LETTERS)
    assert "There is no letter yet." in seen(cast.priya, LETTERS)


def test_shows_its_words_and_notes_that_it_was_read() -> None:
    cast = make_cast()
    notice = told(cast.amina)
    page = seen(cast.amina_user, reverse("people:letter", args=[notice.pk]))
    assert "Robin Reed can no longer do anything for you on Common Purse." in page
    assert 'href="/helpers/"' in page
    notice.refresh_from_db()
    assert notice.read_at == NINE
    assert "Not read yet" not in seen(cast.amina_user, LETTERS)


def test_speaks_easy_words_to_whoever_reads_those_or_asks_for_them() -> None:
    cast = make_cast()
    address = reverse("people:letter", args=[told(cast.amina).pk])
    assert "can not do things for you now" not in seen(cast.amina_user, address)
    assert "can not do things for you now" in seen(cast.amina_user, f"{address}?words=easy")
    make_settings(person=cast.amina, is_easy=True)
    assert "can not do things for you now" in seen(cast.amina_user, address)
    assert "can no longer do anything" in seen(cast.amina_user, f"{address}?words=usual")


def test_says_who_has_read_it() -> None:
    cast = make_cast()
    robin = make_authority(person=cast.amina, scopes=[Scope.LETTERS], helper=make_user(name="Robin Reed"))
    notice = told(cast.amina, helper="Sam Hill")
    address = reverse("people:letter", args=[notice.pk])
    assert "<bdi>Robin Reed</bdi> got a copy and has not read it here yet." in seen(cast.amina_user, address)
    copy = Notice.objects.get(user=robin.helper)
    assert "You have read it." in seen(robin.helper, reverse("people:letter", args=[copy.pk]))
    assert "<bdi>Robin Reed</bdi> got a copy and read it on Monday 4 May 2026." in seen(
        cast.amina_user, address
    )


@pytest.mark.parametrize(("scopes", "is_shown"), [([Scope.SEE], False), ([Scope.SEE, Scope.LETTERS], True)])
def test_shows_a_persons_letters_to_a_helper_who_gets_them(scopes: list[Scope], is_shown: bool) -> None:
    cast = make_cast()
    authority = make_authority(person=cast.amina, scopes=scopes)
    notice = told(cast.amina)
    robin = as_user(authority.helper)
    act_for(robin, authority)
    assert (SUBJECT in robin.get(LETTERS).content.decode()) == is_shown
    page = robin.get(reverse("people:letter", args=[notice.pk]))
    assert page.status_code == (200 if is_shown else 404)
    if is_shown:
        assert "has not read it here yet" in page.content.decode()
        notice.refresh_from_db()
        assert notice.read_at is None  # its own reader has not


def test_prints_it_in_its_readers_format() -> None:
    cast = make_cast()
    make_settings(person=cast.amina, is_easy=True, text_size=TextSize.LARGEST)
    page = seen(cast.amina_user, reverse("people:letter-print", args=[told(cast.amina).pk]))
    assert "paper--largest" in page
    assert "can not do things for you now" in page
    assert f"Your reference: {cast.amina.ref}" in page


@pytest.mark.usefixtures("_a_little_welsh")
def test_prints_it_in_its_readers_language_whoever_posts_it() -> None:
    cast = make_cast()
    edith = make_person(council=cast.council, lead=cast.priya, name="Edith Kaye")
    make_settings(person=edith, language="cy")
    page = seen(cast.priya, reverse("people:post-letter", args=[told(edith).pk]))
    assert '<html lang="en-gb"' in page
    assert 'lang="cy"> <p>' in page
    assert "Annwyl <bdi>Edith Kaye</bdi>," in page
    assert "It is in the post" in page


def test_lists_what_is_to_be_posted_to_the_people_one_leads() -> None:
    cast = make_cast()
    edith = make_person(council=cast.council, lead=cast.priya, name="Edith Kaye")
    letter = told(edith)
    told(cast.amina)  # goes by e-mail
    assert "Edith Kaye" in seen(cast.priya, POST)
    assert "Amina" not in seen(cast.priya, POST)
    administrator = make_user_with_role(council=cast.council, kind=RoleKind.ADMINISTRATOR)
    assert "Edith Kaye" in seen(administrator, POST)
    make_settings(person=edith, text_size=TextSize.LARGE, channel=Channel.LETTER)
    address = reverse("people:post-letter", args=[letter.pk])
    assert "paper--large" in seen(cast.priya, address)
    assert "The letter to Edith Kaye is marked as posted." in answered(cast.priya, address)
    letter.refresh_from_db()
    assert (letter.state, letter.sent_by) == (NoticeState.POSTED, cast.priya.label)
    assert "Every letter is posted." in seen(cast.priya, POST)
    assert seen(cast.priya, address) == "404"


def test_posts_what_did_not_arrive_by_e_mail() -> None:
    cast = make_cast()
    notice = told(cast.amina)
    problem = "Our mail server could not be reached."
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.FAILED, problem=problem)
    assert problem in seen(cast.priya, POST)


def test_posts_nothing_to_somebody_who_has_died() -> None:
    cast = make_cast()
    edith = make_person(council=cast.council, lead=cast.priya)
    told(edith)
    Person.objects.filter(pk=edith.pk).update(died_date=NINE.date())
    assert "Every letter is posted." in seen(cast.priya, POST)


@pytest.mark.parametrize(("address", "queries"), [(LETTERS, 5), (POST, 5)])
def test_asks_the_same_number_of_questions_however_many_letters(
    address: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    user = cast.amina_user if address == LETTERS else cast.priya
    edith = make_person(council=cast.council, lead=cast.priya)
    for count in (1, 12):
        for number in range(count):
            told(cast.amina, key=f"{count}-{number}")
            told(edith, key=f"{count}-{number}")
        visitor = as_user(user)
        visitor.get(address)
        with django_assert_num_queries(queries):
            visitor.get(address)


def test_lists_the_newest_first() -> None:
    cast = make_cast()
    told(cast.amina, key="old")
    with time_machine.travel(NINE + timedelta(days=1), tick=False):
        tell(
            person=cast.amina,
            kind="people_authority_given",
            key="new",
            at=NINE + timedelta(days=1),
            by="system:tests",
            helper="Robin",
            start_date=NINE.date(),
            last_date="",
            scopes="vote for you",
            easy_scopes="- vote for you",
        )
        page = seen(cast.amina_user, LETTERS)
    assert page.index("Somebody can act for you now") < page.index(SUBJECT)
