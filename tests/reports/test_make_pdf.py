"""The report as a tagged PDF: made in the background, kept as it was made, and saying what the page says."""

import csv
import re
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from jobs.models import Job, JobState
from people.models import Person
from reports import tasks
from reports.actions import pdf_of
from reports.models import ReportFile
from reports.queries import council_report
from reports.rules.csv_file import csv_of
from tests.people.makers import make_commissioner, make_council, make_user
from tests.reports.makers import JUNE_2, MAY, buy_session, buy_visit, make_buying_cluster
from tests.reports.reading import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june", "pdf_library")]
POUNDS = re.compile(r"-?£[\d,]+\.\d\d")


def ask(client: Client, code: str) -> Job:
    """Ask for the PDF of May and make it here."""
    client.post(reverse("reports:council-pdf", args=[code, MAY]))
    job = Job.objects.get(kind="reports.make_pdf")
    tasks.make_pdf(str(job.pk))
    job.refresh_from_db()
    return job


def nodes(node: Any) -> list[Any]:
    """Every element of a PDF's structure."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for each in node for found in nodes(each)]
    if not isinstance(node, dict):
        return []
    return [node, *nodes(node.get("/K", []))]


def test_is_made_in_the_background_and_opened_from_the_page() -> None:
    cluster, _, contract = make_buying_cluster(council=make_council(code="FAI"))
    buy_session(contract)
    client = signed_in(make_commissioner(council=cluster.council))

    job = ask(client, "FAI")

    assert job.state == JobState.DONE, job.error
    page = client.get(reverse("reports:council-month", args=["FAI", MAY])).content.decode()
    assert job.result["address"] in page
    file = client.get(job.result["address"])
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'inline; filename="FAI-2026-05.pdf"'
    assert file.content.startswith(b"%PDF-1.7")
    assert sha256(file.content).hexdigest() == ReportFile.objects.get().sha256


def test_is_made_once_however_often_the_bell_rings() -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)
    job = ask(signed_in(make_commissioner(council=cluster.council)), cluster.council.code)
    tasks.make_pdf(str(job.pk))
    assert ReportFile.objects.count() == 1


def test_says_the_same_figures_as_the_page_and_the_file() -> None:
    council = make_council(code="FAI")
    _, members, contract = make_buying_cluster(council=council)
    _, _, other = make_buying_cluster(council=council, name="Thursday music")
    buy_session(contract, units="3.25")
    buy_session(other)
    for member in members:
        buy_visit(contract, member, units="1.5")
    client = signed_in(make_commissioner(council=council))

    page = client.get(reverse("reports:council-month", args=["FAI", MAY])).content.decode()
    report = council_report(council=council, month=MAY, on=JUNE_2)
    drawn = "".join(each.extract_text() for each in PdfReader(BytesIO(pdf_of(report))).pages)
    written = {cell for row in csv.reader(StringIO(csv_of(report))) for cell in row}

    on_the_page = set(POUNDS.findall(page))
    assert len(on_the_page) > 15
    assert set(POUNDS.findall(drawn)) == on_the_page
    in_the_file = {pounds for cell in written for pounds in POUNDS.findall(cell)}
    as_numbers = {amount.replace("£", "").replace(",", "") for amount in on_the_page - in_the_file}
    assert as_numbers <= written


def test_is_tagged_and_says_its_language_and_title() -> None:
    cluster, _, contract = make_buying_cluster(council=make_council(name="Fairholme"))
    buy_session(contract)

    reader = PdfReader(BytesIO(pdf_of(council_report(council=cluster.council, month=MAY, on=JUNE_2))))

    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Commissioning report, May 2026, Fairholme"
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    kinds = [node.get("/S") for node in nodes(root["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/P", "/L", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)


def test_says_every_picture_in_words() -> None:
    cluster, _, contract = make_buying_cluster()
    buy_session(contract)
    reader = PdfReader(BytesIO(pdf_of(council_report(council=cluster.council, month=MAY, on=JUNE_2))))
    root: Any = reader.trailer["/Root"]
    figures = [node for node in nodes(root["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
    assert len(figures) == 3
    assert all(figure.get("/Alt") for figure in figures)


def test_opens_for_officers_and_for_nobody_else() -> None:
    cluster, members, contract = make_buying_cluster()
    buy_session(contract)
    address = ask(signed_in(make_commissioner(council=cluster.council)), cluster.council.code).result[
        "address"
    ]
    member = make_user()
    Person.objects.filter(pk=members[0].person_id).update(user=member)
    for stranger in (make_user(), member, make_commissioner(council=make_council())):
        assert signed_in(stranger).get(address).status_code == 404


def test_gives_a_member_a_pdf_of_their_own_that_no_other_member_can_open() -> None:
    cluster, members, contract = make_buying_cluster()
    buy_session(contract)
    amina, ben = make_user(), make_user()
    for membership, user in zip(members, (amina, ben), strict=False):
        Person.objects.filter(pk=membership.person_id).update(user=user)
    signed_in(amina).post(reverse("reports:cluster-pdf", args=[cluster.council.code, MAY, cluster.pk]))
    job = Job.objects.get(kind="reports.make_pdf")
    tasks.make_pdf(str(job.pk))
    job.refresh_from_db()

    file = signed_in(amina).get(job.result["address"])

    words = "".join(each.extract_text() for each in PdfReader(BytesIO(file.content)).pages)
    assert members[0].ref in words
    assert not any(member.ref in words for member in members[1:])
    assert signed_in(ben).get(job.result["address"]).status_code == 404
    assert signed_in(make_commissioner(council=cluster.council)).get(job.result["address"]).status_code == 404


def test_fetches_nothing_from_outside() -> None:
    cluster, _, contract = make_buying_cluster(name='<img src="http://example.test/x.png">')
    buy_session(contract)
    report = council_report(council=cluster.council, month=MAY, on=JUNE_2)
    words = "".join(each.extract_text() for each in PdfReader(BytesIO(pdf_of(report))).pages)
    assert "<img" in words


def make_file() -> ReportFile:
    """A report somebody was handed."""
    council = make_council()
    content = b"%PDF-"
    return ReportFile.objects.create(
        council=council,
        month_start_date=MAY.start,
        name="x.pdf",
        content=content,
        sha256=sha256(content).hexdigest(),
        made_by="user:1",
    )


@pytest.mark.parametrize(
    "change", ["UPDATE reports_reportfile SET name = 'y.pdf'", "DELETE FROM reports_reportfile"]
)
@pytest.mark.django_db(transaction=True)
def test_is_kept_as_it_was_made_even_from_the_owner(
    change: str, owner_connection: psycopg.Connection
) -> None:
    make_file()
    with pytest.raises(psycopg.errors.RestrictViolation, match="kept as it was made"):
        owner_connection.execute(change)


def test_is_never_stored_with_another_files_hash() -> None:
    file = make_file()
    with (
        pytest.raises(IntegrityError, match="reports_file_has_its_own_hash"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO reports_reportfile (council_id, month_start_date, name, content, sha256, made_by) "
            "VALUES (%s, %s, 'x', 'other', %s, 'user:1')",
            [file.council_id, MAY.start, file.sha256],
        )
