"""Uploading a file of invoices: the pages."""

import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from invoices.models import Invoice, Upload
from invoices.rules.csv_columns import COLUMNS_IN_WORDS
from invoices.rules.csv_invoices import COLUMNS, read_csv
from invoices.rules.document import MAX_BYTES
from invoices.tasks import forget_uploads
from people.models import User
from providers.actions import add_staff
from tests.invoices.sheets import AT, Office, make_csv, make_office
from tests.providers.makers import make_provider, make_staff
from tests.visiting import as_user, seen

pytestmark = pytest.mark.django_db

PAGE = "/invoices/provider/upload/"
TOO_DEAR = {"service_date": "2026-05-05", "unit_rate_pence": "9900", "amount_pence": "9900"}


@pytest.fixture
def office() -> Office:
    """Where Nora bills."""
    return make_office()


def put(user: User, content: bytes, *, name: str = "may.csv", **said: str) -> str:
    """The page that a file leads to, on one line."""
    client = as_user(user)
    answer = client.post(PAGE, {"file": SimpleUploadedFile(name, content), **said}, follow=True)
    return " ".join(answer.content.decode().split())


def last() -> str:
    """The address of the file uploaded last."""
    return reverse("invoices:uploaded", args=[Upload.objects.latest("uploaded_at").pk])


def test_shows_what_would_become_of_a_file_and_sends_it(office: Office) -> None:
    words = put(office.nora, make_csv({}, TOO_DEAR, contract=office.contract))
    assert "What would become of your file" in words
    assert "£20.00" in words
    assert "The rate is not the contract&#x27;s" in words
    assert "Row 3" in words
    assert not Invoice.objects.exists()
    client = as_user(office.nora)
    answer = client.post(f"{last()}send/", follow=True)
    assert "Your file is sent" in answer.content.decode()
    assert Invoice.objects.get().lines.count() == 2


def test_says_when_a_file_came_in_before(office: Office) -> None:
    put(office.nora, make_csv({}, contract=office.contract))
    as_user(office.nora).post(f"{last()}send/")
    assert "Came in before: nothing changes." in put(office.nora, make_csv({}, contract=office.contract))


def test_lists_what_is_wrong_by_row_and_column(office: Office) -> None:
    words = put(office.nora, make_csv({"units": "1,5"}, contract=office.contract))
    assert "Your file has to be put right" in words
    assert "units has a comma. Write a point, like 1.5." in words
    assert "Send 1 invoice" not in words


def test_gives_all_that_is_wrong_as_a_file_that_runs_nothing(office: Office) -> None:
    data = make_csv({}).replace(b"service_date", b"=1+1", 1)
    put(office.nora, data)
    answer = as_user(office.nora).get(f"{last()}errors.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="errors.csv"'
    rows = list(csv.reader(StringIO(answer.content.decode())))
    assert rows[0] == ["row", "column", "what_is_wrong"]
    assert ["1", "'=1+1"] in [row[:2] for row in rows]
    assert not any(cell.startswith(("=", "+", "@", "-")) for row in rows for cell in row)


def test_gives_the_lines_that_would_be_held_as_a_file(office: Office) -> None:
    put(office.nora, make_csv({}, TOO_DEAR, contract=office.contract))
    rows = list(csv.reader(StringIO(as_user(office.nora).get(f"{last()}errors.csv").content.decode())))
    assert [row[:2] for row in rows[1:]] == [["3", ""]]
    assert "would be held" in rows[1][2]


def test_shows_a_name_of_a_file_as_far_as_it_can_be_shown(office: Office) -> None:
    put(office.nora, make_csv({}, contract=office.contract), name="m\u202evsc.yam\x07")
    assert Upload.objects.get().name == "mvsc.yam"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "This file is empty."), (b"x" * (MAX_BYTES + 1), "This file is larger than 5 MB.")],
)
def test_refuses_what_is_empty_or_too_large_before_it_is_read(
    office: Office, content: bytes, words: str
) -> None:
    assert words in put(office.nora, content)
    assert not Upload.objects.exists()


def test_asks_for_a_file() -> None:
    office = make_office()
    answer = as_user(office.nora).post(PAGE, {"csrf": "x"})
    assert "Choose a file." in answer.content.decode()


def test_asks_whoever_works_for_several_for_which_it_is(office: Office) -> None:
    other = make_provider(council=office.contract.council, name="Southgate Care")
    add_staff(provider=other, user=office.nora)
    content = make_csv({}, contract=office.contract)
    assert "Choose the provider." in put(office.nora, content)
    assert "You have no running contract" in put(office.nora, content, provider=str(other.pk))
    assert "What would become" in put(office.nora, content, provider=str(office.contract.provider_id))
    stranger = make_provider()
    assert "What would become" not in put(office.nora, content, provider=str(stranger.pk))


def test_is_nobody_else_s(office: Office) -> None:
    put(office.nora, make_csv({}, contract=office.contract))
    colleague = make_staff(provider=office.contract.provider)
    for address in (last(), f"{last()}errors.csv"):
        assert seen(colleague, address) == "404"
        assert seen(office.nora, address) != "404"
    assert as_user(colleague).post(f"{last()}send/").status_code == 404


def test_has_a_template_and_says_what_stands_in_each_column(office: Office) -> None:
    assert [about.name for about in COLUMNS_IN_WORDS] == list(COLUMNS)
    needed = [about.name for about in COLUMNS_IN_WORDS if about.is_needed]
    assert needed == [name for name, column in COLUMNS.items() if column.is_needed]
    words = seen(office.nora, PAGE)
    assert all(f"<code>{name}</code>" in words for name in COLUMNS)
    written = (Path(__file__).parents[2] / "docs" / "csv.md").read_text()
    assert all(about.words in written for about in COLUMNS_IN_WORDS)
    answer = as_user(office.nora).get(f"{PAGE}template.csv")
    assert answer.content.decode().strip() == ",".join(COLUMNS)


def test_the_examples_of_the_columns_are_a_file_that_is_read() -> None:
    of_credits = {"corrects", "corrects_line"}
    cells = [about.example for about in COLUMNS_IN_WORDS if about.name not in of_credits]
    names = [about.name for about in COLUMNS_IN_WORDS if about.name not in of_credits]
    data = f"{','.join(names)}\n{','.join(cells)}\n".encode()
    assert read_csv(data, file="x", provider_ref="PR-1").faults == []


@time_machine.travel(AT + timedelta(days=2), tick=False)
def test_beat_forgets_files_that_nobody_sent(office: Office) -> None:
    upload = office.look(make_csv({}, contract=office.contract))
    forget_uploads()
    upload.refresh_from_db()
    assert upload.state == "forgotten"
    assert settings.CELERY_BEAT_SCHEDULE["invoices-forget-uploads"]["task"] == forget_uploads.name
