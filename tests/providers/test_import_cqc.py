"""Importing the regulator's directory: repeatable, and what is wrong in it is told by line."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from providers.actions.import_cqc import COLUMNS
from providers.models import CqcLocation, CqcRating
from providers.queries import standing_of
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db

LINCOLNSHIRE = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "cqc" / "lincolnshire_with_ratings.csv"
)
GOOD = dict.fromkeys(COLUMNS, "") | {
    "Location ID": "1-77",
    "Location Name": "Elm House",
    "Care Home?": "Y",
    "Location Type": "Social Care Org",
    "Location Street Address": "2 Elm Street",
    "Service / Population Group": "Overall",
    "Domain": "Overall",
    "Latest Rating": "Good",
    "Publication Date": "03/09/2026",
    "Inherited Rating (Y/N)": "N",
    "URL": "https://www.cqc.org.uk/location/1-77",
    "Provider ID": "1-9",
    "Provider Name": "Elm Care Ltd",
}


def imported(file: Path) -> str:
    said = StringIO()
    call_command("import_cqc", str(file), stdout=said)
    return said.getvalue()


def write(folder: Path, *rows: dict[str, str]) -> Path:
    """A directory file with these changes to a good row, one row each."""
    file = folder / "directory.csv"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=[*COLUMNS, "Brand Name"])
        writer.writeheader()
        writer.writerows(GOOD | row for row in rows)
    return file


@pytest.fixture
def lincolnshire() -> Path:
    """The extract of the regulator's directory."""
    if not LINCOLNSHIRE.is_file():
        pytest.skip("The extract ../shared/data/cqc/lincolnshire_with_ratings.csv is not here.")
    return LINCOLNSHIRE


def test_imports_the_real_extract_whole(lincolnshire: Path) -> None:
    said = imported(lincolnshire)
    assert said.startswith(
        "4,159 rows imported: 478 new locations and 0 changed, 4,159 new ratings and 0 changed."
    )
    assert CqcRating.objects.filter(publication_date=None).count() == 60
    assert CqcLocation.objects.get(pk="1-10041249501").cqc_provider_name == "MSP Case Management Ltd"


def test_changes_nothing_when_it_comes_again(lincolnshire: Path) -> None:
    imported(lincolnshire)
    before = (
        list(CqcRating.objects.order_by("pk").values_list()),
        list(CqcLocation.objects.order_by("pk").values_list()),
    )
    assert "0 new locations and 0 changed, 0 new ratings and 0 changed." in imported(lincolnshire)
    after = (
        list(CqcRating.objects.order_by("pk").values_list()),
        list(CqcLocation.objects.order_by("pk").values_list()),
    )
    assert after == before


def test_puts_an_address_together_from_rows_that_leave_part_of_it_out(tmp_path: Path) -> None:
    imported(write(tmp_path, {}, {"Domain": "Safe", "Location Address Line 2": "Elmton"}))
    assert CqcLocation.objects.get().street_address == "2 Elm Street, Elmton"
    assert CqcRating.objects.count() == 2


def test_reads_the_month_first(tmp_path: Path) -> None:
    imported(write(tmp_path, {}))
    assert str(CqcRating.objects.get().publication_date) == "2026-03-09"


def test_adds_a_newer_rating_beside_the_earlier_one(tmp_path: Path) -> None:
    provider = make_provider(cqc_location_id="1-77")
    imported(write(tmp_path, {}))
    assert "1 new ratings and 0 changed" in imported(
        write(tmp_path, {"Latest Rating": "Inadequate", "Publication Date": "06/01/2026"})
    )
    assert CqcRating.objects.count() == 2
    assert str(standing_of(provider=provider)) == "Inadequate, 1 June 2026"


def test_puts_right_what_reads_differently_now(tmp_path: Path) -> None:
    imported(write(tmp_path, {}))
    again = {"Latest Rating": "Outstanding", "Location Name": "New Elm House"}
    assert "0 new locations and 1 changed, 0 new ratings and 1 changed." in imported(write(tmp_path, again))
    assert CqcRating.objects.get().rating == "Outstanding"
    assert CqcLocation.objects.get().name == "New Elm House"


def test_counts_a_dated_rating_above_one_without_a_day(tmp_path: Path) -> None:
    provider = make_provider(cqc_location_id="1-77")
    imported(write(tmp_path, {"Latest Rating": "Not Rated", "Publication Date": ""}))
    assert str(standing_of(provider=provider)) == "Not Rated"
    imported(write(tmp_path, {}))
    assert str(standing_of(provider=provider)) == "Good, 9 March 2026"


def test_lists_bad_rows_by_line_and_imports_the_good_ones(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        {},
        {"Publication Date": "13/01/2026", "Domain": "Safe"},
        {"Location ID": "", "Domain": "Caring"},
        {"Latest Rating": "Inadequate"},
        {"Domain": "Effective", "URL": "javascript:alert(1)"},
        {"Domain": "Responsive"},
    )
    with pytest.raises(CommandError) as trouble:
        imported(file)
    assert str(trouble.value).splitlines() == [
        "All other rows are in, but 4 were left out:",
        "directory.csv, line 3: Publication Date is not a day of the calendar (the month comes first).",
        "directory.csv, line 4: Location ID is empty.",
        "directory.csv, line 5: It says another rating than line 2.",
        "directory.csv, line 6: URL must be the address of a web page.",
    ]
    assert set(CqcRating.objects.values_list("domain", "rating")) == {
        ("Overall", "Good"),
        ("Responsive", "Good"),
    }


def test_refuses_a_file_that_is_no_directory(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("name,colour\nElm,green\n")
    with pytest.raises(CommandError, match="The column Location ID is missing"):
        imported(file)
    assert CqcLocation.objects.count() == 0


def test_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        imported(tmp_path / "nothing.csv")
