"""All rules of EN 16931, run by SaxonC in a process beside: the same documents pass, and a slow check is ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from invoices.rules import UnreadableDocument
from invoices.rules.ubl import read_e_invoice, rules_checked
from invoices.rules.ubl.en16931 import RulesWorker, check_en16931
from invoices.rules.xml import UnableToReadXml, parse_xml, write_xml
from tests.invoices.e_invoices import change, make_bill, make_root, make_root_with_vat, written

EXAMPLES = Path(__file__).parents[3] / "shared" / "data" / "ubl"
COUNTRY = "cac:AccountingSupplierParty/cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode"

pytest.importorskip("saxonche", reason="The extra `rules` (saxonche) is not installed.")


@pytest.fixture(scope="module")
def worker() -> Iterator[RulesWorker]:
    """A process that checks rules, ended with the tests."""
    worker = RulesWorker()
    yield worker
    worker.end()


def test_documents_of_ours_keep_all_rules(worker: RulesWorker) -> None:
    for kind in ("invoice", "credit_note"):
        for category in ("E", "Z", "O"):
            assert check_en16931(make_root(kind=kind, category=category), worker=worker) == []
    assert check_en16931(make_root_with_vat(), worker=worker) == []


@pytest.mark.skipif(
    not EXAMPLES.is_dir(), reason="The official examples of Peppol are not in ../shared/data/ubl."
)
def test_the_official_examples_keep_all_rules(worker: RulesWorker) -> None:
    for example in EXAMPLES.glob("*.xml"):
        assert check_en16931(parse_xml(example.read_bytes()), worker=worker) == []


def test_says_which_rule_is_broken_that_the_key_rules_do_not_know(worker: RulesWorker) -> None:
    root = parse_xml(write_xml(change(make_root(), COUNTRY, "XX")))
    [problem] = check_en16931(root, worker=worker)
    assert (problem.code, problem.pointer) == ("BR-CL-14", f"/Invoice/{COUNTRY}")
    assert problem.detail.endswith("(line 2)")
    assert not problem.detail.startswith("[")


def test_ends_a_check_that_takes_too_long_and_goes_on_with_the_next() -> None:
    worker = RulesWorker()
    assert [each.code for each in check_en16931(make_root(), worker=worker, seconds=0.01)] == [
        "rules_not_checked"
    ]
    assert worker.process is None
    assert check_en16931(make_root(), worker=worker) == []
    worker.end()


def test_starts_again_when_the_process_is_gone(worker: RulesWorker) -> None:
    assert check_en16931(make_root(), worker=worker) == []
    assert worker.process is not None
    worker.process.kill()
    worker.process.wait()
    assert check_en16931(make_root(), worker=worker) == []


def test_the_one_way_in_holds_all_rules_there_are() -> None:
    assert rules_checked() == "en16931"
    assert read_e_invoice(written(make_bill())).body_hash == make_bill().body_hash
    with pytest.raises(UnreadableDocument, match="ISO code list 3166-1"):
        read_e_invoice(write_xml(change(make_root(), COUNTRY, "XX")))
    with pytest.raises(UnableToReadXml):
        read_e_invoice(b"<!DOCTYPE Invoice><Invoice/>")
