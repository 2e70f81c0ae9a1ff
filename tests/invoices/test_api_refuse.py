"""Documents that cannot be taken in: refused whole, with the place, and nothing stored."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from invoices.models import IdempotentRequest, Invoice
from invoices.rules.document import MAX_BYTES, MAX_LINES
from ledger.models import Entry
from tests.invoices.systems import PROBLEM_JSON, System, make_body, make_line_body, make_system, said

pytestmark = pytest.mark.django_db

Body = dict[str, Any]
MEMBER = '"member_ref": "M-1"'


@pytest.fixture
def system() -> System:
    """A system with a contract of one member."""
    return make_system()


def refused(system: System, body: Any, **headers: str) -> Any:
    """Send what should be refused; gives the problem, and sees that nothing was stored."""
    entries = Entry.objects.count()
    answer = system.send(body, **headers)
    problem = said(answer)
    assert answer["Content-Type"] == PROBLEM_JSON
    assert 400 <= answer.status_code < 500
    assert problem["status"] == answer.status_code
    assert problem["type"] == f"/api/v1/problems/#{problem['code']}"
    assert problem["title"]
    assert problem["detail"]
    assert (Invoice.objects.count(), IdempotentRequest.objects.count()) == (0, 0)
    assert Entry.objects.count() == entries
    return problem


def written(system: System, old: str = "", new: str = "") -> str:
    """A good document as text, with one piece of it replaced."""
    text = json.dumps(make_body(system.contract))
    assert not old or text.count(old) == 1
    return text.replace(old, new) if old else text


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ('"amount_pence": 2000', '"amount_pence": NaN', "NaN is not a number."),
        ('"amount_pence": 2000', '"amount_pence": Infinity', "Infinity is not a number."),
        ('"amount_pence": 2000', '"amount_pence": -Infinity', "-Infinity is not a number."),
        ('"amount_pence": 2000', '"amount_pence": ' + "9" * 10_000, "more than 18 digits"),
        ('"amount_pence": 2000', '"amount_pence": 0.' + "9" * 10_000, "more than 18 digits"),
        ('"amount_pence": 2000', '"amount_pence": 1e99999999999999999999', "more than 18 digits"),
        ('"amount_pence": 2000', '"amount_pence": 02000', "This is not JSON"),
        ('"amount_pence": 2000', '"amount_pence": ٢٠٠٠', "This is not JSON"),
        ('"amount_pence": 2000', '"amount_pence": 2000, "amount_pence": 1', '"amount_pence" is used twice'),
        (MEMBER, MEMBER + ", " + MEMBER, '"member_ref" is used twice'),
        (MEMBER, MEMBER + ', "\\ud800": 1, "\\ud800": 1', "is used twice"),
        (MEMBER, MEMBER + ",", "This is not JSON"),
        (MEMBER, '"member_ref": ' + "[" * 100_000 + "]" * 100_000, "nested too deep"),
        (MEMBER, '"member_ref": ' + '{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deep"),
        (MEMBER, '"member_ref": "M-\x00"', "This is not JSON"),
        (MEMBER, "\"member_ref\": 'M-1'", "This is not JSON"),
        ('{"type"', '{"type', "This is not JSON"),
    ],
)
def test_refuses_what_is_not_json(system: System, old: str, new: str, detail: str) -> None:
    problem = refused(system, written(system, old, new).encode())
    assert (problem["status"], problem["code"]) == (400, "unreadable_document")
    assert detail in problem["detail"]
    assert [(fault["pointer"], fault["code"]) for fault in problem["errors"]] == [("", "not_json")]


@pytest.mark.parametrize(
    ("encode", "code"),
    [
        (lambda text: text.encode("utf-16"), "not_utf8"),
        (lambda text: text.encode("utf-16-le"), "not_json"),
        (lambda text: text.encode("utf-32-be"), "not_json"),
        (lambda text: text.encode("utf-8-sig"), "not_json"),
        (lambda text: text.replace("INV", "Ñ").encode("latin-1"), "not_utf8"),
        (lambda text: text.encode().replace(b"INV", b"\xed\xa0\x80"), "not_utf8"),
        (lambda text: text.encode().replace(b"INV", b"\xc0\x80"), "not_utf8"),
        (lambda text: text.encode() + b"\x00", "not_json"),
        (lambda text: text.encode() * 2, "not_json"),
        (lambda text: b"   ", "not_json"),
    ],
)
def test_refuses_another_encoding(system: System, encode: Callable[[str], bytes], code: str) -> None:
    problem = refused(system, encode(written(system)))
    assert (problem["status"], problem["code"]) == (400, "unreadable_document")
    assert problem["errors"][0]["code"] == code


@pytest.mark.parametrize("payload", [[], None, "invoice", 1, 1.5, True, {}, [[]], [{"type": "invoice"}]])
def test_refuses_json_that_is_no_document(system: System, payload: Any) -> None:
    problem = refused(system, json.dumps(payload).encode())
    assert (problem["status"], problem["code"]) == (422, "wrong_document")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "receipt"),
        ("type", ["invoice"]),
        ("number", ""),
        ("number", "x" * 61),
        ("number", " INV"),
        ("number", "INV\u0000"),
        ("number", "INV\ud800"),
        ("number", "INV\n1"),
        ("number", "ＩＮＶ"),
        ("number", 1),
        ("contract_ref", None),
        ("issue_date", "2026-02-30"),
        ("issue_date", "2026-5-31"),
        ("issue_date", "20260531"),
        ("issue_date", "2026-W22-7"),
        ("issue_date", "٢٠٢٦-05-31"),
        ("issue_date", "0000-01-01"),
        ("issue_date", "2026-05-31T00:00:00Z"),
        ("issue_date", 20260531),
        ("period_end", "2026-04-30"),
        ("total_pence", 2000.0),
        ("total_pence", "2000"),
        ("total_pence", True),
        ("total_pence", 1999),
        ("total_pence", 10**12 + 1),
        ("lines", []),
        ("lines", {}),
        ("lines", "none"),
        ("paid", True),
        ("corrects", "INV-0"),
        ("\ud800/~", 1),
    ],
)
def test_refuses_a_wrong_field_and_points_at_it(system: System, field: str, value: Any) -> None:
    body = make_body(system.contract) | {field: value}
    problem = refused(system, body)
    assert (problem["status"], problem["code"]) == (422, "wrong_document")
    pointer = "/?~1~0" if "\ud800" in field else f"/{field}"
    assert pointer in [fault["pointer"] for fault in problem["errors"]]


@pytest.mark.parametrize(
    "field",
    ["type", "number", "provider_ref", "contract_ref", "issue_date", "period_start", "total_pence", "lines"],
)
def test_refuses_a_missing_field(system: System, field: str) -> None:
    body = make_body(system.contract)
    del body[field]
    problem = refused(system, body)
    assert problem["errors"] == [
        {"pointer": f"/{field}", "code": "missing_field", "detail": "This field is needed."}
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("line_number", 0),
        ("line_number", "1"),
        ("line_number", 1.0),
        ("line_number", 1),
        ("service_code", ""),
        ("service_date", "2026-04-31"),
        ("units", 1),
        ("units", 1.5),
        ("units", "1,5"),
        ("units", "1e3"),
        ("units", "-1"),
        ("units", ".5"),
        ("units", "1."),
        ("units", "1.00001"),
        ("units", "١"),
        ("units", "NaN"),
        ("units", "1 "),
        ("units", "1\n"),
        ("units", "9" * 10),
        ("unit_rate_pence", 20.5),
        ("unit_rate_pence", 10**13),
        ("amount_pence", 2000.0),
        ("amount_pence", None),
        ("member_ref", ""),
        ("member_ref", ["M-1"]),
        ("member_ref", "M\u00a01"),
        ("corrects_line", 1),
        ("vat", 0),
    ],
)
def test_refuses_a_wrong_field_of_a_line_and_points_at_it(system: System, field: str, value: Any) -> None:
    body = make_body(system.contract, make_line_body(), make_line_body(line_number=2))
    body["lines"][1] |= {field: value}
    problem = refused(system, body)
    assert problem["code"] == "wrong_document"
    assert [fault["pointer"] for fault in problem["errors"]] == [f"/lines/1/{field}"]


def test_says_everything_that_is_wrong_at_once(system: System) -> None:
    body = make_body(system.contract, make_line_body(units=1), issue_date="soon")
    body["lines"].append("no line")
    problem = refused(system, body)
    assert {fault["pointer"] for fault in problem["errors"]} == {"/issue_date", "/lines/0/units", "/lines/1"}
    assert problem["detail"] == "3 things are wrong with this document. Nothing was stored."


def test_refuses_more_lines_than_it_takes_and_lists_at_most_a_hundred_faults(system: System) -> None:
    row = {"line_number": 0}
    problem = refused(system, make_body(system.contract, *[row] * MAX_LINES))
    assert len(problem["errors"]) == 100
    problem = refused(system, make_body(system.contract, *[row] * (MAX_LINES + 1)))
    assert [fault["code"] for fault in problem["errors"]] == ["too_many_lines"]


@pytest.mark.parametrize(("lines", "sum_of_lines"), [([2000, 2000], 4000), ([2000, -2000], 0)])
def test_refuses_totals_that_do_not_add_up(system: System, lines: list[int], sum_of_lines: int) -> None:
    rows = [make_line_body(line_number=n, amount_pence=pence) for n, pence in enumerate(lines, 1)]
    problem = refused(system, make_body(system.contract, *rows, total_pence=sum_of_lines + 1))
    [fault] = problem["errors"]
    assert (fault["pointer"], fault["code"]) == ("/total_pence", "totals_differ")
    assert str(sum_of_lines) in fault["detail"]


def test_refuses_a_credit_note_for_an_invoice_it_does_not_have(system: System) -> None:
    credit = make_line_body(units="0", amount_pence=-2000, corrects_line=1)
    problem = refused(system, make_body(system.contract, credit, type="credit_note", corrects="NEVER"))
    assert (problem["status"], problem["code"]) == (422, "unknown_corrected_invoice")
    assert problem["errors"][0]["pointer"] == "/corrects"


@pytest.mark.parametrize(
    ("missing", "pointer"), [("corrects", "/corrects"), ("corrects_line", "/lines/0/corrects_line")]
)
def test_refuses_a_credit_note_that_does_not_say_what_it_corrects(
    system: System, missing: str, pointer: str
) -> None:
    credit = make_line_body(units="0", amount_pence=-2000, corrects_line=1)
    body = make_body(system.contract, credit, type="credit_note", corrects="NG-1")
    (body if missing == "corrects" else body["lines"][0]).pop(missing)
    assert refused(system, body)["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 6_000_000, 40_000_000])
def test_refuses_a_body_that_is_too_large_before_it_is_read_as_json(system: System, size: int) -> None:
    problem = refused(system, b"[" * size)
    assert (problem["status"], problem["code"]) == (413, "body_too_large")


def test_takes_a_body_of_just_the_size_it_allows(system: System) -> None:
    raw = written(system).encode()
    answer = system.send(raw + b" " * (MAX_BYTES - len(raw)))
    assert answer.status_code == 201


def test_reads_a_large_object_with_a_name_used_twice_in_reasonable_time(system: System) -> None:
    names = ",".join(f'"{n}":1' for n in range(300_000))
    problem = refused(system, f'{{{names},"299999":1}}'.encode())
    assert "is used twice" in problem["detail"]


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/xhtml+xml",
        "application/xml; charset=latin-1",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
        "",
    ],
)
def test_refuses_another_type_of_document(system: System, kind: str) -> None:
    problem = refused(system, make_body(system.contract), Content_Type=kind)
    assert (problem["status"], problem["code"]) == (415, "unsupported_media_type")


def test_refuses_what_is_compressed(system: System) -> None:
    assert refused(system, b"\x1f\x8b", Content_Encoding="gzip")["code"] == "unsupported_media_type"


@pytest.mark.parametrize("kind", ["application/json", "APPLICATION/JSON; charset=UTF-8"])
def test_takes_json_however_its_type_is_written(system: System, kind: str) -> None:
    assert system.send(make_body(system.contract), Content_Type=kind).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "two words", "ключ", "tab\t"])
def test_refuses_an_idempotency_key_it_cannot_use(system: System, key: str) -> None:
    answer = refused(system, make_body(system.contract), Idempotency_Key=key)
    assert (answer["status"], answer["code"]) == (400, "invalid_idempotency_key")
    assert answer["errors"][0]["header"] == "Idempotency-Key"
    assert answer["errors"][0]["code"] == ("invalid" if key else "missing")


def test_takes_an_idempotency_key_of_255_characters(system: System) -> None:
    assert system.send(make_body(system.contract), key="~" * 255).status_code == 201
