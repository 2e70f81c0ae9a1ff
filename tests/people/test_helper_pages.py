"""Who can act for me, and who I do things for: the pages, and what happens when an authority ends meanwhile."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from people.actions import withdraw_authority
from people.models import Authority, Person, Scope
from tests.cast import NINE, Cast, make_cast
from tests.people.makers import make_authority, make_user
from tests.visiting import Visitor, act_for, answered, as_user, seen, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
HELPERS = "/helpers/"
ACTING_FOR = "/acting-for/"
GIVEN = {
    "name": "Robin Reed",
    "email": "robin@example.test",
    "kind": "supporter",
    "scopes": "vote",
    "start_date": "2026-05-04",
    "last_date": "2026-05-31",
}


@pytest.fixture
def _on_the_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


def make_helped(cast: Cast, *scopes: Scope) -> tuple[Authority, Visitor]:
    """Robin, who may act for Amina and does it now."""
    robin = make_user(name="Robin Reed", email="robin@example.test")
    authority = make_authority(person=cast.amina, helper=robin, scopes=scopes or [Scope.SEE, Scope.VOTE])
    visitor = as_user(robin)
    act_for(visitor, authority)
    return authority, visitor


def read(visitor: Client, address: str) -> str:
    """The words of a page that a visitor may see."""
    response = visitor.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def test_lets_a_person_ask_somebody_after_reading_it_back() -> None:
    cast = make_cast()
    asked = answered(cast.amina_user, reverse("people:give"), **GIVEN)
    assert "Check your answers" in asked
    for words in ("Robin Reed", "robin@example.test", "Supporter", "Vote for you", "Sunday 31 May 2026"):
        assert words in asked
    assert not Authority.objects.exists()
    assert "Saved. We have told both of you." in answered(
        cast.amina_user, reverse("people:give"), **GIVEN, sure="yes"
    )
    authority = Authority.objects.get()
    assert (authority.person, authority.scopes, str(authority.end_date)) == (
        cast.amina,
        ["vote"],
        "2026-06-01",
    )
    assert "Robin Reed" in seen(cast.amina_user, HELPERS)


def test_lets_them_change_their_answers_with_nothing_lost() -> None:
    page = answered(make_cast().amina_user, reverse("people:give"), **GIVEN, change="yes")
    assert "Ask somebody to help me" in page
    assert 'value="robin@example.test"' in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "robin"}, "like name@example.org"),
        ({"scopes": ""}, "Choose at least one thing that they may do."),
        ({"start_date": "2026-05-03", "sure": "yes"}, "Choose today or a later day for it to start."),
        ({"kind": "attorney"}, "Something needs another look"),
    ],
)
def test_says_what_needs_another_look(wrong: dict[str, str], words: str) -> None:
    assert words in answered(make_cast().amina_user, reverse("people:give"), **{**GIVEN, **wrong})
    assert not Authority.objects.exists()


def test_lets_a_professional_write_down_what_it_rests_on() -> None:
    cast = make_cast()
    address = reverse("people:give-for", args=[cast.amina.pk])
    said = {**GIVEN, "kind": "attorney", "start_date": "2026-03-03"}
    assert "Say what it rests on." in answered(cast.priya, address, **said, sure="yes")
    answered(cast.priya, address, **said, evidence="Court order of 3 March 2026", sure="yes")
    assert "Court order of 3 March 2026" in seen(
        cast.priya, reverse("people:helpers-of", args=[cast.amina.pk])
    )


def test_a_helper_sees_the_other_helpers_but_asks_nobody() -> None:
    cast = make_cast()
    _, robin = make_helped(cast, *Scope)
    assert "Ask somebody to help me" not in read(robin, HELPERS)
    assert robin.post(reverse("people:give"), {**GIVEN, "sure": "yes"}).status_code == 404


def test_lets_a_helper_choose_for_whom_they_do_things() -> None:
    cast = make_cast()
    authority, _ = make_helped(cast)
    robin = as_user(authority.helper)
    assert robin.get("/my-money/").status_code == 404
    assert "You do things for Amina Yusuf now." in sent(robin, ACTING_FOR, whom=str(authority.pk))
    assert "You are doing this for <strong>" in read(robin, "/my-money/")
    assert "My money" in read(robin, "/my-money/")
    sent(robin, ACTING_FOR, whom="me")
    assert robin.get("/my-money/").status_code == 404


def test_leads_a_helper_who_has_not_chosen_to_the_choice() -> None:
    authority, _ = make_helped(make_cast())
    assert as_user(authority.helper).get("/").headers["Location"] == ACTING_FOR


def test_refuses_to_act_under_an_authority_of_somebody_else() -> None:
    cast = make_cast()
    authority, _ = make_helped(cast)
    sam = make_authority(person=cast.ben, helper=make_user(name="Sam Hill")).helper
    assert "You cannot act for this person any more. Choose again." in answered(
        sam, ACTING_FOR, whom=str(authority.pk)
    )


def test_says_so_to_whoever_acts_for_nobody() -> None:
    assert "Nobody has asked you to do things for them." in seen(make_cast().carol, ACTING_FOR)


@pytest.mark.parametrize("who", ["amina", "robin", "priya"])
def test_ends_an_authority_from_each_side(who: str) -> None:
    cast = make_cast()
    authority, _ = make_helped(cast)
    user = {"amina": cast.amina_user, "robin": authority.helper, "priya": cast.priya}[who]
    address = reverse("people:end-helper", args=[authority.pk])
    assert "End it now" in seen(user, address)
    assert "It has ended. Robin Reed cannot act for Amina Yusuf any more." in answered(user, address)
    authority.refresh_from_db()
    assert authority.withdrawn_by == user.label
    assert seen(user, address) == "404"


def test_stops_what_is_sent_after_the_authority_ended_and_does_it_for_nobody() -> None:
    cast = make_cast()
    authority, robin = make_helped(cast, *Scope)
    Person.objects.filter(pk=cast.ben.pk).update(user=authority.helper)  # Robin draws on care too
    address = reverse("clusters:ask", args=[cast.cluster.pk])
    assert robin.get(reverse("reports:find")).status_code == 200
    withdraw_authority(authority=authority, by=cast.amina_user, at=NINE)

    refused = robin.post(address, {"from-council": "100.00"})

    assert refused.status_code == 403
    words = " ".join(refused.content.decode().split())
    assert "Your authority to act for Amina Yusuf ended on Monday 4 May 2026." in words
    assert "Ask Amina Yusuf or Priya Shah, their social worker." in words
    assert "Nothing was changed or sent just now." in words
    assert not any(key.startswith("ask-to-join") for key in robin.session.keys())  # noqa: SIM118
    assert robin.get(address).status_code == 200  # from now on for themselves


def test_lets_them_sign_out_and_choose_again_once_it_ended() -> None:
    cast = make_cast()
    authority, robin = make_helped(cast)
    withdraw_authority(authority=authority, by=cast.amina_user, at=NINE)
    assert robin.get(ACTING_FOR).status_code == 200
    assert robin.post(reverse("account_logout")).status_code == 302


def test_takes_nothing_from_a_page_that_was_opened_for_somebody_else() -> None:
    cast = make_cast()
    authority, _ = make_helped(cast, *Scope)
    robin = Visitor(enforce_csrf_checks=True)
    robin.force_login(authority.helper)
    robin.get(ACTING_FOR)
    old_tab = robin.cookies["csrftoken"].value
    robin.post(ACTING_FOR, {"whom": str(authority.pk), "csrfmiddlewaretoken": old_tab})
    address = reverse("people:end-helper", args=[authority.pk])
    assert robin.post(address, {"csrfmiddlewaretoken": old_tab}).status_code == 403
    authority.refresh_from_db()
    assert authority.withdrawn_at is None


@pytest.mark.parametrize(
    "address",
    [
        lambda cast: "/my-money/",
        lambda cast: reverse("reports:outside", args=[cast.cluster.pk]),
        lambda cast: reverse("plans:plan", args=[cast.amina.plans.get().pk]),
        lambda cast: HELPERS,
        lambda cast: "/letters/",
    ],
    ids=["my-money", "outside", "plan", "helpers", "letters"],
)
def test_shows_a_helper_the_persons_pages_while_they_act(address) -> None:  # type: ignore[no-untyped-def]
    cast = make_cast()
    authority, robin = make_helped(cast)
    assert "You are doing this for <strong>" in read(robin, address(cast))
    withdraw_authority(authority=authority, by=cast.priya, at=NINE)
    assert robin.get(address(cast)).status_code == 403


def test_shows_nothing_to_whoever_only_gets_the_letters() -> None:
    cast = make_cast()
    authority, robin = make_helped(cast, Scope.LETTERS)
    assert robin.get("/my-money/").status_code == 403
    assert seen(authority.helper, reverse("plans:plan", args=[cast.amina.plans.get().pk])) == "404"


@pytest.mark.parametrize(("address", "queries"), [(HELPERS, 5), (ACTING_FOR, 4)])
def test_asks_the_same_number_of_questions_however_many_helpers(
    address: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    for count in (1, 4):
        for _ in range(count):
            make_authority(person=cast.amina)
            make_authority(person=cast.ben, helper=cast.amina_user) if count == 1 else None
        visitor = as_user(cast.amina_user)
        visitor.get(address)
        with django_assert_num_queries(queries):
            visitor.get(address)
