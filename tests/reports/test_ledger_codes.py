"""Codes of finance systems: which goes on a line, from which day, and that the past keeps its own."""

from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import connection

from people.models import Council
from reports.actions import UnableToSetCode, set_ledger_code
from reports.models import LedgerCode
from reports.queries.hand_over import codes_shown
from reports.rules.hand_over import CodeRow, Codes, CodeSort, Format
from tests.guards import assert_kept, assert_refused, run_sql
from tests.invoices.paying import make_desk, make_officer
from tests.people.makers import make_commissioner, make_council
from tests.reports.handing_over import close_may, handed, make_entry, read_csv

MAY_4, JUNE_1, JUNE_10 = date(2026, 5, 4), date(2026, 6, 1), date(2026, 6, 10)
NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)
INSERT = (
    "INSERT INTO reports_ledgercode (council_id, sort, account_kind, stream_code, service_code, code, effective_date, "
    "set_by) VALUES (%s, %s, %s, '', '', %s, %s, 'psql')"
)


def make_row(
    code: str,
    *,
    account_kind: str = "",
    stream: str = "",
    service_code: str = "",
    from_date: date = MAY_4,
    is_own: bool = True,
) -> CodeRow:
    """A cost centre for some lines."""
    return CodeRow("cost_centre", account_kind, stream, service_code, code, from_date, is_own)


def code_among(rows: list[CodeRow], *, on: date = MAY_4, service_code: str = "VISIT") -> str:
    """The cost centre of a line of the council's stream that pays for a visit out of a pool."""
    return Codes(rows).code(
        "cost_centre", account_kind="pool_share", stream="council", service_code=service_code, on=on
    )


def set_code(
    council: Council, code: str, *, from_date: date, sort: CodeSort = CodeSort.COST_CENTRE
) -> LedgerCode:
    """A code for everything, set by an officer of the council."""
    officer = make_officer(council=council)
    return set_ledger_code(council=council, sort=sort, code=code, from_date=from_date, by=officer, at=NOON)


def test_takes_the_code_that_says_most_of_a_line() -> None:
    rows = [
        make_row("own"),
        make_row("kind", account_kind="pool_share"),
        make_row("stream", stream="council"),
        make_row("service", service_code="VISIT"),
        make_row("both", stream="council", service_code="VISIT"),
        make_row(
            "came-along", stream="council", service_code="VISIT", account_kind="pool_share", is_own=False
        ),
    ]
    assert [code_among(rows[:count]) for count in range(1, 7)] == [
        "own",
        "kind",
        "stream",
        "service",
        "both",
        "both",
    ]
    assert code_among(rows[::-1]) == "both"
    assert code_among(rows, service_code="MEAL") == "stream"


def test_takes_no_code_of_other_lines_or_later_days() -> None:
    others = [
        make_row("kind", account_kind="payable"),
        make_row("stream", stream="health"),
        make_row("service", service_code="MEAL"),
        make_row("later", from_date=JUNE_1),
    ]
    assert code_among(others) == ""
    assert code_among(others, on=JUNE_1) == "later"


def test_takes_the_code_that_was_set_last_for_the_same_day() -> None:
    assert code_among([make_row("typo"), make_row("right")]) == "right"
    assert code_among([make_row("new", from_date=JUNE_1), make_row("old")], on=JUNE_10) == "new"


@pytest.mark.django_db
def test_gives_another_code_from_a_day_on_and_leaves_the_days_before() -> None:
    council = make_council()
    for day in (MAY_4, JUNE_10):
        make_entry(council, reason="For the test", on=day)
    set_code(council, "CC-77", from_date=JUNE_1)
    codes = {row["effective_date"]: row["cost_centre"] for row in read_csv(handed(council, Format.CSV))}
    assert codes == {"2026-05-04": "ADULT-CARE", "2026-06-10": "CC-77"}


@pytest.mark.django_db
def test_leaves_other_councils_with_their_codes() -> None:
    council, other = make_council(), make_council()
    make_entry(council, reason="For the test")
    set_code(other, "CC-77", from_date=MAY_4)
    assert {row["cost_centre"] for row in read_csv(handed(council, Format.CSV))} == {"ADULT-CARE"}


@pytest.mark.django_db
def test_refuses_a_code_for_days_that_are_closed() -> None:
    council = make_council()
    make_entry(council, reason="For the test", on=MAY_4)
    close_may(council)
    with pytest.raises(UnableToSetCode, match="Choose 1 June 2026 or a later day") as refusal:
        set_code(council, "CC-77", from_date=date(2026, 5, 31))
    assert refusal.value.field == "from_date"
    assert set_code(council, "CC-77", from_date=JUNE_1).code == "CC-77"


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "value"), [("stream_code", "moon"), ("service_code", "NONE")])
def test_refuses_a_code_for_what_is_not_there(field: str, value: str) -> None:
    desk = make_desk()
    with pytest.raises(UnableToSetCode, match="from the list") as refusal:
        set_ledger_code(
            council=desk.council,
            sort=CodeSort.VAT,
            code="S",
            from_date=JUNE_1,
            by=desk.farah,
            at=NOON,
            **{field: value},
        )
    assert refusal.value.field == field


@pytest.mark.django_db
def test_lets_only_finance_officers_of_the_council_set_codes() -> None:
    council = make_council()
    for stranger in (make_commissioner(council=council), make_officer(council=make_council())):
        with pytest.raises(UnableToSetCode, match="Only finance officers"):
            set_ledger_code(
                council=council, sort=CodeSort.VAT, code="S", from_date=JUNE_1, by=stranger, at=NOON
            )


@pytest.mark.django_db
def test_lists_what_holds_before_what_is_over() -> None:
    council = make_council()
    for code, day in (("CC-1", MAY_4), ("CC-2", JUNE_1), ("CC-3", JUNE_10)):
        set_code(council, code, from_date=day)
    listed = [
        (one.row.code, one.last_date, one.is_over)
        for one in codes_shown(council=council, on=date(2026, 6, 2))
        if one.row.council_id
    ]
    assert listed == [
        ("CC-3", None, False),
        ("CC-2", date(2026, 6, 9), False),
        ("CC-1", date(2026, 5, 31), True),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"sort": "colour"}, "reports_code_is_of_a_known_sort"),
        ({"account_kind": "sock"}, "reports_code_is_for_a_known_kind"),
        ({"code": "=1+1"}, "reports_code_can_be_written_anywhere"),
        ({"code": "A\n"}, "reports_code_can_be_written_anywhere"),
        ({"council": None}, "come with a migration"),
    ],
)
def test_is_held_by_the_database(change: dict[str, str | None], match: str) -> None:
    values = {"council": make_council().pk, "sort": "vat", "account_kind": "", "code": "S", "from": JUNE_1}
    run_sql(INSERT, *values.values())
    assert_refused(INSERT, *(values | change).values(), match=match)


@pytest.mark.django_db
def test_begins_in_the_open_whoever_writes_it() -> None:
    council = make_council()
    make_entry(council, reason="For the test", on=MAY_4)
    close_may(council)
    assert_refused(INSERT, council.pk, "vat", "", "S", "2026-05-31", match="closed up to 2026-06-01")
    run_sql(INSERT, council.pk, "vat", "", "S", "2026-06-01")


@pytest.mark.django_db
def test_stays_as_it_was_set() -> None:
    set_code(make_council(), "CC-77", from_date=JUNE_1)
    assert_refused("UPDATE reports_ledgercode SET code = 'CC-78'", match="is refused")


@pytest.mark.django_db(transaction=True)
def test_is_kept_from_whoever_owns_it(owner_connection: psycopg.Connection) -> None:
    set_code(make_council(), "CC-77", from_date=JUNE_1)
    assert_kept(owner_connection, "reports_ledgercode")


@pytest.mark.django_db
def test_comes_along_for_every_kind_of_account() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT account_kind) FROM reports_ledgercode "
            "WHERE council_id IS NULL AND sort = 'subjective'"
        )
        assert cursor.fetchone() == (12,)
