"""What a provider answers about a held line is read where the line is decided about, with the file it sent along."""

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from invoices.actions.disputes import say_not_happened
from invoices.actions.reply_by_hand import SentFile, reply_by_hand
from invoices.models import Attachment, Dispute, Hold
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import AT, ON, Desk, make_desk
from tests.invoices.test_disputes import amina_of, line_of
from tests.people.makers import make_commissioner
from tests.providers.makers import make_staff
from tests.visiting import as_user, seen

pytestmark = pytest.mark.django_db
LOG = SentFile("log.txt", "text/plain", b"18 May: 9 to 10")


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    """Files of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = str(tmp_path)


def make_held(desk: Desk) -> Hold:
    """A line at another price than the contract's."""
    line = make_line(service_code="SESSION", unit_rate_pence=99_00)
    taken = send(make_document(contract=desk.contract, lines=[line]), contract=desk.contract)
    return Hold.objects.get(line__invoice=taken.invoice)


def reply(desk: Desk, hold: Hold) -> Attachment:
    """The provider answers, and sends its log along."""
    nora = make_staff(provider=desk.provider)
    kept = reply_by_hand(hold=hold, words="We agreed this in April", file=LOG, by=nora, at=AT).attachment
    assert kept is not None
    return kept


@pytest.mark.parametrize("step", ["release", "split", "reject"])
def test_shows_the_answer_where_the_line_is_decided_about(step: str) -> None:
    desk = make_desk()
    hold = make_held(desk)
    file = reverse("reconciliation:reply-file", args=[reply(desk, hold).pk])
    page = seen(desk.farah, reverse(f"reconciliation:{step}", args=[hold.pk]))
    assert "We agreed this in April" in page
    assert file in page
    assert file in seen(desk.farah, reverse("reconciliation:line", args=[hold.line_id]))


def test_shows_the_answer_about_a_visit_that_a_member_disputes() -> None:
    desk = make_desk()
    amina = amina_of(desk).person
    assert amina.user is not None
    said = say_not_happened(line=line_of(desk), person=amina, words="", by=amina.user, on=ON, at=AT)
    assert said.hold is not None
    reply(desk, said.hold)
    page = seen(desk.farah, reverse("invoices:answer-visit", args=[Dispute.objects.get().pk]))
    assert "We agreed this in April" in page
    assert "log.txt" in page


def test_gives_the_file_to_those_who_work_for_the_council_alone() -> None:
    desk = make_desk()
    address = reverse("reconciliation:reply-file", args=[reply(desk, make_held(desk)).pk])
    for reader in (desk.farah, make_commissioner(council=desk.council)):
        response = as_user(reader).get(address)
        assert b"".join(response.streaming_content) == LOG.content  # type: ignore[attr-defined]
        assert response["Content-Disposition"] == 'attachment; filename="log.txt"'
        assert response["Cache-Control"] == "private, no-store"
    for stranger in (make_desk().farah, amina_of(desk).person.user):
        assert stranger is not None
        assert seen(stranger, address) == "404"
