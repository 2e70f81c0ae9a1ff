"""What was spent: written down with receipts, seen, taken back; questions asked from the plan; family by necessity."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from budgets.actions.direct import pay_arrangement
from budgets.actions.family import end_necessary, find_necessary
from budgets.actions.question import UnableToAskOrAnswer, answer_question, ask_about
from budgets.actions.spend import (
    Receipt,
    Spent,
    UnableToSpend,
    see_spend,
    take_spend_back,
    write_spend,
)
from budgets.models import Spend, SpendAnswer, SpendQuestion
from budgets.queries.direct import arrangements_for, standings
from budgets.queries.spend import Balance, balance_on
from budgets.rules.named import NeedNamed, names_it
from people.models import Notice, Scope
from plans.models import Need
from tests.budgets.makers import make_arrangement
from tests.cast import NINE, ON, Cast, make_cast
from tests.guards import SEALED, assert_refused
from tests.people.makers import make_authority, make_policy
from tests.plans.makers import make_plan
from tests.visiting import seen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
PDF = Receipt(name="taxi.pdf", media_type="application/pdf", content=b"%PDF-1.7 taxi")


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def write(cast: Cast, pence: int = 12_50, receipt: Receipt | None = None, **more: Any) -> Spend:
    """Ben writes down a taxi."""
    said: dict[str, Any] = {
        "spent_date": ON,
        "amount_pence": pence,
        "what": "A taxi",
        "paid_to": "Harbour Cars",
        **more,
    }
    return write_spend(
        person=cast.ben, spent=Spent(**said), receipt=receipt, by=cast.ben_user, on=ON, at=NINE
    )


def balance(cast: Cast) -> Balance:
    """What is left with Ben."""
    payments = standings(arrangements=arrangements_for(person=cast.ben), on=ON)
    return balance_on(person=cast.ben, payments=payments, on=ON)


def test_the_balance_is_what_was_paid_less_what_was_spent_and_more_than_may_stay_shows() -> None:
    cast = make_cast()
    make_policy(council=cast.council, code="dp_balance_weeks", value=2)
    arrangement = make_arrangement(person=cast.ben, by=cast.farah, contingency_pence=10_00)
    paid = sum(
        one.amount_pence
        for one in pay_arrangement(arrangement=arrangement, on=ON, at=NINE, by=cast.farah.label)
    )
    write(cast, 12_50)
    taken_back = write(cast, 5_00)
    take_spend_back(spend=taken_back, by=cast.ben_user, on=ON, at=NINE)
    stands = balance(cast)
    week = standings(arrangements=arrangements_for(person=cast.ben), on=ON)[0].weekly_pence
    assert (stands.paid_pence, stands.spent_pence, stands.left_pence) == (paid, 12_50, paid - 12_50)
    assert stands.may_stay_pence == 2 * week + 10_00
    assert stands.above_pence == paid - 12_50 - stands.may_stay_pence > 0


@pytest.mark.parametrize("weeks", [8, 104])
def test_both_sides_read_the_same_balance_and_nobody_is_blamed(weeks: int) -> None:
    cast = make_cast()
    make_policy(council=cast.council, code="dp_balance_weeks", value=weeks)
    pay_arrangement(
        arrangement=make_arrangement(person=cast.ben, by=cast.farah), on=ON, at=NINE, by=cast.farah.label
    )
    for user in (cast.ben_user, cast.priya, cast.farah):
        words = seen(user, reverse("budgets:direct", args=[cast.ben.pk]))
        assert f"{weeks} weeks of money" in words
        assert ("This can have good reasons." in words) == (balance(cast).above_pence > 0)


def test_a_receipt_is_kept_and_only_handed_out_to_whoever_may_see(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.ben_user)
    with_file = {
        "what": "A taxi",
        "paid_to": "Harbour Cars",
        "amount_pence": "12.50",
        "spent_date": "2026-05-04",
    }
    address = reverse("budgets:spend", args=[cast.ben.pk])
    file = SimpleUploadedFile("taxi.pdf", PDF.content, "application/pdf")
    assert client.post(address, {**with_file, "file": file}).status_code == 302
    kept = reverse("budgets:receipt", args=[Spend.objects.get().pk])
    answer = client.get(kept)
    assert b"".join(answer.streaming_content) == PDF.content  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="taxi.pdf"'
    client.force_login(cast.amina_user)
    assert client.get(kept).status_code == 404


def test_refuses_a_file_that_is_not_what_it_says() -> None:
    with pytest.raises(UnableToSpend, match="cannot keep this file"):
        write(make_cast(), receipt=Receipt(name="a.pdf", media_type="application/pdf", content=b"MZ"))


def test_refuses_a_day_to_come_and_a_helper_who_may_only_see() -> None:
    cast = make_cast()
    with pytest.raises(UnableToSpend, match="still to come"):
        write(cast, spent_date=ON + timedelta(days=1))
    helper = make_authority(person=cast.ben, scopes=[Scope.SEE]).helper
    spent = Spent(spent_date=ON, amount_pence=1, what="Tea", paid_to="Café")
    with pytest.raises(UnableToSpend, match="does not go as far"):
        write_spend(person=cast.ben, spent=spent, receipt=None, by=helper, on=ON, at=NINE)
    spender = make_authority(person=cast.ben, scopes=[Scope.SPEND])
    made = write_spend(person=cast.ben, spent=spent, receipt=None, by=spender.helper, on=ON, at=NINE)
    assert made.written_by == spender.label_for


def test_the_council_says_that_it_has_seen_it_and_then_it_stays() -> None:
    cast = make_cast()
    spend = write(cast, receipt=PDF)
    with pytest.raises(UnableToSpend, match="Only a finance officer"):
        see_spend(spend=spend, by=cast.carol, at=NINE)
    see_spend(spend=spend, by=cast.farah, at=NINE)
    see_spend(spend=spend, by=cast.priya, at=NINE)
    spend.refresh_from_db()
    assert spend.seen_by == cast.farah
    with pytest.raises(UnableToSpend, match="has seen this already"):
        take_spend_back(spend=spend, by=cast.ben_user, on=ON, at=NINE)


def test_pays_close_family_in_the_household_only_once_that_was_found_necessary() -> None:
    cast = make_cast()
    with pytest.raises(UnableToSpend, match="Your council has to agree first"):
        write(cast, is_family=True)
    terms: dict[str, Any] = {"person": cast.ben, "payee": "Joy Carter", "relation": "Sister", "at": NINE}
    with pytest.raises(UnableToSpend, match="Only the person's social worker"):
        find_necessary(**terms, reason="She knows him", start_date=ON, by=cast.farah)
    with pytest.raises(UnableToSpend, match="why it is necessary"):
        find_necessary(**terms, reason=" ", start_date=ON, by=cast.priya)
    found = find_necessary(**terms, reason="Nobody else speaks his language", start_date=ON, by=cast.priya)
    assert write(cast, is_family=True).family == found
    assert Notice.objects.filter(person=cast.ben, kind="budgets_family").count() == 1
    insert = """
    INSERT INTO budgets_spend (person_id, spent_date, amount_pence, what, paid_to, is_family, family_id, name,
        media_type, sha256, path, written_at, written_by, taken_back_by)
    SELECT person_id, spent_date - {before}, 1, what, paid_to, true, {family}, '', '', '', '', written_at,
        written_by, ''
    FROM budgets_spend LIMIT 1
    """
    assert_refused(
        insert.format(before=0, family="NULL"), match="on_family_was_found_necessary|only while that was"
    )
    assert_refused(insert.format(before=1, family="family_id"), match="only while that was found necessary")
    assert_refused(f"UPDATE budgets_familynecessity SET reason = '{SEALED}'", match="only ended")


def test_ends_paying_close_family_with_a_reason_and_keeps_what_was_paid() -> None:
    cast = make_cast()
    found = find_necessary(
        person=cast.ben,
        payee="Joy Carter",
        relation="Sister",
        reason="Nights",
        start_date=ON - WEEK,
        by=cast.priya,
        at=NINE,
    )
    write(cast, is_family=True, spent_date=ON - DAY)
    terms: dict[str, Any] = {"necessity": found, "by": cast.priya, "at": NINE}
    with pytest.raises(UnableToSpend, match="Only the person's social worker"):
        end_necessary(**{**terms, "by": cast.farah}, last_date=ON, reason="She moved out")
    with pytest.raises(UnableToSpend, match="why it ends"):
        end_necessary(**terms, last_date=ON, reason=" ")
    with pytest.raises(UnableToSpend, match="It began on"):
        end_necessary(**terms, last_date=ON - WEEK - DAY, reason="She moved out")
    with pytest.raises(UnableToSpend, match="is written down under it"):
        end_necessary(**terms, last_date=ON - 2 * DAY, reason="She moved out")
    born_ended = f"""
    INSERT INTO budgets_familynecessity (person_id, payee, relation, reason, start_date, end_date, decided_at,
        decided_by_id, end_reason, ended_at, ended_by_id)
    SELECT person_id, payee, relation, reason, start_date, start_date + 1, decided_at, decided_by_id, '{SEALED}', now(),
        decided_by_id
    FROM budgets_familynecessity
    """
    assert_refused(born_ended, match="has not been ended yet")
    day_before = "UPDATE budgets_familynecessity SET end_date = %s, ended_at = now(), end_reason = %s, ended_by_id = %s"
    assert_refused(day_before, ON - DAY, SEALED, cast.priya.pk, match="payment of a later day")
    assert_refused(day_before, ON, "", cast.priya.pk, match="says_why_it_ended")
    end_necessary(**terms, last_date=ON - DAY, reason="She moved out")
    assert "She moved out" in Notice.objects.get(person=cast.ben, kind="budgets_family_ended").words
    with pytest.raises(UnableToSpend, match="Your council has to agree first"):
        write(cast, is_family=True)
    assert write(cast, is_family=True, spent_date=ON - DAY).family == found
    with pytest.raises(UnableToSpend, match="ended already"):
        end_necessary(**terms, last_date=ON - DAY, reason="Again")
    assert_refused("UPDATE budgets_familynecessity SET end_date = end_date - 1", match="only ended")
    words = seen(cast.ben_user, reverse("budgets:spending", args=[cast.ben.pk]))
    assert "She moved out" in words
    assert "For later days they cannot be paid" in words
    assert reverse("budgets:end-family", args=[found.pk]) not in words


def ask(cast: Cast, what: str, pence: int, need: Need | None = None) -> SpendQuestion:
    """Ben asks."""
    return ask_about(
        person=cast.ben, need=need, what=what, amount_pence=pence, by=cast.ben_user, on=ON, at=NINE
    )


def test_says_at_once_what_the_plan_names_for_no_more_than_it_costs() -> None:
    need = NeedNamed(words="Getting out. Taxi to the swimming pool", most_pence=20_00)
    assert names_it("taxi to swimming", amount_pence=20_00, needs=[need]) == 0
    assert names_it("Taxi", amount_pence=20_01, needs=[need]) is None
    assert names_it("Taxi to the races", amount_pence=5_00, needs=[need]) is None
    assert names_it("it", amount_pence=5_00, needs=[need]) is None
    assert names_it("taxi", amount_pence=5_00, needs=[need._replace(most_pence=0)]) is None


def test_asks_the_professional_what_the_plan_does_not_name_and_keeps_the_answer() -> None:
    cast = make_cast()
    asked = ask(cast, "A raised bed", 80_00)
    assert (asked.answer, asked.answered_at) == ("", None)
    assert Notice.objects.get(user=cast.priya, kind="budgets_question_asked").subject
    terms: dict[str, Any] = {"question": asked, "at": NINE}
    with pytest.raises(UnableToAskOrAnswer, match="Only this person's social worker"):
        answer_question(**terms, answer=SpendAnswer.YES, words="Fine", by=cast.farah)
    with pytest.raises(UnableToAskOrAnswer, match="and why"):
        answer_question(**terms, answer=SpendAnswer.NO, words=" ", by=cast.priya)
    answer_question(**terms, answer=SpendAnswer.YES, words="It keeps you outdoors.", by=cast.priya)
    with pytest.raises(UnableToAskOrAnswer, match="answered already"):
        answer_question(**terms, answer=SpendAnswer.NO, words="No", by=cast.priya)
    told = Notice.objects.get(person=cast.ben, kind="budgets_question_answered")
    assert "The answer is yes." in told.words
    assert "It keeps you outdoors." in seen(cast.ben_user, reverse("budgets:spending", args=[cast.ben.pk]))
    assert_refused(f"UPDATE budgets_spendquestion SET words = '{SEALED}'", match="answered once")


def test_the_plan_answers_by_itself_and_nobody_is_troubled(client: Client) -> None:
    cast = make_cast()
    plan = make_plan(person=cast.ben)
    Need.objects.create(
        plan=plan,
        words="Getting out",
        how="A taxi to the pool",
        met_by="service",
        units_weekly_hundredths=100,
        unit_pence=20_00,
        weekly_pence=20_00,
    )
    client.force_login(cast.ben_user)
    answered = client.post(
        reverse("budgets:ask", args=[cast.ben.pk]),
        {"need": "other", "what": "Taxi", "amount_pence": "15"},
        follow=True,
    )
    assert "Yes. Your plan names it already." in answered.content.decode()
    assert SpendQuestion.objects.get().answer == SpendAnswer.PLAN
    assert SpendQuestion.objects.get().plan == plan
    assert not Notice.objects.filter(kind="budgets_question_asked").exists()


def test_postgresql_keeps_what_was_spent_as_it_was_written() -> None:
    cast = make_cast()
    spend = write(cast)
    assert_refused("UPDATE budgets_spend SET amount_pence = 1", match="seen or taken back")
    see_spend(spend=spend, by=cast.farah, at=NINE)
    assert_refused("UPDATE budgets_spend SET taken_back_at = now()", match="seen or taken back")
    asked = ask(cast, "A raised bed", 80_00)
    other = cast.amina.plans.get()
    assert_refused(
        "INSERT INTO budgets_spendquestion (person_id, plan_id, what, amount_pence, asked_at, asked_by, answer, words)"
        " SELECT person_id, %s, what, 1, asked_at, asked_by, '', '' FROM budgets_spendquestion WHERE id = %s",
        other.pk,
        asked.pk,
        match="same person's plan",
    )
