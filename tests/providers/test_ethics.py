"""The ethical test: a provider answers, the council checks, and what counts is counted."""

from datetime import date, datetime

import psycopg
import pytest

from people.models import Notice, RoleKind
from providers.actions import UnableToAnswer, UnableToCheck, answer_item, check_answer
from providers.models import EthicalAnswer, Provider
from providers.queries import ItemState, answers_to_check, ethical_score, ethical_test, lapsed_on
from providers.rules import ITEMS, EthicalScore
from tests.guards import assert_kept, assert_refused, run_sql
from tests.people.makers import make_commissioner, make_user, make_user_with_role
from tests.providers.makers import (
    ANSWERED_AT,
    CHECKED_AT,
    EXPIRY,
    make_answer,
    make_passed_test,
    make_provider,
    make_staff,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 5, 4)


def check(answer: EthicalAnswer, *, is_accepted: bool = True, expiry: date = EXPIRY) -> EthicalAnswer:
    return check_answer(
        answer=answer,
        is_accepted=is_accepted,
        expiry_date=expiry,
        by=make_commissioner(council=answer.provider.council),
        at=CHECKED_AT,
    )


def state(provider: Provider, item: str = "living-wage", *, on: date = ON) -> ItemState:
    rows = {one.item.code: one.state for _, part in ethical_test(provider=provider, on=on) for one in part}
    return rows[item]


def test_asks_every_item_once_in_plain_words() -> None:
    assert len({item.code for item in ITEMS}) == len(ITEMS) == 20
    assert all(item.question.endswith("?") for item in ITEMS)


def test_begins_with_every_item_missing() -> None:
    provider = make_provider()
    assert {one.state for _, part in ethical_test(provider=provider, on=ON) for one in part} == {
        ItemState.MISSING
    }
    assert ethical_score(provider=provider, on=ON) == EthicalScore(met=0)


def test_counts_an_answer_only_once_it_is_accepted() -> None:
    provider = make_provider()
    answer = make_answer(provider=provider)
    assert state(provider) == ItemState.WAITS
    assert ethical_score(provider=provider, on=ON).met == 0
    check(answer)
    assert state(provider) == ItemState.COUNTS
    assert ethical_score(provider=provider, on=ON).met == 1


def test_does_not_count_what_was_not_accepted_nor_an_honest_no() -> None:
    provider = make_provider()
    check(make_answer(provider=provider), is_accepted=False)
    check(make_answer(provider=provider, item="sick-pay", is_met=False))
    assert state(provider) == ItemState.NOT_ACCEPTED
    assert state(provider, "sick-pay") == ItemState.NOT_MET
    assert ethical_score(provider=provider, on=ON).met == 0


def test_counts_up_to_the_day_it_runs_out_and_not_on_it() -> None:
    provider = make_provider()
    check(make_answer(provider=provider), expiry=date(2026, 5, 4))
    assert state(provider, on=date(2026, 5, 3)) == ItemState.COUNTS
    assert state(provider, on=date(2026, 5, 4)) == ItemState.RUN_OUT
    assert lapsed_on(providers=[provider.pk], on=ON) == {provider.pk: date(2026, 5, 4)}


def test_goes_by_the_newest_answer() -> None:
    provider = make_provider()
    staff = make_staff(provider=provider)
    check(make_answer(provider=provider, by=staff))
    make_answer(provider=provider, is_met=False, by=staff, at=datetime.fromisoformat("2026-05-01T09:00Z"))
    assert state(provider) == ItemState.WAITS
    assert ethical_score(provider=provider, on=ON).met == 0


@pytest.mark.parametrize(("met", "percent"), [(0, 0), (13, 65), (14, 70), (20, 100)])
def test_scores_in_whole_numbers(met: int, percent: int) -> None:
    provider = make_provider()
    make_passed_test(provider=provider, met=met)
    score = ethical_score(provider=provider, on=ON)
    assert (score.met, score.percent) == (met, percent)
    assert score.reaches(percent)
    assert not score.reaches(percent + 1)


def test_reaches_a_floor_without_rounding_it() -> None:
    assert not EthicalScore(met=2, of=3).reaches(67)
    assert EthicalScore(met=2, of=3).reaches(66)


def test_takes_answers_only_from_who_works_there() -> None:
    provider = make_provider()
    with pytest.raises(UnableToAnswer, match="Only people who work for Northgate Care"):
        make_answer(provider=provider, by=make_user())


def test_wants_to_know_what_an_answer_rests_on_and_which_question_it_answers() -> None:
    provider = make_provider()
    staff = make_staff(provider=provider)
    with pytest.raises(UnableToAnswer, match="Say what your answer rests on"):
        answer_item(provider=provider, item="sick-pay", is_met=True, evidence=" ", by=staff, at=ANSWERED_AT)
    with pytest.raises(UnableToAnswer, match="There is no such question"):
        answer_item(provider=provider, item="hats", is_met=True, evidence="x", by=staff, at=ANSWERED_AT)


def test_keeps_one_answer_however_often_it_is_sent() -> None:
    provider = make_provider()
    staff = make_staff(provider=provider)
    assert make_answer(provider=provider, by=staff) == make_answer(provider=provider, by=staff)


def test_is_checked_by_the_council_alone() -> None:
    answer = make_answer(provider=make_provider())
    council = answer.provider.council
    own = make_commissioner(council=council)
    answer.provider.staff.create(user=own)
    for other in (
        make_user_with_role(council=council, kind=RoleKind.FINANCE_OFFICER),
        own,
        make_commissioner(council=make_provider().council),
    ):
        with pytest.raises(UnableToCheck, match="Only commissioners and enterprise officers"):
            check_answer(answer=answer, is_accepted=True, expiry_date=EXPIRY, by=other, at=CHECKED_AT)


def test_is_checked_once_and_while_it_is_the_newest() -> None:
    provider = make_provider()
    staff = make_staff(provider=provider)
    first = make_answer(provider=provider, by=staff)
    second = make_answer(
        provider=provider, is_met=False, by=staff, at=datetime.fromisoformat("2026-04-12T09:00Z")
    )
    with pytest.raises(UnableToCheck, match="given a newer answer"):
        check(first)
    check(second)
    with pytest.raises(UnableToCheck, match="checked this answer already"):
        check(second)


def test_lasts_for_a_while() -> None:
    with pytest.raises(UnableToCheck, match="Choose a day after today"):
        check(make_answer(provider=make_provider()), expiry=CHECKED_AT.date())


def test_tells_everybody_who_works_there_what_became_of_it() -> None:
    provider = make_provider()
    answer = make_answer(provider=provider)
    make_staff(provider=provider, name="Noor Second")
    check(answer)
    told = Notice.objects.filter(kind="providers_answer_checked")
    assert told.count() == 2
    assert all("It counts until Tuesday 20 April 2027" in notice.words for notice in told)


def test_shows_the_council_what_waits_oldest_first() -> None:
    provider = make_provider()
    staff, carol = make_staff(provider=provider), make_commissioner(council=provider.council)
    old = make_answer(provider=provider, by=staff)
    make_answer(provider=provider, item="sick-pay", by=staff, at=datetime.fromisoformat("2026-04-11T09:00Z"))
    newer = make_answer(
        provider=provider, is_met=False, by=staff, at=datetime.fromisoformat("2026-04-12T09:00Z")
    )
    waiting = answers_to_check(by=carol)
    assert [answer.item for answer in waiting] == ["sick-pay", "living-wage"]
    assert newer in waiting
    assert old not in waiting
    assert answers_to_check(by=make_commissioner(council=make_provider().council)) == []


@pytest.mark.parametrize(
    "change", ["is_met = NOT is_met", "evidence = 'Other'", "item = 'sick-pay'", "answered_at = now()"]
)
def test_postgresql_keeps_an_answer_as_it_was_given(change: str) -> None:
    answer = make_answer(provider=make_provider())
    assert_refused(
        f"UPDATE providers_ethicalanswer SET {change} WHERE id = %s", answer.pk, match="stays as it was given"
    )


CHECK = (
    "UPDATE providers_ethicalanswer SET is_accepted = true, checked_by_id = %s, checked_at = '2026-04-20', "
    "expiry_date = %s WHERE id = %s"
)


def test_postgresql_adds_the_check_once() -> None:
    answer = make_answer(provider=make_provider())
    carol = make_commissioner(council=answer.provider.council)
    run_sql(CHECK, carol.pk, EXPIRY, answer.pk)
    assert_refused(CHECK, carol.pk, EXPIRY, answer.pk, match="is checked once")


def test_postgresql_wants_a_check_by_the_council_that_lasts() -> None:
    provider = make_provider()
    staff = make_staff(provider=provider)
    answer = make_answer(provider=provider, by=staff)
    carol = make_commissioner(council=provider.council)
    assert_refused(CHECK, staff.pk, EXPIRY, answer.pk, match="by somebody of the council")
    assert_refused(CHECK, carol.pk, date(2026, 4, 20), answer.pk, match="has run out")


def test_postgresql_lets_no_answer_begin_checked() -> None:
    answer = make_answer(provider=make_provider())
    assert_refused(
        "INSERT INTO providers_ethicalanswer (provider_id, item, is_met, evidence, answered_by, is_accepted, "
        "checked_by_id, checked_at, expiry_date) SELECT provider_id, item, true, 'x', 'x', true, %s, now(), %s "
        "FROM providers_ethicalanswer WHERE id = %s",
        make_commissioner(council=answer.provider.council).pk,
        EXPIRY,
        answer.pk,
        match="begins unchecked",
    )


@pytest.mark.django_db(transaction=True)
def test_postgresql_takes_no_answer_away(owner_connection: psycopg.Connection) -> None:
    make_answer(provider=make_provider())
    assert_kept(owner_connection, "providers_ethicalanswer")
