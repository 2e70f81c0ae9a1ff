"""Every family of bad input, at every door for files: one clear answer that names the place, and nothing stored."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from invoices.actions.statement import UnableToImportStatement, import_statements
from invoices.models import Attachment, BankStatement, Hold, Invoice, Upload, UploadState
from people.models import User
from tests.invoices.banking import Entry, camt
from tests.invoices.paying import AT, ON, Desk, make_desk, make_sent
from tests.invoices.sheets import Office, make_csv, make_office
from tests.invoices.systems import make_body, make_line_body, make_system, said
from tests.visiting import as_user

pytestmark = pytest.mark.django_db
NOUGHTS = 200_000_000
SECRET = Path("/etc/passwd").as_uri().encode()


def zipped(name: str, content: bytes) -> bytes:
    """A ZIP file with one member of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """A small file that would be two hundred million noughts."""
    return gzip.compress(b"0" * 2_000_000) * (NOUGHTS // 2_000_000)


@pytest.fixture
def office() -> Office:
    """Where Nora bills."""
    return make_office()


FILES: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("zip slip", lambda _: zipped("../../etc/cron.d/x", b"x"), "a spreadsheet workbook or a ZIP file"),
    ("zip bomb", lambda _: zipped("a.csv", b"0" * 20_000_000), "a spreadsheet workbook or a ZIP file"),
    ("gzip bomb", lambda _: bomb(), "a compressed file"),
    ("PNG", lambda _: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a picture"),
    ("JPEG", lambda _: b"\xff\xd8\xff\xe0" + b"\0" * 50, "a picture"),
    ("GIF", lambda _: b"GIF89a" + b"\0" * 50, "a picture"),
    ("TIFF", lambda _: b"II*\x00" + b"\0" * 50, "a picture"),
    ("UTF-16 with its mark", lambda raw: raw.decode().encode("utf-16"), "text in UTF-16"),
    ("UTF-16 without a mark", lambda raw: raw.decode().encode("utf-16-le"), "NUL byte in row 1"),
    ("UTF-32 without a mark", lambda raw: raw.decode().encode("utf-32-be"), "NUL byte in row 1"),
    ("UTF-7", lambda raw: raw.replace(b"SESSION", b"+AFMARQ-"), "begins like a formula"),
    ("Latin 1", lambda raw: raw.replace(b"SESSION", b"CAF\xc9"), "is not UTF-8"),
    ("NUL", lambda raw: raw.replace(b"SESSION", b"SESS\0ION"), "NUL byte in row 2"),
    ("unclosed quote", lambda raw: raw.replace(b"SESSION", b'"SESSION'), "a quote is not closed"),
    ("formula", lambda raw: raw.replace(b"SESSION", b"=1+1"), "begins like a formula"),
    ("year of two figures", lambda raw: raw.replace(b"2026-05-04", b"04/05/26"), "a year of two figures"),
    ("Excel serial date", lambda raw: raw.replace(b"2026-05-04", b"46146"), "how a spreadsheet counts days"),
    ("decimal comma", lambda raw: raw.replace(b",1,2000", b',"1,0",2000'), "has a comma"),
    ("pound sign", lambda raw: raw.replace(b",1,2000", b",1,\xc2\xa320"), "has a pound sign"),
    ("bidi", lambda raw: raw.replace(b"A-1", "A-\u202e1".encode()), "nobody can see (U+202E)"),
    ("zero width", lambda raw: raw.replace(b"A-1", "A-\u200b1".encode()), "nobody can see (U+200B)"),
    (
        "XML with an external entity",
        lambda _: b'<!DOCTYPE a [<!ENTITY x SYSTEM "%s">]><a>&x;</a>' % SECRET,
        "DOCTYPE",
    ),
    ("XML in UTF-7", lambda _: b"<?xml version='1.0' encoding='UTF-7'?><a/>", "UTF-8"),
]


@pytest.mark.parametrize(("spoil", "words"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_is_said_of_a_file_of_invoices(office: Office, spoil: Callable[[bytes], bytes], words: str) -> None:
    upload = office.look(spoil(make_csv({}, contract=office.contract)))
    assert (upload.state, bytes(upload.content)) == (UploadState.REFUSED, b"")
    assert words in upload.faults[0]["words"]
    assert "root:" not in str(upload.faults)
    assert not Invoice.objects.exists()


def test_takes_a_name_with_folders_for_a_name_alone(office: Office) -> None:
    file = SimpleUploadedFile("x.csv", make_csv({}, contract=office.contract))
    file.name = "../../../etc/passwd.csv"
    as_user(office.nora).post("/invoices/provider/upload/", {"file": file})
    assert "/" not in Upload.objects.get().name


@pytest.fixture
def desk() -> Desk:
    """A council with a payment at the bank."""
    desk = make_desk()
    make_sent(desk)
    return desk


OUT = Entry(pence=-100_00)
STATEMENTS: list[tuple[str, Callable[[], bytes], str]] = [
    ("zip", lambda: zipped("../../bank.xml", camt(OUT)), "a spreadsheet workbook or a ZIP file"),
    ("gzip bomb", bomb, "a compressed file"),
    ("picture", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "This is a picture"),
    ("UTF-16 without a mark", lambda: camt(OUT).decode().encode("utf-16-le"), ""),
    ("UTF-7", lambda: camt(OUT).replace(b"UTF-8", b"UTF-7"), "UTF-8"),
    (
        "external entity",
        lambda: camt(OUT).replace(b"<Document ", b'<!DOCTYPE a SYSTEM "%s"><Document ' % SECRET, 1),
        "DOCTYPE",
    ),
    ("wrong currency", lambda: camt(OUT, currency="EUR"), "EUR. We keep our books in GBP"),
    ("another account", lambda: camt(OUT, account="<Othr><Id>10000011112222</Id></Othr>"), ""),
    ("does not add up", lambda: camt(OUT, closing=1), "add up"),
    ("empty", lambda: b"", "is empty"),
]


@pytest.mark.parametrize(
    ("make", "words"), [row[1:] for row in STATEMENTS], ids=[row[0] for row in STATEMENTS]
)
def test_is_said_of_a_bank_statement(desk: Desk, make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(UnableToImportStatement) as told:
        import_statements(council=desk.council, data=make(), file="bank.xml", by=desk.farah, on=ON, at=AT)
    assert words in str(told.value)
    assert len(str(told.value)) > 10
    assert not BankStatement.objects.exists()


def test_is_said_of_a_statement_on_the_page_too(desk: Desk) -> None:
    farah: User = desk.farah
    file = SimpleUploadedFile("bank.xml", bomb())
    answer = as_user(farah).post(reverse("invoices:bring-statement", args=[desk.council.pk]), {"file": file})
    assert answer.status_code == 200
    assert "This is a compressed file, not a CSV file in UTF-8." in answer.content.decode()
    assert not BankStatement.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\x.pdf", "a/b.pdf", "a\u202efdp.exe", "\u200bx.pdf"]
)
def test_is_said_of_a_file_about_a_held_line(name: str) -> None:
    system = make_system()
    system.send(make_body(system.contract, make_line_body(service_code="NONE")))
    address = f"/api/v1/holds/{Hold.objects.get().pk}/attachments"
    answer = system.client.post(
        f"{address}?name={name}",
        data=b"plain",
        content_type="text/plain",
        headers={"Authorization": f"Bearer {system.token}", "Idempotency-Key": "k"},
    )
    assert (answer.status_code, said(answer)["code"]) == (422, "wrong_answer")
    assert not Attachment.objects.exists()
