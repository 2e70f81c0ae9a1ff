"""Being heard: whom the others decide about says their side, beside the question, before they vote."""

from collections.abc import Iterator

import psycopg
import pytest
import time_machine
from django.urls import reverse

from clusters.actions import close_decision, open_decision
from clusters.actions.be_heard import UnableToBeHeard, be_heard
from clusters.models import Agreement, Decision, DecisionKind, Hearing, Membership
from people.models import Notice, Scope
from tests.commissioning.leavers import NINE, make_three, user_of
from tests.guards import SEALED, assert_refused
from tests.people.makers import make_authority, make_settings, make_user
from tests.visiting import answered, seen

pytestmark = pytest.mark.django_db

SIDE = "I was ill for three weeks and told Ben about it."


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def make_question() -> tuple[list[Membership], Decision]:
    """Ben asks whether Amina should leave."""
    members = make_three()
    decision = open_decision(
        cluster=members[0].cluster,
        kind=DecisionKind.REMOVE,
        question="Should one of us leave?",
        why="She was never there.",
        subject_id=members[0].pk,
        by=user_of(members[1]),
        at=NINE,
    )
    return members, decision


def address(decision: Decision, name: str = "heard") -> str:
    return reverse(f"clusters:{name}", args=[decision.pk])


def test_stands_beside_the_question_for_everybody() -> None:
    (amina, ben, _), decision = make_question()
    assert "have not written anything yet" in seen(user_of(ben), address(decision, "decision"))
    assert "Say your side" in seen(user_of(amina), address(decision, "decision"))
    words = answered(user_of(amina), address(decision), words=SIDE)
    assert SIDE in words
    assert SIDE in seen(user_of(ben), address(decision, "decision"))
    assert Notice.objects.filter(person=amina.person, kind="clusters_heard").count() == 1
    be_heard(decision=decision, words=SIDE, by=user_of(amina), at=NINE)
    assert Hearing.objects.count() == 1


def test_shows_what_was_agreed_for_when_somebody_is_unhappy() -> None:
    (amina, ben, _), decision = make_question()
    agreement = Agreement.objects.create(
        cluster=amina.cluster, version=9, unhappy_words="We talk first, over tea.", is_loaded=True
    )
    agreement.signed_date = NINE.date()
    agreement.save(update_fields=["signed_date"])
    assert "We talk first, over tea." in seen(user_of(ben), address(decision, "decision"))
    assert "We talk first, over tea." in seen(user_of(amina), address(decision))


def test_may_be_written_again_until_it_is_decided() -> None:
    (amina, ben, _), decision = make_question()
    for words in (SIDE, "I am sorry about it."):
        be_heard(decision=decision, words=words, by=user_of(amina), at=NINE)
    page = seen(user_of(ben), address(decision, "decision"))
    assert "I am sorry about it." in page
    assert SIDE not in page
    close_decision(decision=decision, by="system:tests", at=decision.closes_at)
    with pytest.raises(UnableToBeHeard, match="decided already"):
        be_heard(decision=decision, words="Wait", by=user_of(amina), at=decision.closes_at)
    with time_machine.travel(decision.closes_at, tick=False):
        assert "The members have decided." in seen(user_of(amina), address(decision))


def test_is_theirs_or_for_a_helper_who_may_agree() -> None:
    (amina, ben, _), decision = make_question()
    robin = make_user(name="Robin Reed")
    for stranger in (user_of(ben), robin):
        with pytest.raises(UnableToBeHeard, match="Only the person it is about"):
            be_heard(decision=decision, words=SIDE, by=stranger, at=NINE)
    given = make_authority(person=amina.person, helper=robin, scopes=[Scope.AGREE])
    assert be_heard(decision=decision, words=SIDE, by=robin, at=NINE).said_by == given.label_for
    with pytest.raises(UnableToBeHeard, match="Write what"):
        be_heard(decision=decision, words="  ", by=robin, at=NINE)


def test_has_a_page_for_them_alone_and_easy_words() -> None:
    (amina, ben, _), decision = make_question()
    assert seen(user_of(ben), address(decision)) == "404"
    assert "Error:" in answered(user_of(amina), address(decision), words="")
    make_settings(person=amina.person, is_easy=True)
    assert "You can tell them what you think." in seen(user_of(amina), address(decision))


def test_nobody_speaks_for_another_in_sql_either() -> None:
    (amina, ben, _), decision = make_question()
    write = (
        "INSERT INTO clusters_hearing (decision_id, membership_id, words, said_at, said_by) "
        f"VALUES (%s, %s, '{SEALED}', now(), 'user:1')"
    )
    assert_refused(write, decision.pk, ben.pk, match="not an open one about this member")
    be_heard(decision=decision, words=SIDE, by=user_of(amina), at=NINE)
    close_decision(decision=decision, by="system:tests", at=decision.closes_at)
    assert_refused(write, decision.pk, amina.pk, match="not an open one about this member")


@pytest.mark.django_db(transaction=True)
def test_what_was_said_stays(owner_connection: psycopg.Connection) -> None:
    (amina, *_), decision = make_question()
    be_heard(decision=decision, words=SIDE, by=user_of(amina), at=NINE)
    for statement in (
        f"UPDATE clusters_hearing SET words = '{SEALED}'",
        "DELETE FROM clusters_hearing",
        "TRUNCATE clusters_hearing",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner_connection.execute(statement)
