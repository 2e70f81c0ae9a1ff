"""Reading pages and reports in tests."""

import os
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from people.models import Council, User
from reconciliation.actions import close_month, sign
from reports.checks import how_to_install, missing_packages
from reports.queries import council_report
from reports.rules.commissioning import CommissioningReport
from reports.rules.sections import sections_of
from reports.rules.tables import Row
from tests.reconciliation.makers import count, make_finance_officer
from tests.reports.makers import JUNE_2, MAY
from tests.visiting import as_user

NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)


def need_pdf_library() -> None:
    """Go on only where PDFs can be drawn: else the test is skipped on one's own machine and fails in CI."""
    missing = missing_packages()
    if missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(how_to_install(missing))


def signed_in(user: User) -> Client:
    """A browser somebody has signed in with."""
    return as_user(user)


def words_of(page: bytes) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def report_of(council: Council) -> CommissioningReport:
    """May's report of a council."""
    return council_report(council=council, month=MAY, on=JUNE_2)


def rows_of(report: CommissioningReport, key: str) -> list[Row]:
    """The rows of one part, as they leave the council."""
    [section] = [section for section in sections_of(report) if section.key == key]
    return list(section.table.rows) if section.table else []


def sign_off(council: Council, month_start: date, *, close: bool = False) -> None:
    """Count a month, sign it, and close it where asked."""
    officer = make_finance_officer(council=council)
    month_end = count(council, start_date=month_start, on=JUNE_2)
    sign(month_end=month_end, by=officer, on=JUNE_2, at=NOON)
    if close:
        close_month(month_end=month_end, by=officer, at=NOON)
