"""The pages about being away: say it, check it, done; back sooner; nobody else's business."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clusters.models import Absence, AwayCause, Membership, WhenAway
from people.models import Scope
from people.rules.words import long_sentences
from tests.clusters.makers import make_absence, make_cluster
from tests.commissioning.leavers import NINE, make_three, user_of
from tests.commissioning.makers import make_contract
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_authority, make_settings, make_user
from tests.visiting import act_for, as_user, seen, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
MOST_QUERIES = 12
DAYS = {"first_date": "2026-05-06", "last_date": "2026-05-08"}
ILL = DAYS | {"cause": "illness"}


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def make_amina(*, on_illness: WhenAway = WhenAway.RESERVE_COVERS) -> Membership:
    return make_three(cluster=make_cluster(on_illness=on_illness))[0]


def address(member: Membership, step: str = "away") -> str:
    return reverse(f"clusters:{step}", args=[member.cluster_id])


def say(client: Client, member: Membership, **changed: str) -> str:
    """Answer the questions, look at the check page, and say yes."""
    asked = sent(client, address(member), **(ILL | changed))
    if "Check your answers" in asked:
        return sent(client, address(member, "away-check"))
    return asked


def test_asks_shows_what_the_agreement_says_and_writes_it_down() -> None:
    amina = make_amina()
    visitor = as_user(user_of(amina))
    checked = sent(visitor, address(amina), **ILL)
    assert "Wednesday 6 May 2026" in checked
    assert "Friday 8 May 2026" in checked
    assert "The reserve pays your part of what you share." in checked
    assert not Absence.objects.exists()
    assert "You have said that you are away" in sent(visitor, address(amina, "away-check"))
    absence = Absence.objects.get()
    assert (absence.start_date, absence.end_date) == (date(2026, 5, 6), date(2026, 5, 9))
    assert absence.cause == AwayCause.ILLNESS


def test_pressing_the_button_twice_says_it_once() -> None:
    amina = make_amina()
    visitor = as_user(user_of(amina))
    sent(visitor, address(amina), **ILL)
    first = sent(visitor, address(amina, "away-check"))
    again = sent(visitor, address(amina, "away-check"))  # nothing is left to check: back to the question
    assert "You have said that you are away" in first
    assert "<h1>I am away</h1>" in again
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"last_date": "2026-05-05"}, "cannot be before the first"),
        ({"first_date": "soon"}, "Write a day, like 2026-05-04."),
        ({"cause": ""}, "Choose one, because your agreement"),
    ],
)
def test_says_what_has_to_be_put_right(changed: dict[str, str], words: str) -> None:
    amina = make_amina()
    said = say(as_user(user_of(amina)), amina, **changed)
    assert words in said
    assert "Error:" in said
    assert not Absence.objects.exists()


def test_says_why_a_day_that_is_shared_cannot_be_one_away() -> None:
    amina = make_amina()
    contract = make_contract(cluster=amina.cluster)
    line = make_line(service_code="SESSION", unit_rate_pence=50_00, service_date=date(2026, 5, 7))
    send(make_document(contract=contract, lines=[line]), contract=contract)
    assert "7 May 2026 is shared and paid for already" in say(as_user(user_of(amina)), amina)
    assert not Absence.objects.exists()


def test_comes_back_sooner() -> None:
    amina = make_amina()
    absence = make_absence(membership=amina, start_date=date(2026, 5, 3), end_date=date(2026, 5, 9))
    visitor = as_user(user_of(amina))
    back = reverse("clusters:back", args=[absence.pk])
    assert back in visitor.get(address(amina)).content.decode()
    assert "Choose a day from 3 May 2026 to 8 May 2026." in sent(visitor, back, back_date="2026-05-09")
    assert "You have said that you are back" in sent(visitor, back, back_date="2026-05-05")
    absence.refresh_from_db()
    assert absence.back_date == date(2026, 5, 5)
    assert visitor.get(back).status_code == 404
    assert "Tuesday 5 May 2026" in visitor.get(address(amina)).content.decode()


def test_a_helper_who_may_agree_says_it_for_somebody() -> None:
    amina = make_amina()
    robin = make_authority(person=amina.person, scopes=[Scope.SEE, Scope.AGREE])
    visitor = as_user(robin.helper)
    act_for(visitor, robin)
    assert "You have said that you are away" in say(visitor, amina)
    assert str(robin.pk) in Absence.objects.get().said_by


def test_a_helper_who_may_only_see_is_told_why_not() -> None:
    amina = make_amina()
    robin = make_authority(person=amina.person, scopes=[Scope.SEE])
    visitor = as_user(robin.helper)
    act_for(visitor, robin)
    assert "somebody who may agree to things for them" in say(visitor, amina)
    assert not Absence.objects.exists()


def test_is_nobody_elses_business() -> None:
    amina, ben, _ = amina_and_others = make_three()
    absence = make_absence(membership=amina, start_date=date(2026, 5, 3), end_date=date(2026, 5, 9))
    assert seen(user_of(ben), reverse("clusters:back", args=[absence.pk])) == "404"
    assert seen(make_user(), address(amina)) == "404"
    assert "You are away" not in seen(user_of(ben), address(ben))
    ours = reverse("reports:our-cluster", args=[amina.cluster_id])
    own, others = (seen(user_of(member), ours) for member in amina_and_others[:2])
    assert "You are away, and back on Saturday 9 May 2026." in own
    assert "ill" not in own.split()
    assert "are away, and back" not in others


def test_our_cluster_says_nothing_of_days_to_come_or_gone() -> None:
    amina, *_ = make_three()
    make_absence(membership=amina, start_date=date(2026, 5, 5), end_date=date(2026, 5, 9))
    make_absence(membership=amina, start_date=date(2026, 5, 1), end_date=date(2026, 5, 4))
    ours = reverse("reports:our-cluster", args=[amina.cluster_id])
    assert "You are away" not in seen(user_of(amina), ours)


def test_done_leads_back_where_nothing_was_said() -> None:
    amina = make_amina()
    assert "<h1>I am away</h1>" in seen_at_last(amina, "away-done")
    assert "<h1>I am away</h1>" in seen_at_last(amina, "away-check")


def seen_at_last(member: Membership, step: str) -> str:
    """The page that an address leads to."""
    return as_user(user_of(member)).get(address(member, step), follow=True).content.decode()


def test_has_easy_words_on_every_page() -> None:
    amina = make_amina()
    make_settings(person=amina.person, is_easy=True)
    visitor = as_user(user_of(amina))
    pages = [
        visitor.get(address(amina)).content.decode(),
        sent(visitor, address(amina), **ILL),
        sent(visitor, address(amina, "away-check")),
        visitor.get(reverse("clusters:back", args=[Absence.objects.get().pk])).content.decode(),
    ]
    words = ["Tell us here.", "They are not told why.", "The others do not know why.", "When are you back?"]
    assert [word for word, page in zip(words, pages, strict=True) if word not in page] == []
    assert long_sentences("\n".join(words)) == []


def test_takes_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    amina = make_amina()
    for day in range(10, 20, 2):
        make_absence(membership=amina, start_date=date(2026, 5, day), end_date=date(2026, 5, day + 1))
    visitor = as_user(user_of(amina))
    visitor.post(address(amina), ILL)
    back = reverse("clusters:back", args=[Absence.objects.order_by("start_date")[0].pk])
    for each in (address(amina), address(amina, "away-check"), back):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert visitor.get(each).status_code == 200
