"""The guide to e-invoices tells the truth: its documents are taken, and its codes are the ones there are."""

import re
from pathlib import Path

from invoices.api.e_invoices import XML
from invoices.rules.ubl import read_e_invoice
from invoices.rules.ubl.read import CORRECTS_LINE, DOCUMENT_PLACES, LINE_PLACES, UNIT_CODES

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "e-invoices.md").read_text()
RULES = Path(__file__).parents[2] / "invoices" / "rules"


def test_its_invoice_is_taken() -> None:
    [invoice] = [
        block for block in re.findall(r"```xml\n(.*?)```", GUIDE, re.DOTALL) if block.startswith("<?xml")
    ]
    document = read_e_invoice(invoice.encode())
    assert (document.number, document.total_pence, document.lines[0].member_ref) == (
        "NG-2026-0415",
        130_77,
        "M-001-04",
    )
    assert invoice == (DOCS / "examples" / "invoice.xml").read_text()


def test_its_credit_note_is_taken_and_shown_in_part() -> None:
    whole = (DOCS / "examples" / "credit-note.xml").read_text()
    document = read_e_invoice(whole.encode())
    assert (document.corrects, document.lines[0].corrects_line, document.total_pence) == (
        "NG-2026-0415",
        1,
        -33_77,
    )
    shown = [
        block for block in re.findall(r"```xml\n(.*?)```", GUIDE, re.DOTALL) if not block.startswith("<?xml")
    ]
    assert len(shown) == 2
    assert all(block in whole for block in shown)


def test_names_every_place_we_read() -> None:
    for path, _ in (*DOCUMENT_PLACES.values(), *LINE_PLACES.values()):
        assert path.rpartition("/")[0].rpartition("/")[2] in GUIDE
        assert path.rpartition("/")[2] in GUIDE
    assert CORRECTS_LINE in GUIDE
    assert all(code in GUIDE for code in UNIT_CODES)
    assert all(f"`{kind}`" in GUIDE for kind in XML)


def test_names_every_code_of_ours() -> None:
    source = "".join(file.read_text() for file in [RULES / "xml.py", *(RULES / "ubl").glob("*.py")])
    said = re.findall(r'findings\.say\([^"]*?, "([a-z_]+)"', source) + re.findall(r'code="([a-z_]+)"', source)
    assert len(said) > 10
    assert {code for code in said if f"`{code}`" not in GUIDE} == set()


def test_names_every_key_rule_of_peppol() -> None:
    source = "".join(file.read_text() for file in (RULES / "ubl").glob("*.py"))
    rules = set(re.findall(r'"PEPPOL-EN16931-([A-Z][0-9]+)"', source))
    assert {"R001", "R003", "R010", "R020", "R040", "R120", "R121"} <= rules
    assert {rule for rule in rules if rule not in GUIDE} == set()
