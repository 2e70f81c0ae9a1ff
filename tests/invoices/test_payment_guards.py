"""PostgreSQL holds payments too: going round Django on purpose."""

import psycopg
import pytest

from invoices.actions.pay import approve_run, review_run, settle
from invoices.models import Hold, HoldReason, InvoiceLine, PaymentRun
from providers.models import PayeeAccount
from tests.guards import SEALED, assert_kept, assert_refused, run_sql
from tests.invoices.paying import (
    AT,
    ON,
    PAY_DATE,
    Desk,
    bill,
    make_desk,
    make_draft,
    make_officer,
    make_payee,
    make_sent,
)
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db
SET_STATE = "UPDATE invoices_paymentrun SET state = %s WHERE id = %s"


@pytest.fixture
def desk() -> Desk:
    """A provider that is owed a hundred pounds, and who pays it."""
    return make_desk()


@pytest.fixture
def run(desk: Desk) -> PaymentRun:
    """A draft."""
    return make_draft(desk)


def test_a_run_begins_as_a_draft(desk: Desk) -> None:
    assert_refused(
        "INSERT INTO invoices_paymentrun (council_id, number, pay_date, state, made_by_id, ended_by, note, reviewed_at,"
        " reviewed_by_id) VALUES (%s, 9, %s, 'reviewed', %s, '', '', now(), %s)",
        *(desk.council.pk, PAY_DATE, desk.farah.pk, desk.farah.pk),
        match="begins as a draft",
    )


@pytest.mark.parametrize("state", ["approved", "sent", "paid"])
def test_a_run_skips_no_step(run: PaymentRun, state: str) -> None:
    assert_refused(
        "UPDATE invoices_paymentrun SET state = %s, reviewed_at = now(), reviewed_by_id = made_by_id,"
        " approved_at = now(),"
        " approved_by_id = %s, sent_at = now() WHERE id = %s",
        *(state, make_officer(council=run.council).pk, run.pk),
        match="does not go from draft to",
    )


def test_a_run_says_who_agreed(run: PaymentRun) -> None:
    assert_refused(SET_STATE, "reviewed", run.pk, match="invoices_run_says_who_reviewed_it")


def test_nobody_approves_what_they_made_or_reviewed(desk: Desk, run: PaymentRun) -> None:
    review_run(run=run, by=desk.frank, at=AT)
    for one in (desk.farah, desk.frank):
        assert_refused(
            "UPDATE invoices_paymentrun SET state = 'approved', approved_at = now(), approved_by_id = %s WHERE id = %s",
            *(one.pk, run.pk),
            match="invoices_run_is_approved_by_another",
        )


def test_nothing_on_hold_is_approved(desk: Desk, run: PaymentRun) -> None:
    review_run(run=run, by=desk.farah, at=AT)
    line = InvoiceLine.objects.earliest("line_number")
    Hold.objects.create(line=line, reason=HoldReason.DUPLICATE_LINE, owner="finance_officer", due_date=ON)
    assert_refused(
        "UPDATE invoices_paymentrun SET state = 'approved', approved_at = now(), approved_by_id = %s WHERE id = %s",
        *(desk.frank.pk, run.pk),
        match="held, or was taken back",
    )


def test_what_a_run_says_stays(desk: Desk, run: PaymentRun) -> None:
    assert_refused(
        "UPDATE invoices_paymentrun SET number = 7 WHERE id = %s", run.pk, match="stays as it was agreed"
    )
    review_run(run=run, by=desk.farah, at=AT)
    assert_refused(
        "UPDATE invoices_paymentrun SET state = 'draft', pay_date = '2027-01-01' WHERE id = %s",
        run.pk,
        match="stays as it was agreed",
    )


def test_a_run_is_paid_once_all_of_it_is(desk: Desk) -> None:
    run = make_sent(desk)
    assert_refused(SET_STATE, "paid", run.pk, match="not paid yet")


def test_a_payment_is_put_into_a_draft_only(desk: Desk, run: PaymentRun) -> None:
    other = make_provider(council=desk.council)
    payee = make_payee(provider=other)
    approve_run(run=review_run(run=run, by=desk.farah, at=AT), by=desk.frank, at=AT)
    assert_refused(
        "INSERT INTO invoices_payment (run_id, provider_id, payee_id, reference, amount_pence, state, note)"
        " VALUES (%s, %s, %s, 'CP99999ABC', 5, 'planned', '')",
        *(run.pk, other.pk, payee.pk),
        match="put into a draft",
    )


def test_a_payment_goes_to_the_provider_s_own_checked_account(desk: Desk, run: PaymentRun) -> None:
    other = make_provider(council=desk.council)
    insert = (
        "INSERT INTO invoices_payment (run_id, provider_id, payee_id, reference, amount_pence, state, note)"
        " VALUES (%s, %s, %s, 'CP99999ABC', 5, 'planned', '')"
    )
    somebody_s = run.payments.get().payee_id
    assert_refused(insert, run.pk, other.pk, somebody_s, match="its own checked account")
    unchecked = PayeeAccount.objects.create(
        provider=other, account_name="X", sort_code="200000", account_number="00000001", given_by=desk.farah
    )
    assert_refused(insert, run.pk, other.pk, unchecked.pk, match="its own checked account")


@pytest.mark.parametrize(
    "change", ["amount_pence = 1", "payee_id = gen_random_uuid()", "reference = 'CP00000000'"]
)
def test_what_a_payment_says_stays(run: PaymentRun, change: str) -> None:
    assert_refused(
        f"UPDATE invoices_payment SET {change} WHERE run_id = %s",
        run.pk,
        match="stays as it was agreed",
    )


def test_a_payment_is_the_sum_of_its_lines_and_nothing_is_added(desk: Desk, run: PaymentRun) -> None:
    bill(desk.contract, 20_00)
    line = InvoiceLine.objects.get(amount_pence=20_00)
    assert_refused(
        "INSERT INTO invoices_paymentitem (payment_id, line_id, amount_pence, is_live) VALUES (%s, %s, 2000, true)",
        *(run.payments.get().pk, line.pk),
        match="the sum of its lines",
    )
    assert_refused(
        "INSERT INTO invoices_paymentitem (payment_id, line_id, amount_pence, is_live) VALUES (%s, %s, 1, true)",
        *(run.payments.get().pk, line.pk),
        match="paid in full",
    )


def test_a_payment_is_for_something(desk: Desk, run: PaymentRun) -> None:
    other = make_provider(council=desk.council)
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")  # as at the end of a transaction
    assert_refused(
        "INSERT INTO invoices_payment (run_id, provider_id, payee_id, reference, amount_pence, state, note)"
        " VALUES (%s, %s, %s, 'CP99999ABC', 5, 'planned', '')",
        *(run.pk, other.pk, make_payee(provider=other).pk),
        match="the sum of its lines",
    )


def test_an_accepted_line_that_somebody_asks_about_is_not_put_into_a_payment(
    desk: Desk, run: PaymentRun
) -> None:
    bill(desk.contract, 20_00)
    line = InvoiceLine.objects.get(amount_pence=20_00)
    Hold.objects.create(line=line, reason=HoldReason.VISIT_DISPUTED, owner="finance_officer", due_date=ON)
    assert_refused(
        "INSERT INTO invoices_paymentitem (payment_id, line_id, amount_pence, is_live) VALUES (%s, %s, 2000, true)",
        *(run.payments.get().pk, line.pk),
        match="A held line is not paid",
    )


def test_a_line_is_paid_once(desk: Desk) -> None:
    payment = make_sent(desk).payments.get()
    item = payment.items.earliest("amount_pence")
    assert_refused(
        "INSERT INTO invoices_paymentitem (payment_id, line_id, amount_pence, is_live) VALUES (%s, %s, %s, true)",
        *(payment.pk, item.line_id, item.amount_pence),
        match="invoices_line_is_paid_once",
    )


def test_an_item_ends_only_with_its_payment(run: PaymentRun) -> None:
    assert_refused("UPDATE invoices_paymentitem SET is_live = false", match="is kept")
    assert_refused("UPDATE invoices_paymentitem SET amount_pence = 1", match="is kept")


def test_a_payment_is_paid_by_an_entry_of_its_own_amount(desk: Desk) -> None:
    payment = make_sent(desk).payments.get()
    wrong = InvoiceLine.objects.earliest("line_number").entry_id
    assert_refused(
        "UPDATE invoices_payment SET state = 'paid', entry_id = %s, paid_date = '2026-06-04' WHERE id = %s",
        *(wrong, payment.pk),
        match="do not move what this payment pays",
    )
    assert_refused(
        "UPDATE invoices_payment SET state = 'paid', paid_date = '2026-06-04' WHERE id = %s",
        payment.pk,
        match="do not move|invoices_payment_is_posted_once_paid",
    )


def test_bank_details_stay_and_are_checked_by_another(desk: Desk) -> None:
    account = desk.provider.payee_accounts.get()
    assert_refused(f"UPDATE providers_payeeaccount SET sort_code = '{SEALED}'", match="new row")
    fresh = PayeeAccount.objects.create(
        provider=desk.provider,
        account_name="X",
        sort_code="200000",
        account_number="00000001",
        given_by=desk.farah,
    )
    assert_refused(
        "UPDATE providers_payeeaccount SET checked_at = now(), checked_by_id = given_by_id, how_checked = 'x'"
        " WHERE id = %s",
        fresh.pk,
        match="providers_payee_account_is_checked_by_another",
    )
    for sort_code, match in (
        ("", "providers_payee_account_can_be_paid_into"),
        ("123456", "sealed_text_is_sealed"),
    ):
        assert_refused(
            "INSERT INTO providers_payeeaccount (provider_id, account_name, sort_code, account_number, given_by_id,"
            " how_checked) VALUES (%s, %s, %s, %s, %s, '')",
            *(desk.provider.pk, SEALED, sort_code, SEALED, desk.farah.pk),
            match=match,
        )
    assert account.checked_by_id != account.given_by_id


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_can_be_taken_away(owner_connection: psycopg.Connection) -> None:
    desk = make_desk()
    settle(payment=make_sent(desk).payments.get(), paid_date=PAY_DATE, on=PAY_DATE, at=AT, by="system:bank")
    for name in ("paymentrun", "payment", "paymentitem", "payingaccount", "runevent"):
        assert_kept(owner_connection, f"invoices_{name}")
    assert_kept(owner_connection, "providers_payeeaccount")
