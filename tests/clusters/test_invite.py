"""Inviting with a code: what it opens, how long, and what it is worth."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clusters.actions import UnableToInvite, ask_to_join, make_invitation, withdraw_invitation
from clusters.models import Cluster, ClusterState, Invitation, Membership, MembershipState
from clusters.queries.invitations import invitation_with
from people.models import Notice, Scope
from tests.budgets.makers import make_stream
from tests.clusters.founding import NOW, make_beginning, make_founder, parts, signs_in
from tests.clusters.makers import make_cluster, make_member
from tests.people.makers import make_authority, make_person, make_user
from tests.visiting import as_user, seen, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    cache.clear()  # tries are counted in it
    with time_machine.travel(NOW, tick=False):
        yield
    cache.clear()


def make_code(cluster: Cluster) -> Invitation:
    """A code of the first founder."""
    founder = parts(cluster)[0]
    return make_invitation(membership=founder, by=signs_in(founder.person), at=NOW)


def ask(cluster: Cluster, invitation: Invitation | None) -> Membership:
    """Somebody asks, with a code or without."""
    person = make_founder(cluster.council, name="Ben Carter")
    offer = {make_stream(council=cluster.council): 10_00}
    return ask_to_join(
        cluster=cluster, person=person, proposed=offer, by=signs_in(person), at=NOW, invitation=invitation
    )


def test_a_code_is_easy_to_read_out_and_lasts_a_fortnight() -> None:
    code = make_code(make_beginning())
    assert len(code.code) == 14
    assert not set(code.code) & set("01OIL")
    assert invitation_with(code=code.code, at=NOW + timedelta(days=14) - timedelta(seconds=1)) == code
    assert invitation_with(code=code.code, at=NOW + timedelta(days=14)) is None


def test_a_code_that_was_taken_back_opens_nothing() -> None:
    code = make_code(make_beginning())
    by = signs_in(code.membership.person)
    for _ in range(2):
        withdraw_invitation(invitation=code, by=by, at=NOW)
    assert invitation_with(code=code.code, at=NOW) is None
    assert Notice.objects.filter(kind="clusters_invitation_withdrawn").count() == 1


def test_only_who_has_a_part_makes_a_code_and_not_without_end() -> None:
    cluster = make_beginning()
    founder = parts(cluster)[0]
    with pytest.raises(UnableToInvite, match="Only a member"):
        make_invitation(membership=founder, by=make_user(), at=NOW)
    robin = make_authority(person=founder.person, scopes=[Scope.AGREE])
    assert make_invitation(membership=founder, by=robin.helper, at=NOW).made_by == robin.label_for
    for _ in range(9):
        make_code(cluster)
    with pytest.raises(UnableToInvite, match="Take one back"):
        make_code(cluster)


def test_while_it_forms_a_founders_code_is_the_founders_word() -> None:
    cluster = make_beginning()
    code = make_code(cluster)
    joined = ask(cluster, code)
    assert joined.state == MembershipState.MEMBERS_AGREED
    said = joined.events.order_by("pk").last()
    assert said is not None
    assert (said.acted_by, said.reason) == (code.made_by, "Came with a code of a founder")
    assert Notice.objects.filter(user=joined.person.lead_professional, kind="clusters_plan_waits").exists()


@pytest.mark.parametrize("trouble", ["none", "withdrawn", "of another cluster"])
def test_without_a_code_that_works_they_wait_for_a_word(trouble: str) -> None:
    cluster = make_beginning()
    code = None if trouble == "none" else make_code(cluster if trouble == "withdrawn" else make_beginning())
    if code is not None and trouble == "withdrawn":
        withdraw_invitation(invitation=code, by=signs_in(code.membership.person), at=NOW)
    assert ask(cluster, code).state == MembershipState.ASKED


def test_once_it_stands_a_code_lets_nobody_in() -> None:
    cluster = make_beginning()
    code = make_code(cluster)
    Cluster.objects.filter(pk=cluster.pk).update(state=ClusterState.AGREED)
    cluster.refresh_from_db()
    assert ask(cluster, code).state == MembershipState.ASKED


def test_a_link_opens_the_public_page_for_anybody_and_says_nothing_of_anyone(client: Client) -> None:
    cluster = make_beginning()
    code = make_code(cluster)
    words = client.get(reverse("clusters:invited-with", args=[code.code]), follow=True).content.decode()
    assert "Somebody invited you with a code." in words
    assert "Music makers" in words
    for secret in ("Founder", code.membership.ref):
        assert secret not in words


@pytest.mark.parametrize("written", ["{}", " {} ", "lower", "bare"])
def test_a_code_may_be_written_as_people_write(client: Client, written: str) -> None:
    code = make_code(make_beginning()).code
    said = {"lower": code.lower(), "bare": code.replace("-", "")}.get(written, written.format(code))
    assert "Somebody invited you" in sent(client, reverse("clusters:invited"), code=said)


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "ا" * 12, "'; --", "x" * 40])
def test_a_wrong_code_is_told_in_plain_words(client: Client, code: str) -> None:
    assert "This code does not work." in sent(client, reverse("clusters:invited"), code=code)


def test_guessing_is_stopped_after_a_while(client: Client) -> None:
    answers = {
        client.get(reverse("clusters:invited-with", args=[f"AAAA-BBBB-{number:04d}"])).status_code
        for number in range(31)
    }
    assert answers == {302, 429}
    assert client.post(reverse("clusters:invited"), {"code": "AAAA-BBBB-CCCC"}).status_code == 429


def test_who_came_with_a_code_is_in_at_once_when_they_ask() -> None:
    cluster = make_beginning()
    code = make_code(cluster)
    ben = make_founder(cluster.council, name="Ben Carter")
    client = as_user(signs_in(ben))
    client.get(reverse("clusters:invited-with", args=[code.code]))
    client.post(reverse("clusters:ask", args=[cluster.pk]), {"from-council": "10"})
    words = sent(client, reverse("clusters:ask-check", args=[cluster.pk]))
    assert "What is still to do" in words
    assert cluster.memberships.get(person=ben).state == MembershipState.MEMBERS_AGREED


def test_the_page_makes_codes_and_takes_them_back() -> None:
    cluster = make_beginning()
    amina = signs_in(parts(cluster)[0].person)
    client, address = as_user(amina), reverse("clusters:invite", args=[cluster.pk])
    words = sent(client, address)
    code = Invitation.objects.get()
    assert code.code in words
    words = sent(client, reverse("clusters:withdraw-invitation", args=[code.pk]))
    assert "That code does not work any more." in words
    assert code.code not in words


def test_the_page_is_for_those_who_have_a_part_in_it() -> None:
    cluster = make_beginning()
    address = reverse("clusters:invite", args=[cluster.pk])
    stranger = make_user()
    other = make_cluster(council=cluster.council, ref="CL-900")
    make_member(cluster=other, person=make_person(council=cluster.council, user=stranger))
    assert seen(stranger, address) == "404"
