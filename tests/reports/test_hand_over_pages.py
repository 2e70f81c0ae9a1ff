"""The pages of the hand-over: choose days and a program, take the file, and see and set codes."""

import pytest
from django.test import Client

from people.models import RoleKind
from reports.models import LedgerCode
from reports.views import hand_over
from tests.invoices.paying import make_desk
from tests.people.makers import make_user_with_role
from tests.reports.handing_over import close_may, make_busy_desk, make_entry, read_csv
from tests.visiting import answered, as_user, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

DAYS = {"start": "2026-05-01", "end": "2026-06-30"}
CODE = {"sort": "subjective", "code": "4210", "service_code": "SESSION", "from_date": "2026-06-01"}


def taken(client: Client, address: str, **asked: str) -> bytes:
    """What is downloaded in the end."""
    response = client.get(address, asked, follow=True)
    assert response.status_code == 200
    return response.getvalue()


def test_gives_the_file_of_the_days_that_were_chosen() -> None:
    desk = make_busy_desk()
    client = as_user(desk.farah)
    response = client.get(f"/hand-over/{desk.council.code}/", DAYS | {"form": "csv"}, follow=True)
    [(address, _)] = response.redirect_chain
    assert address == f"/hand-over/{desk.council.code}/2026-05-01/2026-06-30/csv/"
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        response.headers["Content-Disposition"]
        == f'attachment; filename="entries-{desk.council.code}-2026-05-01-2026-06-30.csv"'
    )
    days = {row["effective_date"] for row in read_csv(response.getvalue().decode())}
    assert min(days) == "2026-05-04"
    assert "2026-06-04" in days


def test_sends_a_long_file_a_piece_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_busy_desk()
    address = f"/hand-over/{desk.council.code}/2026-01-01/2026-12-31/beancount/"
    whole = taken(as_user(desk.farah), address)
    monkeypatch.setattr(hand_over, "SENT_AT_ONCE", 10)
    response = as_user(desk.farah).get(address)
    assert response.streaming
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.getvalue() == whole


def test_says_how_to_get_more_than_a_page_can_give(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_busy_desk()
    monkeypatch.setattr(hand_over, "MOST_BY_PAGE", 1)
    address = f"/hand-over/{desk.council.code}/2026-01-01/2026-12-31/csv/"
    said = taken(as_user(desk.farah), address).decode()
    assert "and a page can give 1." in said
    assert f"export_ledger {desk.council.code} 2026-01-01 2026-12-31 --format csv" in said


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            {"start": "2026-06-02", "end": "2026-06-01", "form": "csv"},
            "The last day is before the first one.",
        ),
        ({"start": "2 June", "end": "", "form": "csv"}, "Write a day, like 2026-05-28."),
        ({"start": "2026-06-02", "end": "9999-12-31", "form": "csv"}, "Write a day, like 2026-05-28."),
        (DAYS | {"form": "pdf"}, "Select a valid choice"),
        ({**DAYS}, "Choose what it is for."),
    ],
)
def test_says_what_is_amiss_with_the_days(asked: dict[str, str], words: str) -> None:
    desk = make_desk()
    said = as_user(desk.farah).get(f"/hand-over/{desk.council.code}/", asked).content.decode()
    assert "Error:" in said
    assert words in said


@pytest.mark.parametrize(
    "days", ["2026-06-02/2026-06-01/csv", "2026-06-31/2026-07-01/csv", "2026-06-01/2026-06-02/pdf"]
)
def test_has_no_file_of_what_are_no_days_or_programs(days: str) -> None:
    desk = make_desk()
    assert seen(desk.farah, f"/hand-over/{desk.council.code}/{days}/") == "404"


def test_offers_closed_months_at_once() -> None:
    desk = make_desk()
    make_entry(desk.council, reason="For the test")
    assert "No month is closed yet." in seen(desk.farah, f"/hand-over/{desk.council.code}/")
    close_may(desk.council)
    said = seen(desk.farah, f"/hand-over/{desk.council.code}/")
    assert "closed up to Monday 1 June 2026" in said
    assert f"/hand-over/{desk.council.code}/2026-01-01/2026-05-31/journal/" in said


def test_sets_a_code_and_lists_it_first() -> None:
    desk = make_desk()
    said = answered(desk.farah, f"/hand-over/{desk.council.code}/codes/new/", **CODE)
    assert "Kept. 4210 holds from 1 June 2026 on." in said
    assert said.index("service SESSION") < said.index("Personal budget")
    assert LedgerCode.objects.get(council=desk.council).set_by == desk.farah.label


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "=1"}, "Begin with a letter or a digit."),
        ({"code": ""}, "Write the code."),
        ({"from_date": "soon"}, "Write a day"),
        ({"service_code": "NONE"}, "Select a valid choice"),
    ],
)
def test_says_what_is_amiss_with_a_code(change: dict[str, str], words: str) -> None:
    desk = make_desk()
    said = answered(desk.farah, f"/hand-over/{desk.council.code}/codes/new/", **(CODE | change))
    assert "Error:" in said
    assert words in said
    assert not LedgerCode.objects.filter(council=desk.council).exists()


def test_says_that_a_closed_day_keeps_its_codes() -> None:
    desk = make_desk()
    close_may(desk.council)
    said = answered(
        desk.farah, f"/hand-over/{desk.council.code}/codes/new/", **(CODE | {"from_date": "2026-05-31"})
    )
    assert '<a href="#id_from_date">The books are closed up to that day' in said


def test_is_for_finance_officers_alone() -> None:
    desk = make_desk()
    auditor = make_user_with_role(council=desk.council, kind=RoleKind.AUDITOR)
    for address in ("", f"{desk.council.code}/", f"{desk.council.code}/codes/"):
        assert seen(auditor, f"/hand-over/{address}") == "404"
    assert desk.council.name in seen(desk.farah, "/hand-over/")
