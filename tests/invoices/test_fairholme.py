"""The made-up council Fairholme: loaded and exported again, it gives the figures another program worked out."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from clusters.models import Membership, Pledge
from ledger.models import Entry
from people.models import Council

pytestmark = pytest.mark.django_db

FAIRHOLME = Path(__file__).resolve().parents[3] / "shared" / "data" / "fairholme"


@pytest.fixture
def fairholme() -> Path:
    """The folder with the council and the answers."""
    if not FAIRHOLME.is_dir():
        pytest.skip("The folder ../shared/data/fairholme with the made-up council is not here.")
    return FAIRHOLME


def load(folder: Path) -> str:
    said = StringIO()
    call_command("load_council", str(folder), stdout=said)
    return said.getvalue()


def sorted_lines(file: Path) -> list[bytes]:
    return sorted(file.read_bytes().splitlines(keepends=True))


def test_comes_out_as_another_program_worked_it_out(fairholme: Path, tmp_path: Path) -> None:
    load(fairholme)
    call_command("export_council", "FAI", str(tmp_path), stdout=StringIO())
    expected = {file.name for file in (fairholme / "expected").iterdir()}
    assert {file.name for file in tmp_path.iterdir()} == expected
    assert expected >= {"shares.csv", "held.csv", "left.csv", "spent-2026-04.csv", "spent-2026-05.csv"}
    for name in expected:
        assert sorted_lines(tmp_path / name) == sorted_lines(fairholme / "expected" / name), name


def test_loads_once_however_often_it_is_asked(fairholme: Path) -> None:
    first, entries = load(fairholme), Entry.objects.count()
    again = load(fairholme)
    assert "Documents: 22. Lines accepted: 150, held: 27." in first
    assert "loaded already from this very folder. Nothing was changed." in again
    assert Entry.objects.count() == entries
    assert Council.objects.count() == 1


def test_leaves_books_that_prove_themselves(fairholme: Path) -> None:
    load(fairholme)
    said = StringIO()
    call_command("check_books", stdout=said)
    assert "All books are right" in said.getvalue()


def test_loads_plans_and_agreements_as_given(fairholme: Path) -> None:
    load(fairholme)
    for membership in Membership.objects.all():
        assert membership.plan_agreements.get().is_loaded
        agreement = membership.cluster.agreements.get()
        assert agreement.is_loaded
        assert agreement.signed_date is not None
    assert all(
        pledge.entry.key.startswith(f"pledge:{pledge.membership_id}:") for pledge in Pledge.objects.all()
    )
