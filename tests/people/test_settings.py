"""How somebody wants pages and letters to be: asked once, kept, and used on every page."""

from datetime import UTC, datetime

import pytest

from people.actions import Likes, UnableToKeepSettings, keep_persons_settings
from people.models import Channel, Notice, PersonalSettings, Scope, TextSize
from tests.cast import make_cast
from tests.people.makers import make_authority, make_commissioner, make_council, make_person, make_user
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
ASKED = "Would you like larger words"
EASY = {"words": "easy", "text_size": "large", "channel": "letter", "language": "en-gb"}


def test_keeps_what_somebody_likes_and_shows_every_page_so() -> None:
    cast = make_cast()
    assert "Saved." in answered(cast.amina_user, "/settings/", **EASY, is_read_aloud="on")
    kept = PersonalSettings.objects.get(person=cast.amina)
    assert (kept.is_easy, kept.text_size, kept.channel, kept.is_read_aloud) == (True, "large", "letter", True)
    assert kept.changed_by == cast.amina_user.label
    page = seen(cast.amina_user, "/privacy/")
    assert 'class="govuk-template text-large easy"' in page
    assert "house/read-aloud.js" in page
    assert not Notice.objects.exists()


def test_asks_once_and_never_again_when_left_as_it_is() -> None:
    cast = make_cast()
    for user in (cast.amina_user, cast.carol):
        assert ASKED in seen(user, "/privacy/")
        left = as_user(user).post("/settings/not-now/", {"from": "/privacy/?page=2"})
        assert left.headers["Location"] == "/privacy/?page=2"
        assert ASKED not in seen(user, "/privacy/")
    assert PersonalSettings.objects.filter(person=cast.amina, user=None).exists()
    assert PersonalSettings.objects.filter(person=None, user=cast.carol).exists()


def test_does_not_ask_strangers_and_leads_nobody_away() -> None:
    cast = make_cast()
    assert ASKED not in as_user(cast.ben_user).__class__().get("/privacy/").content.decode()
    left = as_user(cast.ben_user).post("/settings/not-now/", {"from": "https://elsewhere.example/"})
    assert left.headers["Location"] == "/"


def test_stays_in_the_language_that_was_chosen_before_signing_in() -> None:
    cast = make_cast()
    amina, ben = as_user(cast.amina_user), as_user(cast.ben_user)
    for client in (amina, ben):
        client.post("/language/", {"language": "cy"})
    amina.post("/settings/not-now/", {"from": "/privacy/"})
    assert '<html lang="cy"' in amina.get("/privacy/").content.decode()
    form = ben.get("/settings/").context["form"]
    assert form.initial["language"] == "cy"


def test_leaves_what_was_chosen_when_asked_again_from_an_old_tab() -> None:
    cast = make_cast()
    answered(cast.amina_user, "/settings/", **EASY)
    as_user(cast.amina_user).post("/settings/not-now/")
    assert PersonalSettings.objects.get(person=cast.amina).is_easy


def test_keeps_an_officers_own_and_asks_them_for_no_letters() -> None:
    cast = make_cast()
    assert "How should letters come?" not in seen(cast.carol, "/settings/")
    answered(cast.carol, "/settings/", words="usual", text_size="largest", language="en-gb")
    assert PersonalSettings.objects.get(user=cast.carol).text_size == TextSize.LARGEST
    assert "text-largest" in seen(cast.carol, "/privacy/")


def test_speaks_the_readers_language_in_its_direction() -> None:
    cast = make_cast()
    assert '<html lang="en-gb" dir="ltr"' in seen(cast.amina_user, "/settings/")
    answered(cast.amina_user, "/settings/", **EASY | {"language": "ar-xb"})
    page = seen(cast.amina_user, "/settings/")
    assert '<html lang="ar-xb" dir="rtl"' in page
    assert "build/house.rtl.css" in page
    assert '<html lang="en-gb" dir="ltr"' in seen(cast.ben_user, "/settings/")


def test_says_that_no_native_reader_has_read_the_welsh() -> None:
    assert "nobody who grew up with it has read our words yet" in seen(make_cast().amina_user, "/settings/")


@pytest.mark.usefixtures("_a_little_welsh")
def test_answers_in_the_language_that_was_chosen() -> None:
    assert "Wedi cadw." in answered(make_cast().amina_user, "/settings/", **EASY | {"language": "cy"})


def test_says_what_was_not_answered() -> None:
    said = answered(make_cast().amina_user, "/settings/", text_size="usual")
    assert '<a href="#id_words_0">Choose which words you like.</a>' in said


def test_lets_a_helper_set_pages_and_tells_the_person() -> None:
    amina = make_person()
    robin = make_user(name="Robin Reed")
    given = make_authority(person=amina, helper=robin, scopes=[Scope.SEE])
    kept = keep_persons_settings(person=amina, likes=Likes(is_easy=True), by=robin, at=AT)
    assert kept.changed_by == given.label_for
    told = Notice.objects.get(person=amina)
    assert "Robin Reed changed how your pages" in told.words


def test_lets_only_who_gets_the_letters_say_how_they_come() -> None:
    amina = make_person()
    robin = make_user()
    make_authority(person=amina, helper=robin, scopes=[Scope.SEE])
    with pytest.raises(UnableToKeepSettings, match="does not go as far as this"):
        keep_persons_settings(person=amina, likes=Likes(channel=Channel.LETTER), by=robin, at=AT)


def test_refuses_a_stranger() -> None:
    carol = make_commissioner(council=make_council())
    with pytest.raises(UnableToKeepSettings, match="Only the person themselves"):
        keep_persons_settings(person=make_person(), likes=Likes(), by=carol, at=AT)
    assert not PersonalSettings.objects.exists()
