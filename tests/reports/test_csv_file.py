"""The report as one CSV file."""

import csv
from io import StringIO

import pytest

from people.models import Council
from people.rules import safe_text
from reports.queries import council_report
from reports.rules.csv_file import csv_of
from tests.people.makers import make_council
from tests.reports.makers import JUNE_2, MAY, buy_session, make_buying_cluster


@pytest.mark.parametrize("words", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_marks_what_a_spreadsheet_would_run(words: str) -> None:
    assert safe_text(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "Home care", "3 = three", "£3.17", "Café – ünïcode"])
def test_leaves_plain_words_as_they_are(words: str) -> None:
    assert safe_text(words) == words


def file_of(council: Council) -> list[list[str]]:
    """The rows of a council's file."""
    return list(csv.reader(StringIO(csv_of(council_report(council=council, month=MAY, on=JUNE_2)))))


@pytest.mark.django_db
def test_names_every_part_in_the_first_column_and_its_columns_in_its_first_row() -> None:
    council = make_council(code="FAI", name="=Fairholme")
    _, _, contract = make_buying_cluster(council=council, name="@home", size=7)
    buy_session(contract, units="2.5")

    rows = file_of(council)

    assert rows[0][:4] == ["report", "council", "name", "cluster"]
    assert rows[1] == ["report", "FAI", "'=Fairholme", "", "", "2026-05", "provisional", "2026-06-02"]
    clusters = [row[1:] for row in rows if row[0] == "clusters"]
    assert clusters[0][:5] == [
        "Cluster",
        "Reference",
        "People this year",
        "This month (pence)",
        "This month (pounds)",
    ]
    assert clusters[1][0] == "'@home"
    assert clusters[1][2:5] == ["7", "12500", "125.00"]


@pytest.mark.django_db
def test_has_every_row_however_long_the_page_may_be() -> None:
    council = make_council()
    for number in range(30):
        _, _, contract = make_buying_cluster(council=council, name=f"Cluster {number:02d}", size=3)
        buy_session(contract)

    clusters = [row for row in file_of(council) if row[0] == "clusters"]

    assert len(clusters) == 1 + 30 + 1
    assert clusters[-1][1] == "Together"
    assert clusters[-1][4] == str(30 * 50_00)
