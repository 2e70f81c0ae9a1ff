"""“This did not happen”: a member says so, it is not paid meanwhile, and what did not happen is taken back exactly."""

from datetime import date

import pytest

from clusters.models import Membership
from invoices.actions import UnableToReject, UnableToRelease, reject, release
from invoices.actions.disputes import (
    UnableToAnswer,
    UnableToDispute,
    answer_happened,
    say_not_happened,
    uphold,
)
from invoices.actions.pay import UnableToAgree, approve_run, cancel_run, review_run
from invoices.models import (
    Dispute,
    DisputeState,
    Hold,
    HoldReason,
    HoldState,
    Invoice,
    InvoiceKind,
    InvoiceLine,
)
from invoices.queries import shares_of_lines
from invoices.queries.payable import owed_to_providers, payable_lines
from ledger.models import Entry
from people.models import Notice, Scope, User
from providers.models import ProviderStaff
from reconciliation.actions import close_month, sign
from reconciliation.models import Finding, MonthEnd, Statement
from reconciliation.queries.faults import faults
from tests.clusters.makers import make_member
from tests.guards import SEALED, assert_refused
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import AT, ON, Desk, bill, make_desk, make_draft, make_sent
from tests.people.makers import make_authority, make_commissioner, make_person, make_user
from tests.reconciliation.makers import APRIL, JUNE, MAY, count

pytestmark = pytest.mark.django_db


def amina_of(desk: Desk) -> Membership:
    """The first member of the pool, who signs in."""
    membership = Membership.objects.select_related("person").get(cluster=desk.contract.cluster, ref="M-0")
    if membership.person.user is None:
        membership.person.user = make_user(name="Amina Yusuf")
        membership.person.save(update_fields=["user"])
    return membership


def line_of(desk: Desk, pence: int = 60_00) -> InvoiceLine:
    """The accepted line of so much."""
    return InvoiceLine.objects.get(invoice__contract=desk.contract, amount_pence=pence, corrects_line=None)


def dispute(desk: Desk, *, by: User | None = None, line: InvoiceLine | None = None) -> Dispute:
    """Amina says that the line of 60 pounds did not happen."""
    amina = amina_of(desk).person
    speaker = by or amina.user
    assert speaker is not None
    return say_not_happened(
        line=line or line_of(desk), person=amina, words="Nobody came", by=speaker, on=ON, at=AT
    )


def blocking(month: MonthEnd) -> list[Finding]:
    """What stops a month."""
    return list(month.findings.filter(is_blocking=True))


def letters(kind: str) -> int:
    """How many were told of a step."""
    return Notice.objects.filter(kind=kind).count()


def test_holds_what_is_not_paid_yet_and_keeps_it_out_of_payments() -> None:
    desk = make_desk()
    said = dispute(desk)
    assert said.hold is not None
    assert (said.hold.reason, said.hold.owner) == (HoldReason.VISIT_DISPUTED, "finance_officer")
    assert line_of(desk).state == "accepted"
    assert [line.amount_pence for line in payable_lines(council=desk.council)] == [40_00]
    assert make_draft(desk).payments.get().amount_pence == 40_00
    assert letters("invoices_visit_said") == 1


def test_saying_it_twice_is_said_once() -> None:
    desk = make_desk()
    assert dispute(desk) == dispute(desk)
    assert letters("invoices_visit_said") == 1


def test_stops_a_run_that_nobody_has_approved() -> None:
    desk = make_desk()
    run = review_run(run=make_draft(desk), by=desk.farah, at=AT)
    assert dispute(desk).hold is not None
    with pytest.raises(UnableToAgree, match="was held"):
        approve_run(run=run, by=desk.frank, at=AT)
    cancel_run(run=run, reason="A visit is disputed", by=desk.farah, at=AT)
    assert make_draft(desk).payments.get().amount_pence == 40_00


def test_is_a_question_once_two_people_agreed_to_pay() -> None:
    desk = make_desk()
    make_sent(desk)
    assert dispute(desk).hold is None
    assert "had agreed to pay" in Notice.objects.get(kind="invoices_visit_said").words


def test_may_be_said_by_the_member_or_who_agrees_for_them() -> None:
    desk = make_desk()
    amina = amina_of(desk).person
    for scope in (Scope.SEE, Scope.VOTE):
        stranger = make_authority(person=amina, helper=make_user(), scopes=[scope]).helper
        with pytest.raises(UnableToDispute, match="agree to things"):
            dispute(desk, by=stranger)
    helper = make_authority(person=amina, helper=make_user(), scopes=[Scope.AGREE])
    assert dispute(desk, by=helper.helper).said_by == helper.label_for


def test_is_refused_of_what_somebody_paid_no_share_of() -> None:
    desk = make_desk()
    other = make_person(council=desk.council, user=make_user())
    assert other.user is not None
    with pytest.raises(UnableToDispute, match="paid no share"):
        say_not_happened(line=line_of(desk), person=other, words="", by=other.user, on=ON, at=AT)
    assert not Hold.objects.exists()


def test_can_be_paid_again_once_it_did_happen() -> None:
    desk = make_desk()
    said = answer_happened(dispute=dispute(desk), answer="The log shows it", by=desk.farah, at=AT)
    said.refresh_from_db()
    assert (said.state, said.answered_by) == (DisputeState.STANDS, desk.farah)
    assert Hold.objects.get().state == HoldState.RELEASED
    assert sum(line.amount_pence for line in payable_lines(council=desk.council)) == 100_00
    assert "The log shows it" in Notice.objects.get(kind="invoices_visit_stands").words
    assert not Invoice.objects.filter(kind=InvoiceKind.ADJUSTMENT).exists()


@pytest.mark.parametrize("pence", [60_00, 33_34])
@pytest.mark.parametrize("is_paid", [False, True], ids=["held", "paid"])
def test_gives_every_member_exactly_what_they_paid(pence: int, is_paid: bool) -> None:
    desk = make_desk(amounts=(40_00,), streams={"council": 300_00, "health": 100_01})
    make_member(cluster=desk.contract.cluster, ref="M-2", pledged={"council": 55_55})
    bill(desk.contract, pence)
    if is_paid:
        make_sent(desk)
    line = line_of(desk, pence)
    paid = {(one.membership_ref, one.stream): one.pence for one in shares_of_lines(line_ids=[line.pk])}
    said = uphold(dispute=dispute(desk, line=line), answer="They closed early", by=desk.farah, on=ON, at=AT)
    assert said.adjustment is not None
    [back] = said.adjustment.lines.all()
    got = {(one.membership_ref, one.stream): -one.pence for one in shares_of_lines(line_ids=[back.pk])}
    assert got == paid
    assert sum(paid.values()) == pence
    assert (back.corrected_line, back.service_date) == (line, line.service_date)
    assert back.entry is not None
    assert back.entry.kind == "credit"


def test_takes_it_off_what_the_provider_is_owed() -> None:
    desk = make_desk()
    uphold(dispute=dispute(desk), answer="They closed early", by=desk.farah, on=ON, at=AT)
    [owed] = owed_to_providers(council=desk.council)
    assert (owed.amount_pence, owed.lines) == (40_00, 3)
    assert make_draft(desk).payments.get().amount_pence == 40_00
    assert Hold.objects.get().state == HoldState.UPHELD


def test_takes_back_only_what_was_not_credited_before() -> None:
    desk = make_desk()
    line = line_of(desk)
    credit = make_line(
        service_code="SESSION",
        service_date=line.service_date,
        units="-1",
        amount_pence=-20_00,
        corrects_line=1,
    )
    send(
        make_document(contract=desk.contract, lines=[credit], corrects=line.invoice.number),
        contract=desk.contract,
    )
    said = uphold(dispute=dispute(desk), answer="Closed", by=desk.farah, on=ON, at=AT)
    assert said.adjustment is not None
    assert said.adjustment.total_pence == -40_00
    again = dispute(desk)
    with pytest.raises(UnableToAnswer, match="Nothing of this line is left"):
        uphold(dispute=again, answer="Closed", by=desk.farah, on=ON, at=AT)


def test_tells_everybody_who_gets_money_back_and_the_provider() -> None:
    desk = make_desk()
    nora = make_user(name="Nora Provider")
    ProviderStaff.objects.create(user=nora, provider=desk.provider)
    uphold(dispute=dispute(desk), answer="They closed early", by=desk.farah, on=ON, at=AT)
    assert letters("invoices_visit_taken_back") == 2
    letter = Notice.objects.get(kind="invoices_adjusted")
    assert letter.user == nora
    assert "They closed early" in letter.words
    assert "M-0" not in letter.words
    assert "£" not in letter.subject


@pytest.mark.parametrize("answer", [answer_happened, uphold])
def test_is_answered_once_by_a_finance_officer_with_a_reason(answer: object) -> None:
    desk = make_desk()
    said = dispute(desk)
    more = {"on": ON} if answer is uphold else {}
    assert callable(answer)
    with pytest.raises(UnableToAnswer, match="Say what you found out"):
        answer(dispute=said, answer=" ", by=desk.farah, at=AT, **more)
    with pytest.raises(UnableToAnswer, match="finance officer"):
        answer(dispute=said, answer="x", by=make_commissioner(council=desk.council), at=AT, **more)
    answer(dispute=said, answer="x", by=desk.farah, at=AT, **more)
    with pytest.raises(UnableToAnswer, match="answered this already"):
        answer(dispute=said, answer="x", by=desk.farah, at=AT, **more)
    assert Invoice.objects.filter(kind=InvoiceKind.ADJUSTMENT).count() == (1 if answer is uphold else 0)


def test_is_neither_released_nor_rejected_like_other_holds() -> None:
    desk = make_desk()
    hold = dispute(desk).hold
    assert hold is not None
    with pytest.raises(UnableToRelease, match="Answer them"):
        release(hold=hold, corrections={}, note="x", by=desk.farah, on=ON, at=AT)
    with pytest.raises(UnableToReject, match="Answer them"):
        reject(hold=hold, reason="x", by=desk.farah, at=AT)


def test_leaves_the_month_and_the_books_without_a_fault() -> None:
    desk = make_desk(amounts=(60_00, 40_00), streams={"council": 300_00, "health": 100_01})
    dispute(desk)
    assert not blocking(count(desk.council))
    assert list(faults(council=desk.council)) == []
    uphold(dispute=Dispute.objects.get(), answer="Closed", by=desk.farah, on=ON, at=AT)
    month = count(desk.council)
    assert not blocking(month)
    assert list(faults(council=desk.council)) == []
    spent = Statement.objects.filter(cluster_month__month_end=month)
    assert sum(one.spent_pence for one in spent) == 40_00


def test_is_dated_in_the_open_month_where_its_own_is_closed() -> None:
    desk = make_desk()
    said = dispute(desk)
    for start in (APRIL, MAY):
        month = count(desk.council, start_date=start)
        close_month(month_end=sign(month_end=month, by=desk.farah, on=ON, at=AT), by=desk.farah, at=AT)
    taken_back = uphold(dispute=said, answer="Closed", by=desk.farah, on=ON, at=AT).adjustment
    assert taken_back is not None
    entry = Entry.objects.get(invoice_line__invoice=taken_back)
    assert (entry.effective_date, entry.concerned_date) == (ON, date(2026, 5, 4))
    assert not blocking(count(desk.council, start_date=JUNE, on=date(2026, 6, 2)))
    assert list(faults(council=desk.council)) == []


def hold_by_hand(line: InvoiceLine, *, match: str) -> None:
    """PostgreSQL refuses to hold a line because of a dispute."""
    assert_refused(
        "INSERT INTO invoices_hold (line_id, reason, owner, due_date, state, resolved_by, note)"
        " VALUES (%s, 'visit_disputed', 'finance_officer', '2026-06-15', 'open', '', '')",
        line.pk,
        match=match,
    )


def test_postgresql_holds_no_line_that_is_on_its_way_or_not_accepted() -> None:
    desk = make_desk()
    wrong = make_line(service_code="SESSION", unit_rate_pence=21_00)
    send(make_document(contract=desk.contract, lines=[wrong]), contract=desk.contract)
    hold_by_hand(InvoiceLine.objects.get(state="held"), match="Only an accepted line")
    make_sent(desk)
    hold_by_hand(line_of(desk), match="paid, or on its way")


def test_postgresql_keeps_what_was_said_and_answered() -> None:
    desk = make_desk()
    uphold(dispute=dispute(desk), answer="Closed", by=desk.farah, on=ON, at=AT)
    assert_refused(f"UPDATE invoices_dispute SET answer = '{SEALED}'", match="kept as it came")
    assert_refused("UPDATE invoices_adjustment SET reason = 'Never'", match="kept as it came")
