"""Names as people have them: in Arabic, or with 200 letters. Pages, letters and e-mails keep them whole."""

from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from jobs.models import Job
from people.models import Person
from people.tasks import send_notice
from tests.cast import NINE, make_cast
from tests.invoices.folders import make_folder, write_folder
from tests.people.makers import make_authority, make_person, make_user
from tests.people.test_letters_pages import told
from tests.visiting import act_for, as_user, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
ARABIC = "أمينة بنت يوسف الحسيني"
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 5 + "Wolfeschlegelsteinhausenb"


@pytest.fixture
def _on_the_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.mark.parametrize("name", [ARABIC, LONG], ids=["arabic", "long"])
def test_keeps_a_name_whole_and_apart_on_every_page(name: str) -> None:
    assert len(LONG) == 200
    cast = make_cast()
    for person in (cast.amina, cast.ben):
        person.name = name
        person.save(update_fields=["name"])
    authority = make_authority(person=cast.amina, helper=make_user(name=name))
    robin = as_user(authority.helper)
    act_for(robin, authority)
    edith = make_person(council=cast.council, lead=cast.priya, name=name)
    letter = told(edith)
    whole = f"<bdi>{name}</bdi>"
    assert whole in robin.get("/my-money/").content.decode()
    assert whole in robin.get("/acting-for/").content.decode()
    assert whole in seen(cast.amina_user, "/helpers/")
    for address in (
        "/my-people/",
        "/post/",
        reverse("reports:person", args=[cast.amina.pk]),
        reverse("people:helpers-of", args=[cast.amina.pk]),
        reverse("people:post-letter", args=[letter.pk]),
        reverse("people:death", args=[cast.amina.pk]),
        reverse("plans:plan", args=[cast.plan.pk]),
    ):
        assert whole in seen(cast.priya, address), address


@pytest.mark.parametrize("name", [ARABIC, LONG], ids=["arabic", "long"])
def test_keeps_a_name_whole_in_a_letter_and_an_e_mail(name: str) -> None:
    amina = make_person(user=make_user(name=name, email="amina@example.test"), name=name)
    told(amina, helper=name)
    send_notice(str(Job.objects.get(kind="people.send_notice").pk))
    (sent,) = mail.outbox
    assert f"Dear {name}," in sent.body
    assert f"{name} can no longer do anything for you" in sent.body
    raw = sent.message().as_bytes()
    assert max(len(line) for line in raw.splitlines()) <= 998  # RFC 5322


def test_loads_such_names_from_a_folder(tmp_path: Path) -> None:
    files = make_folder()
    files["people.csv"] = f"person_ref,name\nP-1,{ARABIC}\nP-2,{LONG}\n"
    call_command("load_council", str(write_folder(tmp_path, files)), stdout=StringIO())
    assert {person.ref: person.name for person in Person.objects.all()} == {"P-1": ARABIC, "P-2": LONG}


def test_says_of_a_name_that_is_too_long_where_it_stands(tmp_path: Path) -> None:
    files = make_folder()
    files["people.csv"] = f"person_ref,name\nP-1,{ARABIC}\nP-2,{LONG}x\n"
    with pytest.raises(CommandError, match=r"people\.csv"):
        call_command("load_council", str(write_folder(tmp_path, files)), stdout=StringIO())
    assert not Person.objects.exists()
