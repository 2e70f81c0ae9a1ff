"""How a page is to be read: in easy words, in whose language, and with few questions to the database."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import TemplateDoesNotExist
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from commonpurse.pages import page
from commonpurse.reading import council_of, likes_of
from people.models import PersonalSettings, RoleKind, User
from tests.people.makers import (
    make_commissioner,
    make_council,
    make_person,
    make_settings,
    make_user,
    make_user_with_role,
)


def make_own_settings(user: User, **kept: object) -> PersonalSettings:
    """How somebody who works for a council wants pages to be."""
    return PersonalSettings.objects.create(user=user, changed_by="system:tests", **kept)


def asked(user: User) -> User:
    """The user as a request would find them: with nothing looked up yet."""
    return User.objects.get(pk=user.pk)


@pytest.mark.django_db
def test_follows_the_person_whose_page_it_is_whoever_reads_it() -> None:
    amina = make_person()
    make_settings(person=amina, is_easy=True)
    helper = make_user()
    make_own_settings(helper, is_easy=False)
    likes = likes_of(helper, amina)
    assert likes is not None
    assert likes.is_easy


@pytest.mark.django_db
def test_follows_whoever_reads_where_it_is_nobodys_page(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    carol = make_commissioner(council=make_council())
    make_own_settings(carol, text_size="largest")
    reader = asked(carol)
    with django_assert_num_queries(1):
        likes = likes_of(reader, None)
        council = council_of(reader, None)
        assert reader.has_role(RoleKind.COMMISSIONER)
    assert likes is not None
    assert likes.text_size == "largest"
    assert council is not None


@pytest.mark.django_db
def test_knows_nothing_of_somebody_who_was_never_asked() -> None:
    assert likes_of(make_user(), None) is None
    assert likes_of(make_person().user or AnonymousUser(), None) is None
    assert likes_of(AnonymousUser(), make_person()) is None


@pytest.mark.django_db
def test_belongs_to_the_council_of_the_person_or_else_of_the_readers_oldest_role() -> None:
    here, away = make_council(), make_council()
    carol = make_commissioner(council=here)
    amina = make_person(council=away)
    assert council_of(carol, amina) == away
    assert council_of(make_user_with_role(council=away, kind=RoleKind.AUDITOR), None) == away
    assert council_of(carol, None) == here
    assert council_of(make_user(), None) is None


def test_takes_the_easy_page_where_there_is_one_and_the_reader_wants_it() -> None:
    chosen = [template_names_for(is_easy=is_easy) for is_easy in (True, False)]
    assert chosen == [["easy/nowhere.html", "nowhere.html"], ["nowhere.html"]]


def template_names_for(*, is_easy: bool) -> list[str]:
    """The names that a page is looked for under, read off the complaint that none is there."""
    request = RequestFactory().get("/")
    request.settings_in_use = lambda: PersonalSettings(is_easy=is_easy)  # type: ignore[attr-defined]
    with pytest.raises(TemplateDoesNotExist) as complaint:
        page(request, "nowhere.html")
    return list(dict.fromkeys(str(complaint.value).split(", ")))
