"""Loading a council from its folder: all of it or nothing, and everything that is wrong is said at once."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clusters.models import SharingTerm
from commissioning.models import Contract
from invoices.models import HoldReason, Invoice
from ledger.models import Book, Entry
from people.models import Council, Person
from tests.invoices.folders import Files, make_document, make_folder, throw_folder, write_folder
from tests.invoices.reckoning import Reckoning

pytestmark = pytest.mark.django_db


def load(folder: Path, files: Files) -> str:
    """What the command says on its way."""
    said = StringIO()
    call_command("load_council", str(write_folder(folder, files)), stdout=said)
    return said.getvalue()


def refusal(folder: Path, files: Files) -> str:
    """Why the command refuses; nothing is there afterwards that was not there before."""
    before = Council.objects.count(), Person.objects.count(), Entry.objects.count(), Book.objects.count()
    with pytest.raises(CommandError) as trouble:
        load(folder, files)
    assert (
        Council.objects.count(),
        Person.objects.count(),
        Entry.objects.count(),
        Book.objects.count(),
    ) == before
    return str(trouble.value)


def exported(code: str, folder: Path) -> dict[str, list[str]]:
    """The export, headers left out, each file sorted."""
    call_command("export_council", code, str(folder), stdout=StringIO())
    return {file.name: sorted(file.read_text().splitlines()[1:]) for file in folder.iterdir()}


def test_says_on_its_last_line_what_is_there(tmp_path: Path) -> None:
    last = load(tmp_path, make_folder()).splitlines()[-1]
    assert (
        last
        == "Ashdown Council (ASH) is loaded. People: 2. Clusters: 1. Documents: 1. Lines accepted: 1, held: 0."
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_comes_out_as_slow_fractions_work_it_out(seed: int, tmp_path: Path) -> None:
    files = throw_folder(seed)
    expected = Reckoning(files).answers()
    load(tmp_path / "in", files)
    found = exported(f"D{seed}", tmp_path / "out")
    assert found == expected


def test_the_dice_throw_every_reason_there_is() -> None:
    held = [line for seed in (1, 2, 3) for line in Reckoning(throw_folder(seed)).answers()["held.csv"]]
    judged = set(HoldReason.values) - {HoldReason.VISIT_DISPUTED}  # that one a member says, no rule
    assert {line.rsplit(",", 1)[1] for line in held} == judged


def test_comes_out_so_too_where_nothing_runs_out(tmp_path: Path) -> None:
    files = throw_folder(4, is_plain=True)
    expected = Reckoning(files).answers()
    load(tmp_path / "in", files)
    assert exported("D4", tmp_path / "out") == expected
    assert not [line for line in expected["held.csv"] if line.endswith("insufficient_funds")]


def test_takes_a_service_that_two_contracts_share_differently(tmp_path: Path) -> None:
    load(tmp_path, throw_folder(1))
    terms = SharingTerm.objects.filter(agreement__cluster__ref="CL-1", service_code="HC-HOUR")
    assert dict(terms.values_list("contract_ref", "rule")) == {"K-11": "by_use", "K-12": "by_pledge"}
    assert set(terms.model.objects.filter(service_code="SESSION").values_list("contract_ref")) == {("",)}


def test_changes_nothing_when_the_same_folder_comes_again(tmp_path: Path) -> None:
    load(tmp_path, make_folder())
    entries = Entry.objects.count()
    assert "loaded already" in load(tmp_path, make_folder())
    assert (Council.objects.count(), Entry.objects.count(), Invoice.objects.count()) == (1, entries, 1)


def test_refuses_other_contents_for_a_council_that_is_here(tmp_path: Path) -> None:
    load(tmp_path, make_folder())
    other = make_folder()
    other["people.csv"] += "P-3,Cem Kaya\n"
    assert "here already, with other contents" in refusal(tmp_path, other)


def test_says_everything_that_is_wrong_at_once_with_file_and_line(tmp_path: Path) -> None:
    files = make_folder()
    del files["providers.csv"]
    files["people.csv"] = 'person_ref,name\nP-1,"Amina\nP-2,Bob Lane\nP-2,Bob Again\n'
    files["budgets.csv"] = files["budgets.csv"].replace(
        "2027-04-01,council,100000\nP-2", "soon,council,1e5\nP-2"
    )
    files["memberships.csv"] += (
        "M-3,CL-9,P-2,2026-04-01,\nM-4,CL-1,P-2,2026-05-01,\nM-5,CL-1,P-9,2026-05-01,x\n"
    )
    files["pledges.csv"] += (
        "M-2,council,50000,2026-04-01\nM-2,health,1,2026-04-01\nM-2,council,1,2028-01-01\n"
    )
    files["contract_services.csv"] += "K-1,SESSION,Again,session,1,equal\nK-1,X,X,x,-1,evenly\n"
    files["invoices.jsonl"] += '{"type": "invoice"\n'
    said = refusal(tmp_path, files).splitlines()
    assert said == [
        "Nothing was loaded. What is wrong:",
        "people.csv, line 2: It cannot be read: a quote is not closed or stands inside a cell, or a cell is far too "
        "long.",
        "people.csv, line 4: P-2 is on line 3 already.",
        "budgets.csv, line 2: ends must be a date like 2026-04-30.",
        "budgets.csv, line 2: annual_pence must be a whole number.",
        "budgets.csv, line 2: person_ref P-1 is not in people.csv.",
        "providers.csv: is missing from the folder.",
        "memberships.csv, line 2: person_ref P-1 is not in people.csv.",
        "memberships.csv, line 4: cluster_ref CL-9 is not in clusters.csv.",
        "memberships.csv, line 5: P-2 is in CL-1 at that time already, by line 3.",
        "memberships.csv, line 6: left_date must be a date like 2026-04-30.",
        "memberships.csv, line 6: person_ref P-9 is not in people.csv.",
        "pledges.csv, line 4: P-2 pledges 10000 pence more from council than their budget has.",
        "pledges.csv, line 5: P-2 has no money from health on 2026-04-01.",
        "pledges.csv, line 6: P-2 has no budget on 2028-01-01.",
        "contract_services.csv, line 3: K-1 SESSION is on line 2 already.",
        "contract_services.csv, line 4: unit_rate_pence must be between 0 and 1000000000000.",
        "contract_services.csv, line 4: sharing_rule must be one of by_pledge, by_use, equal.",
        "invoices.jsonl, line 2: the document: This is not JSON: Expecting ',' delimiter at line 1, column 19.",
    ]


def test_says_with_all_else_which_files_are_there_and_cannot_be_read(tmp_path: Path) -> None:
    files = make_folder()
    for name in ("people.csv", "budgets.csv", "providers.csv"):
        del files[name]
    (tmp_path / "people.csv").mkdir()
    (tmp_path / "streams.csv").symlink_to(tmp_path / "nowhere.csv")
    (tmp_path / "budgets.csv").symlink_to(tmp_path / "budgets.csv")
    assert refusal(tmp_path, files).splitlines()[1:] == [
        "people.csv: is no file that can be read.",
        "budgets.csv: is no file that can be read.",
        "providers.csv: is missing from the folder.",
        "streams.csv: is no file that can be read.",
    ]


def without(name: str) -> Callable[[Files], None]:
    """Take a file away."""

    def change(files: Files) -> None:
        del files[name]

    return change


def replaced(name: str, old: str, new: str) -> Callable[[Files], None]:
    """Change some words of a file."""

    def change(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new)

    return change


def added(document: dict[str, object]) -> Callable[[Files], None]:
    """Add a document at the end."""

    def change(files: Files) -> None:
        files["invoices.jsonl"] += json.dumps(document) + "\n"

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (without("council.json"), "council.json: is missing from the folder."),
        (without("invoices.jsonl"), "invoices.jsonl: is missing from the folder."),
        (replaced("council.json", '"ASH"', '""'), "council.json: code is missing"),
        (replaced("council.json", "2027-04-01", "2026-04-01"), "year_ends must be after year_starts"),
        (replaced("council.json", '"code"', '"code": "X", "code"'), "used twice in one object"),
        (replaced("people.csv", "name", "nom"), "people.csv, line 1: The column name is missing."),
        (
            replaced("people.csv", "P-2,Bob", "P-2,x,Bob"),
            "people.csv, line 3: There are 3 cells where 2 columns",
        ),
        (replaced("people.csv", "P-2", "P-é"), "people.csv, line 3: person_ref must be at most 40 plain"),
        (replaced("people.csv", "Bob Lane", ""), "people.csv, line 3: name is empty."),
        (
            replaced("people.csv", "Bob", "B\x00b"),
            "people.csv, line 3: name holds a sign that cannot be shown",
        ),
        (
            replaced("budgets.csv", "P-2,2026-04-01,2027", "P-2,2028-04-01,2027"),
            "line 3: ends must be after starts",
        ),
        (
            replaced("budgets.csv", "2,2026-04-01", "2,2026-02-30"),
            "line 3: starts is not a day of the calendar",
        ),
        (
            replaced("budgets.csv", "P-2,2026", "P-1,2026-05-01,2027-04-01,council,1\nP-2,2026"),
            "overlaps the one",
        ),
        (
            replaced("budgets.csv", "council,100000\nP-2", "council,100.00\nP-2"),
            "annual_pence must be a whole number",
        ),
        (
            replaced("budgets.csv", "council,100000\nP-2", "council,١٠٠\nP-2"),
            "annual_pence must be a whole number",
        ),
        (
            replaced("contracts.csv", "PR-1", "PR-2"),
            "contracts.csv, line 2: provider_ref PR-2 is not in providers",
        ),
        (
            replaced("memberships.csv", "P-2,2026-04-01,", "P-2,2026-04-02,2026-04-01"),
            "left_date is before joined",
        ),
        (added(make_document(total_pence=1)), "invoices.jsonl, line 2: /total_pence"),
        (added(make_document(issue_date="2026-05-01")), "line 2: Number INV-1 is on line 1 already"),
        (
            added(make_document(number="I-2", contract_ref="K-9")),
            "line 2: Provider PR-1 has no contract K-9.",
        ),
        (
            added(make_document(number="I-2", provider_ref="PR-9")),
            "line 2: Provider PR-9 has no contract K-1.",
        ),
        (
            added(make_document(number="I-2", total_pence=float("nan"))),
            "line 2: the document: NaN is not a number.",
        ),
    ],
)
def test_refuses_a_folder_whole(change: Callable[[Files], None], why: str, tmp_path: Path) -> None:
    files = make_folder()
    change(files)
    assert why in refusal(tmp_path, files)


def test_refuses_a_credit_note_that_comes_before_its_invoice(tmp_path: Path) -> None:
    credit = make_document(type="credit_note", number="CN-1", corrects="INV-2", total_pence=-1)
    credit["lines"] = [credit["lines"][0] | {"amount_pence": -1, "units": "0", "corrects_line": 1}]
    files = make_folder()
    files["invoices.jsonl"] = "\n".join(json.dumps(each) for each in (credit, make_document(number="INV-2")))
    assert "invoices.jsonl, line 1: It corrects INV-2, which is no earlier invoice" in refusal(
        tmp_path, files
    )


def test_refuses_bytes_that_are_not_utf8_and_complains_of_nothing_that_follows_from_it(
    tmp_path: Path,
) -> None:
    write_folder(tmp_path, make_folder())
    (tmp_path / "people.csv").write_bytes("person_ref,name\nP-1,Zoë\n".encode("latin-1"))
    with pytest.raises(CommandError, match=r"people\.csv, line 2: is not UTF-8 text") as refused:
        call_command("load_council", str(tmp_path), stdout=StringIO())
    assert "is not in people.csv" not in str(refused.value)


def test_takes_a_mark_at_the_start_and_carriage_returns_as_spreadsheets_write_them(tmp_path: Path) -> None:
    files = make_folder()
    files["people.csv"] = "\ufeff" + files["people.csv"].replace("\n", "\r\n")
    (write_folder(tmp_path, files) / "people.csv").write_bytes(files["people.csv"].encode())
    call_command("load_council", str(tmp_path), stdout=StringIO())
    assert set(Person.objects.values_list("name", flat=True)) == {"Amina Yusuf", "Bob Lane"}


def test_takes_columns_in_any_order_and_leaves_unknown_ones_alone(tmp_path: Path) -> None:
    files = make_folder()
    files["contracts.csv"] = (
        "note,ends,starts,provider_ref,cluster_ref,contract_ref,weekly_pence\n"
        "hello,2027-04-01,2026-04-01,PR-1,CL-1,K-1,34440\n"
    )
    load(tmp_path, files)
    assert Contract.objects.get().weekly_pence == 34440


def test_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_council", str(tmp_path / "nowhere"), stdout=StringIO())
