"""Direct payments: arranged, paid each day once into the books, told to the person; and never simply taken back."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.actions.direct import (
    UnableToArrange,
    UnableToPay,
    arrange_payment,
    ask_to_pay,
    end_arrangement,
    pay_arrangement,
    pay_what_is_due,
)
from budgets.models import Allocation, Delivery, Instalment, InstalmentKind, PaymentArrangement, Rhythm
from budgets.queries import left_by_stream
from budgets.queries.direct import Standing, arrangements_for, paid_account, standings
from budgets.rules.direct import Span, even_pence, periods
from budgets.tasks import pay_direct_payments
from ledger.actions import UnableToPost, close_period, reverse
from ledger.models import Entry, ReversalReason
from ledger.queries import balance_pence
from people.models import Council, Notice, Person, RoleKind, User
from reconciliation.queries.faults import faults
from tests.budgets.makers import (
    make_arrangement,
    make_budget,
    make_financial,
    make_priced_plan,
    make_statement,
)
from tests.guards import assert_refused
from tests.people.makers import (
    YEAR_END,
    YEAR_START,
    make_council,
    make_person,
    make_social_worker,
    make_user,
    make_user_with_role,
)
from tests.plans.makers import AGREED_AT

pytestmark = pytest.mark.django_db
FIRST_28 = YEAR_START + timedelta(days=27)


@dataclass(frozen=True, kw_only=True)
class Three:
    """A council with a finance officer, a social worker and somebody whose budget is 3,650 pounds: 10 a day."""

    council: Council
    farah: User
    priya: User
    person: Person

    def arrange(self, **terms: Any) -> PaymentArrangement:
        """Pay the council money directly."""
        return make_arrangement(person=self.person, by=self.farah, **terms)

    def pay(self, arrangement: PaymentArrangement, on: date) -> list[tuple[date, date, int]]:
        """Pay what is due by a day, and say what was paid."""
        made = pay_arrangement(arrangement=arrangement, on=on, at=AGREED_AT, by=self.farah.label)
        return [(one.first_date, one.last_date, one.amount_pence) for one in made]

    def stands(self, on: date) -> Standing:
        """How the arrangement stands."""
        return standings(arrangements=arrangements_for(person=self.person), on=on)[0]


def make_three(*, pence: int = 3_650_00, has_budget: bool = True) -> Three:
    """See the class."""
    council = make_council()
    priya = make_social_worker(council=council)
    person = make_person(council=council, lead=priya, user=make_user())
    if has_budget:
        make_budget(person=person, pence={"council": pence})
    farah = make_user_with_role(council=council, kind=RoleKind.FINANCE_OFFICER)
    return Three(council=council, farah=farah, priya=priya, person=person)


def held(three: Three) -> int:
    """What stands in the person's account of direct payments."""
    account = paid_account(person=three.person, stream_code="council")
    return balance_pence(account_id=account.id_in(three.council.book_id))


def test_example_2_pays_four_weeks_in_advance_and_a_second_run_pays_nothing() -> None:
    three = make_three()
    arrangement = three.arrange()
    assert three.pay(arrangement, YEAR_START) == [(YEAR_START, FIRST_28, 280_00)]
    assert three.pay(arrangement, YEAR_START) == []
    assert three.pay(arrangement, FIRST_28) == []
    assert three.stands(FIRST_28).next_due == three.stands(YEAR_START).next_due
    assert held(three) == 280_00
    assert left_by_stream(budget=arrangement.allocation.budget)[0].left_pence == 3_370_00
    assert list(faults(council=three.council)) == []


def test_pays_everything_that_was_missed_and_the_whole_year_comes_to_the_budget() -> None:
    three = make_three(pence=10_000_01)
    arrangement = three.arrange(rhythm=Rhythm.MONTHLY)
    paid = three.pay(arrangement, YEAR_END)
    assert len(paid) == 12
    assert paid[0][:2] == (date(2026, 4, 1), date(2026, 4, 30))
    assert sum(pence for *_, pence in paid) == 10_000_01
    assert three.stands(YEAR_END).next_due is None


def test_tells_the_person_how_much_for_which_days_and_when_the_next_comes() -> None:
    three = make_three()
    three.pay(three.arrange(), YEAR_START)
    told = Notice.objects.get(person=three.person, kind="budgets_paid")
    assert "£280.00 from the council money" in told.words
    assert "Wednesday 1 April 2026 to Tuesday 28 April 2026" in told.words
    assert "The next £280.00 comes on Wednesday 29 April 2026." in told.words
    assert "£" not in told.subject


def test_pays_what_the_statement_says_by_day_and_what_is_put_in_once() -> None:
    three = make_three(has_budget=False)
    make_financial(person=three.person, by=three.priya)
    make_statement(
        plan=make_priced_plan(person=three.person),
        by=three.priya,
        delivery=Delivery.DIRECT_PAYMENT,
        one_off_pence=50_00,
    )
    arrangement = three.arrange()
    assert three.pay(arrangement, YEAR_START) == [(YEAR_START, FIRST_28, 4 * 324_24 + 50_00)]
    three.pay(arrangement, YEAR_END)
    assert left_by_stream(budget=arrangement.allocation.budget)[0].left_pence == 0


def test_pays_more_for_days_that_were_paid_and_asks_nothing_back_by_itself() -> None:
    three = make_three(has_budget=False)
    make_financial(person=three.person, by=three.priya)
    terms: dict[str, Any] = {"by": three.priya, "delivery": Delivery.DIRECT_PAYMENT}
    make_statement(plan=make_priced_plan(person=three.person), **terms)
    arrangement = three.arrange()
    three.pay(arrangement, YEAR_START)
    week_two = YEAR_START + timedelta(days=7)
    make_statement(
        plan=make_priced_plan(person=three.person, weekly_pence=401_95), start_date=week_two, **terms
    )
    assert three.pay(arrangement, FIRST_28) == [(YEAR_START, FIRST_28, 3 * 10_00)]
    assert Instalment.objects.filter(kind=InstalmentKind.ADJUSTMENT).count() == 1
    make_statement(
        plan=make_priced_plan(person=three.person, weekly_pence=381_95), start_date=week_two, **terms
    )
    assert three.pay(arrangement, FIRST_28) == []
    assert three.stands(FIRST_28).over_pence == 3 * 20_00
    assert list(faults(council=three.council)) == []


def test_pays_the_chosen_part_of_a_mixed_one() -> None:
    three = make_three()
    Allocation.objects.update(delivery=Delivery.MIXED)
    with pytest.raises(UnableToArrange, match="how much of it is paid"):
        three.arrange()
    arrangement = three.arrange(weekly_pence=20_00)
    assert three.pay(arrangement, YEAR_START) == [(YEAR_START, FIRST_28, 80_00)]


def test_passes_over_who_is_due_more_than_is_left_and_pays_the_others() -> None:
    three = make_three()
    Allocation.objects.update(delivery=Delivery.MIXED)
    three.arrange(weekly_pence=1_000_00)
    other = make_person(council=three.council)
    make_budget(person=other, pence={"council": 3_650_00})
    make_arrangement(person=other, by=three.farah)
    run = pay_what_is_due(council=three.council, on=YEAR_START, at=AGREED_AT, by=three.farah.label)
    assert (run.paid, run.pence, run.last) == (1, 280_00, None)
    assert "£4,000.00 is due and £3,650.00 is left" in run.refused[0]


def test_is_asked_for_by_a_finance_officer_alone_and_done_as_a_job() -> None:
    three = make_three()
    three.arrange()
    with pytest.raises(UnableToPay):
        ask_to_pay(council=three.council, by=three.priya, on=YEAR_START, at=AGREED_AT)
    job = ask_to_pay(council=three.council, by=three.farah, on=YEAR_START, at=AGREED_AT)
    pay_direct_payments(str(job.pk))
    pay_direct_payments(str(job.pk))
    job.refresh_from_db()
    assert job.result["words"] == "1 payments, £280.00; 0 could not be paid"
    assert held(three) == 280_00


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"start_date": YEAR_END}, "Choose a day in it"),
        ({"weekly_pence": 1}, "Leave the amount a week empty"),
    ],
)
def test_refuses_terms_that_do_not_hold(terms: dict[str, Any], words: str) -> None:
    with pytest.raises(UnableToArrange, match=words):
        make_three().arrange(**terms)


def test_refuses_money_held_otherwise_and_whoever_is_no_finance_officer() -> None:
    three = make_three()
    part = Allocation.objects.get()
    terms: dict[str, Any] = {"rhythm": Rhythm.MONTHLY, "start_date": YEAR_START, "at": AGREED_AT}
    with pytest.raises(UnableToArrange, match="Council-managed"):
        arrange_payment(allocation=part, by=three.farah, **terms)
    with pytest.raises(UnableToArrange, match="Only a finance officer"):
        arrange_payment(allocation=part, by=three.priya, **terms)


def test_ends_on_a_day_and_a_new_one_goes_on() -> None:
    three = make_three()
    arrangement = three.arrange()
    ends = YEAR_START + timedelta(days=10)
    end_arrangement(arrangement=arrangement, end_date=ends, by=three.farah)
    assert three.pay(arrangement, YEAR_START) == [(YEAR_START, ends - timedelta(days=1), 100_00)]
    with pytest.raises(UnableToArrange, match="has an end already"):
        end_arrangement(arrangement=arrangement, end_date=ends, by=three.farah)
    assert three.pay(three.arrange(start_date=ends), ends) == [(ends, ends + timedelta(days=27), 280_00)]


def test_dates_a_payment_in_the_first_open_month() -> None:
    three = make_three()
    close_period(
        book_id=three.council.book_id, start=YEAR_START, end=date(2026, 5, 1), at=AGREED_AT, by="system:tests"
    )
    three.pay(three.arrange(), YEAR_START)
    entry = Instalment.objects.get().entry
    assert (entry.effective_date, entry.concerned_date) == (date(2026, 5, 1), YEAR_START)


def test_postgresql_keeps_what_was_paid_and_pays_no_day_twice() -> None:
    three = make_three()
    arrangement = three.arrange()
    three.pay(arrangement, YEAR_START)
    paid = Instalment.objects.get()
    assert_refused("UPDATE budgets_instalment SET amount_pence = 1", match="is kept")
    copy = """
    INSERT INTO budgets_instalment
        (arrangement_id, kind, first_date, last_date, amount_pence, paid_date, entry_id, paid_at, paid_by)
    SELECT arrangement_id, '{kind}', first_date, last_date, {pence}, paid_date, {entry}, paid_at, paid_by
    FROM budgets_instalment WHERE id = %s
    """
    other = Entry.objects.exclude(pk=paid.entry_id).latest("pk").pk
    for changes, rule in (
        ({"pence": "1"}, "what its entry moved"),
        ({"entry": f"'{other}'"}, "what its entry moved"),
        ({}, "pays_no_day_twice|entry_id"),
    ):
        usual = {"kind": "regular", "pence": "amount_pence", "entry": "entry_id"}
        assert_refused(copy.format(**{**usual, **changes}), paid.pk, match=rule)
    assert_refused("UPDATE budgets_paymentarrangement SET contingency_pence = 1", match="only be ended")
    assert_refused(
        "INSERT INTO budgets_paymentarrangement (allocation_id, rhythm, start_date, contingency_pence, arranged_by_id)"
        " SELECT allocation_id, rhythm, start_date + 30, 0, arranged_by_id FROM budgets_paymentarrangement",
        match="never_overlaps",
    )


def test_postgresql_arranges_only_what_is_held_as_a_direct_payment() -> None:
    three = make_three()
    assert_refused(
        "INSERT INTO budgets_paymentarrangement (allocation_id, rhythm, start_date, contingency_pence, arranged_by_id)"
        " SELECT id, 'monthly', '2026-04-01', 0, %s FROM budgets_allocation",
        three.farah.pk,
        match="held as a direct payment",
    )


def test_postgresql_lets_nobody_undo_the_entry_of_an_instalment() -> None:
    three = make_three()
    three.pay(three.arrange(), YEAR_START)
    with pytest.raises(UnableToPost):
        reverse(
            entry_id=Instalment.objects.get().entry_id,
            reason=ReversalReason.REFUND,
            on=YEAR_START,
            by="user:1",
            words="Too much",
        )
    assert held(three) == 280_00


@given(
    start=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    days=st.integers(1, 800),
    is_monthly=st.booleans(),
    annual_pence=st.integers(0, 10_000_000),
)
def test_every_day_is_in_one_instalment_and_no_penny_is_lost(
    start: date, days: int, is_monthly: bool, annual_pence: int
) -> None:
    until = start + timedelta(days=days)
    spans = list(periods(is_monthly=is_monthly, start=start, until=until))
    assert (spans[0].first, spans[-1].last) == (start, until - timedelta(days=1))
    for one, following in pairwise(spans):
        assert following.first == one.last + timedelta(days=1)
    pence = sum(even_pence(annual_pence, span=span, start=start, until=until) for span in spans)
    assert pence == annual_pence
    assert even_pence(annual_pence, span=Span(first=until, last=until), start=start, until=until) == 0
