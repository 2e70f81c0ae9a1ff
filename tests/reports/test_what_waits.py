"""What waits for a person, on their first page."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clusters.actions import ask_to_join, decline_plan, sign_agreement
from clusters.models import Membership
from people.actions import mark_read
from people.models import Notice, Person, Scope
from reports.queries.what_waits import WhatWaits, what_waits
from tests.budgets.makers import make_stream
from tests.cast import NINE, make_cast, make_citizen
from tests.clusters.founding import make_beginning, make_founder, make_put, parts, signs_in
from tests.clusters.makers import make_agreement
from tests.clusters.voting import NOW, let_in, make_decision, make_voters, user_of, vote
from tests.people.makers import make_authority, make_user
from tests.visiting import seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
MY_MONEY = "/my-money/"


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def waiting(person: Person) -> WhatWaits:
    """What waits for somebody who reads it themselves."""
    return what_waits(person=person, reader=signs_in(person), at=NOW)


def test_asks_for_a_vote_until_it_is_given() -> None:
    members = make_voters()
    decision = make_decision(members)
    [wait] = waiting(members[1].person).votes
    assert (wait.pk, wait.words, wait.moment) == (decision.pk, decision.question, decision.closes_at)
    vote(decision, members[1], "Yes")
    assert waiting(members[1].person).votes == ()


def test_asks_for_a_signature_until_it_is_given() -> None:
    cluster = make_beginning()
    agreement, mine = make_put(cluster), parts(cluster)[1]
    assert [wait.pk for wait in waiting(mine.person).to_sign] == [agreement.pk]
    sign_agreement(agreement=agreement, membership=mine, by=signs_in(mine.person), at=NOW)
    assert waiting(mine.person).to_sign == ()
    assert [wait.pk for wait in waiting(parts(cluster)[2].person).to_sign] == [agreement.pk]


def test_asks_nobody_to_sign_what_a_newer_version_took_the_place_of() -> None:
    cluster = make_beginning()
    make_put(cluster)
    newest = make_put(cluster, notice_days=7)
    assert [wait.pk for wait in waiting(parts(cluster)[1].person).to_sign] == [newest.pk]


def test_asks_nobody_to_sign_what_the_members_have_not_decided() -> None:
    [member, *_] = make_voters()
    make_agreement(cluster=member.cluster, signed_date=NINE.date())
    make_agreement(cluster=member.cluster)
    user_of(member)
    assert waiting(member.person).to_sign == ()


def test_asks_a_founder_to_sign_what_the_others_made_bind() -> None:
    cluster = make_beginning(founders=4)
    agreement, [*others, last] = make_put(cluster), parts(cluster)
    for one in others:
        sign_agreement(agreement=agreement, membership=one, by=signs_in(one.person), at=NOW)
    assert [wait.pk for wait in waiting(last.person).to_sign] == [agreement.pk]
    assert waiting(others[0].person).to_sign == ()


def test_asks_who_signed_as_they_asked_to_join_for_no_signature_again() -> None:
    cast = make_cast()
    offer = {make_stream(council=cast.council): 10_00}
    let_in(ask_to_join(cluster=cast.cluster, person=cast.ben, proposed=offer, by=cast.ben_user, at=NOW))
    assert waiting(cast.ben).to_sign == ()


def test_names_who_asks_to_join_while_the_cluster_forms() -> None:
    cluster = make_beginning()
    dora = make_founder(cluster.council, name="Dora Lind")
    offer = {make_stream(council=cluster.council): 10_00}
    asked = ask_to_join(cluster=cluster, person=dora, proposed=offer, by=signs_in(dora), at=NOW)
    founder = parts(cluster)[0].person
    assert [(wait.pk, wait.words) for wait in waiting(founder).asking] == [(asked.pk, "Dora Lind")]
    assert waiting(dora).asking == ()


def test_gives_the_reason_for_a_refusal_for_two_months() -> None:
    wish = make_refused()
    [wait] = waiting(wish.person).refused
    assert "Too far for you" in wait.words
    later = NOW + timedelta(days=61)
    assert what_waits(person=wish.person, reader=signs_in(wish.person), at=later).refused == ()


def make_refused() -> Membership:
    """A wish to join that its professional sent back."""
    cast = make_cast()
    offer = {make_stream(council=cast.council): 10_00}
    wish = ask_to_join(cluster=cast.cluster, person=cast.ben, proposed=offer, by=cast.ben_user, at=NOW)
    let_in(wish)
    decline_plan(membership=wish, plan=cast.plan, note="Too far for you", by=cast.priya, at=NOW)
    return wish


def test_counts_letters_until_they_are_read() -> None:
    wish = make_refused()
    letters = Notice.objects.filter(person=wish.person)
    assert {wait.pk for wait in waiting(wish.person).letters} == {letter.pk for letter in letters}
    assert "letters you have not read" in seen(signs_in(wish.person), MY_MONEY)
    for letter in letters:
        mark_read(notice=letter, by=signs_in(wish.person), at=NOW)
    assert waiting(wish.person).letters == ()
    assert "you have not read" not in seen(signs_in(wish.person), MY_MONEY)


def test_shows_a_helper_letters_only_where_they_get_them() -> None:
    wish = make_refused()
    sees = make_authority(person=wish.person, scopes=[Scope.SEE])
    opens = make_authority(
        person=wish.person, helper=make_user(name="Olu"), scopes=[Scope.SEE, Scope.LETTERS]
    )
    assert what_waits(person=wish.person, reader=sees.helper, at=NOW).letters == ()
    assert what_waits(person=wish.person, reader=opens.helper, at=NOW).letters


def test_leads_from_my_money_to_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cluster = make_beginning()
    agreement, me = make_put(cluster), parts(cluster)[0].person
    dora = make_citizen(
        council=cluster.council,
        lead=make_cast().priya,
        name="Dora Lind",
        on=NINE.date(),
        pence={"council": 1},
    )
    offer = {make_stream(council=cluster.council): 1}
    wish = ask_to_join(cluster=cluster, person=dora, proposed=offer, by=signs_in(dora), at=NOW)
    said = seen(signs_in(me), MY_MONEY)
    for address in (
        reverse("clusters:version", args=[agreement.pk]),
        reverse("clusters:admit", args=[wish.pk]),
        reverse("people:letters"),
    ):
        assert f'href="{address}"' in said
    with django_assert_num_queries(1):
        waiting(me)
