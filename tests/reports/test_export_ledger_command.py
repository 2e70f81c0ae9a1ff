"""`manage.py export_ledger`: entries into a file, or a clear sentence and nothing."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.rules.hand_over import Format
from tests.people.makers import make_council
from tests.reports.handing_over import close_may, handed, make_busy_desk, read_beancount, read_csv
from tests.reports.makers import MAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


def export(*arguments: str) -> str:
    """Run the command and give what it said."""
    said = StringIO()
    call_command("export_ledger", *arguments, stdout=said)
    return said.getvalue()


def test_writes_the_days_and_says_so_in_its_last_line(tmp_path: Path) -> None:
    council, out = make_busy_desk().council, tmp_path / "may.csv"
    said = export(council.code, "2026-05-01", "2026-05-31", "--format", "csv", "--out", str(out))
    rows = read_csv(out.read_bytes().decode())
    pence = sum(int(row["debit_pence"] or 0) for row in rows)
    count = len({row["entry_key"] for row in rows})
    assert said.splitlines() == [
        "Some of these days are open: more may still come in.",
        f"{count} entries of {council.name} from 2026-05-01 to 2026-05-31 are in {out}; "
        f"debits and credits are £{pence / 100:,.2f} each.",
    ]
    assert list(tmp_path.iterdir()) == [out]


def test_writes_a_closed_month_the_same_each_time(tmp_path: Path) -> None:
    council = make_busy_desk().council
    close_may(council)
    files = [tmp_path / name for name in ("one", "two")]
    said = [export(council.code, "2026-05", "--format", "beancount", "--out", str(file)) for file in files]
    assert all("These days are closed: the file will always be the same." in words for words in said)
    assert files[0].read_bytes() == files[1].read_bytes() == handed(council, Format.BEANCOUNT, MAY).encode()
    assert read_beancount(files[0].read_text())


@pytest.mark.parametrize(
    ("arguments", "out", "words"),
    [
        (("NO", "2026-05"), "x", "There is no council with the code NO."),
        (("FAI", "May"), "x", "Say the last day too, or name a month like 2026-05 instead of May."),
        (("FAI", "2026-05-01"), "x", "Say the last day too"),
        (("FAI", "2026-05-01", "2026-04-30"), "x", "2026-04-30 is before 2026-05-01."),
        (("FAI", "2026-05-01", "2026-05-32"), "x", "2026-05-32 is not a day."),
        (("FAI", "20260501", "2026-05-31"), "x", "20260501 is not a day."),
        (("FAI", "2026-05-01", "9999-12-31"), "x", "9999-12-31 is not a day."),
        (("FAI", "2026-07"), "x", "2026-07 has not come yet."),
        (("FAI", "2026-05"), "no/such/folder/x", "cannot be written"),
        (("FAI", "2026-05"), ".", "is a folder"),
    ],
)
def test_refuses_with_a_sentence_and_writes_nothing(
    arguments: tuple[str, ...], out: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_council(code="FAI")
    with pytest.raises(CommandError, match=words) as refusal:
        export(*arguments, "--format", "csv", "--out", out)
    assert str(refusal.value).endswith("Nothing was written.")
    assert list(tmp_path.iterdir()) == []


def test_knows_three_formats_only(tmp_path: Path) -> None:
    make_council(code="FAI")
    with pytest.raises(CommandError, match="invalid choice: 'pdf'"):
        export("FAI", "2026-05", "--format", "pdf", "--out", str(tmp_path / "x"))
