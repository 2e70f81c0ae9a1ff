"""`manage.py report`: the report into files, or a clear sentence and nothing."""

import logging
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.people.makers import make_council
from tests.reports.makers import buy_session, make_buying_cluster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


def report(*arguments: str, **options: object) -> str:
    """Run the command and give what it said."""
    said = StringIO()
    call_command("report", *arguments, stdout=said, **options)
    return said.getvalue()


@pytest.mark.usefixtures("pdf_library")
def test_writes_both_files_and_says_so_in_its_last_line(tmp_path: Path) -> None:
    _, _, contract = make_buying_cluster(council=make_council(code="FAI", name="Fairholme"))
    buy_session(contract)
    pdf, csv = tmp_path / "may.pdf", tmp_path / "may.csv"

    said = report("FAI", "2026-05", pdf=pdf, csv=csv)

    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "5000,50.00" in csv.read_text()
    assert said.splitlines()[-1] == f"The report of Fairholme for May 2026 is in {csv} and {pdf}."
    assert sorted(tmp_path.iterdir()) == [csv, pdf]


@pytest.mark.usefixtures("pdf_library")
def test_says_nothing_of_how_a_pdf_is_drawn(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_buying_cluster(council=make_council(code="FAI"))
    with caplog.at_level(logging.INFO):
        report("FAI", "2026-05", pdf=tmp_path / "may.pdf")
    assert caplog.messages == []


def test_writes_one_clusters_report(tmp_path: Path) -> None:
    cluster, members, contract = make_buying_cluster(council=make_council(code="FAI"))
    buy_session(contract)
    csv = tmp_path / "may.csv"

    said = report("FAI", "2026-05", csv=csv, cluster=cluster.ref)

    assert members[0].ref in csv.read_text()
    assert cluster.name in said


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (("NO", "2026-05"), {"csv": "x.csv"}, "There is no council with the code NO."),
        (("FAI", "May"), {"csv": "x.csv"}, "May is not a month. A month is written like 2026-04."),
        (("FAI", "2026-13"), {"csv": "x.csv"}, "2026-13 is not a month."),
        (("FAI", "9999-12"), {"csv": "x.csv"}, "9999-12 is not a month. A month is written like 2026-04."),
        (("FAI", "2026-07"), {"csv": "x.csv"}, "July 2026 has not begun yet."),
        (("FAI", "2026-05"), {}, "Say where the report goes"),
        (("FAI", "2026-05"), {"csv": "x.csv", "cluster": "CL-999"}, "has no cluster CL-999."),
        (("FAI", "2026-05"), {"csv": "no/such/folder/x.csv"}, "cannot be written"),
        (("FAI", "2026-05"), {"csv": "."}, "is a folder"),
        (("FAI", "2026-05"), {"csv": "x.csv", "pdf": "x.csv"}, "cannot be both"),
    ],
)
def test_refuses_with_a_sentence_and_writes_nothing(
    arguments: tuple[str, ...],
    options: dict[str, str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    make_council(code="FAI")
    paths = {name: value if name == "cluster" else Path(value) for name, value in options.items()}
    with pytest.raises(CommandError, match=words) as refusal:
        report(*arguments, **paths)
    assert str(refusal.value).endswith("Nothing was written.")
    assert list(tmp_path.iterdir()) == []
