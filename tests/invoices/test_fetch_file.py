"""Fetching the file that makes the bank pay: of an approved run, by finance officers, and every time written down."""

from datetime import UTC, date, datetime

import pytest

from invoices.actions.pay import (
    UnableToFetch,
    approve_run,
    cancel_run,
    fetch_file,
    leave_out,
    review_run,
    send_back,
    settle,
)
from invoices.models import PayingAccount, PaymentRun, RunStep
from tests.guards import assert_refused
from tests.invoices.paying import AT, PAY_DATE, Desk, make_desk, make_draft, make_sent
from tests.people.makers import make_commissioner

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 6, 2, 9, tzinfo=UTC)


def fetch(run: PaymentRun, desk: Desk, kind: str = "csv") -> str:
    """What is in the file that Farah fetches."""
    return fetch_file(run=run, kind=kind, by=desk.farah, on=date(2026, 6, 2), at=LATER).content


def steps(run: PaymentRun) -> list[str]:
    """What was done with a run, in order."""
    return list(run.events.order_by("pk").values_list("step", flat=True))


@pytest.mark.parametrize(("kind", "ending"), [("csv", "csv"), ("bacs", "txt")])
def test_gives_what_the_bank_is_to_pay(kind: str, ending: str) -> None:
    desk = make_desk(amounts=(60_00, 40_00))
    run = make_sent(desk)
    given = fetch_file(run=run, kind=kind, by=desk.farah, on=date(2026, 6, 2), at=LATER)
    assert given.name == f"payment-run-1-2026-06-04.{ending}"
    assert run.payments.get().reference in given.content
    assert ("100.00" if kind == "csv" else "00000010000") in given.content


def test_writes_down_every_fetch_and_every_step() -> None:
    desk = make_desk()
    run = make_sent(desk)
    fetch(run, desk)
    fetch(run, desk, "bacs")
    assert steps(run) == ["drafted", "reviewed", "approved", "sent", "fetched", "fetched"]
    last = run.events.order_by("pk").last()
    assert last is not None
    assert (last.detail, last.acted_by, last.happened_at) == ("Bacs Standard 18", desk.farah, LATER)


def test_notes_why_something_was_left_out_sent_back_and_cancelled() -> None:
    desk = make_desk()
    run = send_back(
        run=review_run(run=make_draft(desk), by=desk.farah, at=AT), reason="Too much", by=desk.frank, at=AT
    )
    leave_out(payment=run.payments.get(), reason="New bank", by=desk.farah, at=AT)
    cancel_run(run=run, reason="Empty", by=desk.farah, at=AT)
    assert list(run.events.order_by("pk").values_list("step", "detail"))[2:] == [
        (RunStep.SENT_BACK, "Too much"),
        (RunStep.LEFT_OUT, f"{desk.provider}: New bank"),
        (RunStep.CANCELLED, "Empty"),
    ]


def test_gives_an_approved_run_before_it_is_said_to_be_sent() -> None:
    desk = make_desk()
    run = approve_run(run=review_run(run=make_draft(desk), by=desk.farah, at=AT), by=desk.frank, at=AT)
    with pytest.raises(UnableToFetch, match="which bank account"):
        fetch(run, desk)
    PayingAccount.objects.create(
        council=desk.council,
        account_name="Us",
        sort_code="100000",
        account_number="1" * 8,
        set_by="user:test",
    )
    assert "100.00" in fetch(run, desk)
    with pytest.raises(UnableToFetch, match="service user number"):
        fetch(run, desk, "bacs")
    assert steps(run)[3:] == ["fetched"]


def test_gives_no_file_before_two_people_agreed_nor_after_it_is_paid() -> None:
    desk = make_desk()
    with pytest.raises(UnableToFetch, match="once it is approved"):
        fetch(make_draft(desk), desk)
    cancel_run(run=PaymentRun.objects.get(), reason="Again", by=desk.farah, at=AT)
    run = make_sent(desk)
    settle(payment=run.payments.get(), paid_date=PAY_DATE, on=PAY_DATE, at=LATER, by="system:bank")
    with pytest.raises(UnableToFetch, match="“Paid”"):
        fetch(run, desk)


def test_gives_it_to_finance_officers_alone() -> None:
    desk = make_desk()
    run = make_sent(desk)
    with pytest.raises(UnableToFetch, match="finance officer"):
        fetch_file(
            run=run, kind="csv", by=make_commissioner(council=desk.council), on=date(2026, 6, 2), at=LATER
        )
    assert "fetched" not in steps(run)


def test_lets_nobody_change_what_was_done() -> None:
    make_draft(make_desk())
    assert_refused("UPDATE invoices_runevent SET detail = 'x'", match="is kept")
