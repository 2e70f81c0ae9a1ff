"""The pages about what did not happen: a member says it and sees what became of it; an officer answers."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from invoices.models import Dispute, DisputeState, Invoice, InvoiceKind
from people.models import Scope, User
from tests.invoices.paying import AT, Desk, make_desk, make_sent
from tests.invoices.test_disputes import amina_of, dispute, line_of
from tests.people.makers import make_authority, make_commissioner, make_settings, make_user
from tests.visiting import act_for, answered, as_user, seen, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _june() -> Iterator[None]:
    """It is the first of June at nine."""
    with time_machine.travel(AT, tick=False):
        yield


def amina(desk: Desk) -> User:
    """Amina, as she signs in."""
    user = amina_of(desk).person.user
    assert user is not None
    return user


def saying(desk: Desk) -> str:
    """The address of the page about the line of 60 pounds."""
    return reverse("invoices:not-happened", args=[line_of(desk).pk])


def test_leads_from_why_somebody_paid_to_saying_that_it_did_not_happen() -> None:
    desk = make_desk()
    why = reverse("reports:why", args=[line_of(desk).pk])
    assert saying(desk) in seen(amina(desk), why)
    assert "The council does not pay for it until it knows." in seen(amina(desk), saying(desk))
    page = answered(amina(desk), saying(desk), words="Nobody came")
    assert "You told us on Monday 1 June 2026" in page
    assert "Until we know, it is not paid." in page
    assert "Nobody came" in page
    assert '<form method="post" novalidate>' not in page
    assert "What became of it" in seen(amina(desk), why)


def test_needs_no_words() -> None:
    desk = make_desk()
    assert "Until we know, it is not paid." in answered(amina(desk), saying(desk))
    assert Dispute.objects.get().words == ""


def test_says_so_where_it_is_too_late_to_stop_it() -> None:
    desk = make_desk()
    make_sent(desk)
    assert "so it cannot be stopped" in seen(amina(desk), saying(desk))
    assert "It was on its way to be paid already." in answered(amina(desk), saying(desk))


def test_shows_the_other_members_that_somebody_said_so_not_who() -> None:
    desk = make_desk()
    dispute(desk)
    ben = desk.contract.cluster.memberships.get(ref="M-1").person
    ben.user = make_user(name="Ben Carter")
    ben.save(update_fields=["user"])
    page = seen(ben.user, saying(desk))
    assert "Somebody told us" in page
    assert "Nobody came" not in page


def test_is_nobody_else_s_business() -> None:
    desk = make_desk()
    assert seen(make_user(), saying(desk)) == "404"
    assert seen(make_commissioner(council=desk.council), saying(desk)) == "404"
    assert as_user(make_user()).post(saying(desk)).status_code == 404
    assert not Dispute.objects.exists()


def test_tells_a_helper_kindly_that_their_authority_does_not_go_so_far() -> None:
    desk = make_desk()
    robin = make_authority(person=amina_of(desk).person, helper=make_user(), scopes=[Scope.SEE])
    client = as_user(robin.helper)
    act_for(client, robin)
    assert "somebody who may agree to things for them" in sent(client, saying(desk))
    assert not Dispute.objects.exists()


def test_says_it_in_easy_words() -> None:
    desk = make_desk()
    amina(desk)
    make_settings(person=amina_of(desk).person, is_easy=True)
    assert "Did nobody come?" in seen(amina(desk), saying(desk))
    assert "We are looking at it." in answered(amina(desk), saying(desk))


@pytest.mark.parametrize(
    ("found", "state", "words"),
    [
        ("happened", DisputeState.STANDS, "We found that it did happen"),
        ("did-not", DisputeState.UPHELD, "Everybody who paid for it has their share back."),
    ],
)
def test_is_answered_by_a_finance_officer(found: str, state: str, words: str) -> None:
    desk = make_desk()
    answering = reverse("invoices:answer-visit", args=[dispute(desk).pk])
    assert answering in seen(desk.farah, reverse("invoices:visits"))
    assert answering in seen(desk.farah, reverse("reconciliation:holds"))
    assert answering in seen(desk.farah, reverse("reconciliation:line", args=[line_of(desk).pk]))
    assert "Nobody came" in seen(desk.farah, answering)
    assert "Say whether it happened." in answered(desk.farah, answering, answer="x")
    page = answered(desk.farah, answering, found=found, answer="We asked them")
    assert "The member is told." in page
    assert "Nothing waits for an answer." in page
    assert Dispute.objects.get().state == state
    shown = seen(amina(desk), saying(desk))
    assert words in shown
    assert "We asked them" in shown
    assert "answered this already" in answered(desk.farah, answering, found=found, answer="Again")


def test_shows_an_adjustment_as_the_difference() -> None:
    desk = make_desk()
    answering = reverse("invoices:answer-visit", args=[dispute(desk).pk])
    answered(desk.farah, answering, found="did-not", answer="Closed")
    line = Invoice.objects.get(kind=InvoiceKind.ADJUSTMENT).lines.get()
    page = seen(desk.farah, reverse("reconciliation:line", args=[line.pk]))
    assert "-£60.00, the difference to what it should be" in page
    assert "Adjustment" in page
    assert "Why did I get £30.00 back?" in seen(amina(desk), reverse("reports:why", args=[line.pk]))
