"""`manage.py take_in_invoices`: a month's file at once."""

import json
from dataclasses import asdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commissioning.models import Contract
from invoices.models import InvoiceLine
from invoices.rules import Document
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.makers import make_document, make_line

pytestmark = pytest.mark.django_db(transaction=True)


def written(document: Document) -> str:
    """The document as a provider's system would write it."""
    words = {name: value for name, value in asdict(document).items() if value not in ("", None, ())}
    words["type"] = words.pop("kind")
    words["period_start"], words["period_end"] = words.pop("period_start_date"), words.pop("period_end_date")
    words["lines"] = [{k: v for k, v in line.items() if v not in ("", None)} for line in words["lines"]]
    return json.dumps(words, default=str)


def make_file(folder: Path, *lines: str) -> Path:
    file = folder / "april.jsonl"
    file.write_text("\n".join(lines) + "\n")
    return file


def make_club() -> Contract:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-0")
    return make_contract(cluster=cluster)


def test_takes_a_file_in_once(tmp_path: Path) -> None:
    contract = make_club()
    document = make_document(contract=contract, lines=[make_line(member_ref="M-0"), make_line(line_number=2)])
    file, said = make_file(tmp_path, written(document)), StringIO()
    call_command("take_in_invoices", contract.council.code, file, stdout=said)
    call_command("take_in_invoices", contract.council.code, file, stdout=said)
    assert sorted(InvoiceLine.objects.values_list("line_number", "state")) == [(1, "accepted"), (2, "held")]
    assert "All documents are taken in." in said.getvalue()
    assert "taken in already" in said.getvalue()


def test_lists_what_is_refused_and_takes_in_the_rest(tmp_path: Path) -> None:
    contract = make_club()
    good = make_document(contract=contract, lines=[make_line(member_ref="M-0")])
    lost = written(make_document(contract=contract, lines=[make_line()])).replace(contract.ref, "K-NOWHERE")
    said = StringIO()
    with pytest.raises(CommandError, match="2 documents were refused; all others are taken in"):
        call_command(
            "take_in_invoices",
            contract.council.code,
            make_file(tmp_path, "{", written(good), lost),
            stderr=said,
        )
    assert "Line 1" in said.getvalue()
    assert "K-NOWHERE" in said.getvalue()
    assert InvoiceLine.objects.count() == 1


def test_says_plainly_what_it_cannot_find(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no council with code NOPE"):
        call_command("take_in_invoices", "NOPE", tmp_path)
    contract = make_club()
    with pytest.raises(CommandError, match="no file"):
        call_command("take_in_invoices", contract.council.code, tmp_path / "missing")
