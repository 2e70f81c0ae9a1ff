"""Asking a direct payment back: with notice, a way to disagree and a look at what they can afford; then the move."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budgets.actions.direct import pay_arrangement
from budgets.actions.recover import UnableToRecover, answer_notice, give_notice, settle_dispute, take_back
from budgets.models import Afford, PaymentArrangement, Recovery, RecoveryState
from budgets.queries.direct import paid_account
from ledger.actions import Draft, Move, UnableToPost, open_accounts, post
from ledger.models import AccountKind, Entry
from ledger.queries import balance_pence
from people.models import Notice, RoleKind
from reconciliation.queries.faults import faults
from tests.budgets.makers import make_arrangement
from tests.cast import NINE, ON, Cast, make_cast
from tests.guards import assert_refused
from tests.people.makers import make_policy, make_user_with_role
from tests.sealed import say_in

pytestmark = pytest.mark.django_db
DUE = ON + timedelta(days=28)


def make_paid() -> tuple[Cast, PaymentArrangement]:
    """Ben was paid directly."""
    cast = make_cast()
    arrangement = make_arrangement(person=cast.ben, by=cast.farah)
    pay_arrangement(arrangement=arrangement, on=ON, at=NINE, by=cast.farah.label)
    return cast, arrangement


def notice(cast: Cast, arrangement: PaymentArrangement, pence: int = 40_00, **more: Any) -> Recovery:
    """Farah asks for some of it back."""
    part = arrangement.allocation
    terms: dict[str, Any] = {
        "amount_pence": pence,
        "reason": "You were in hospital.",
        "by": cast.farah,
        **more,
    }
    return give_notice(budget=part.budget, stream=part.stream, on=ON, at=NINE, **terms)


def take(
    cast: Cast, recovery: Recovery, on: date = DUE, pence: int = 40_00, words: str = "Has savings"
) -> None:
    """Farah takes it back."""
    take_back(recovery=recovery, pence=pence, considered=words, by=cast.farah, on=on, at=NINE)


def held(cast: Cast) -> int:
    """What Ben was paid and did not give back."""
    account = paid_account(person=cast.ben, stream_code="council")
    return balance_pence(account_id=account.id_in(cast.council.book_id))


def test_tells_how_much_why_from_when_and_how_to_disagree_and_moves_nothing() -> None:
    cast, arrangement = make_paid()
    before = held(cast)
    recovery = notice(cast, arrangement)
    told = Notice.objects.get(person=cast.ben, kind="budgets_recovery_noticed")
    for words in ("£40.00", "not before Monday 1 June 2026", "You were in hospital.", "If you disagree"):
        assert words in told.words
    assert (recovery.earliest_date, held(cast)) == (DUE, before)


def test_takes_back_once_the_notice_has_run_into_the_budget_and_tells_them() -> None:
    cast, arrangement = make_paid()
    before, recovery = held(cast), notice(cast, arrangement)
    with pytest.raises(UnableToRecover, match="notice until 1 June 2026"):
        take(cast, recovery, on=DUE - timedelta(days=1))
    with pytest.raises(UnableToRecover, match="can afford it"):
        take(cast, recovery, words=" ")
    with pytest.raises(UnableToRecover, match="Take no more than that"):
        take(cast, recovery, pence=40_01)
    take(cast, recovery, pence=30_00)
    assert held(cast) == before - 30_00
    assert "£30.00" in Notice.objects.get(person=cast.ben, kind="budgets_recovery_taken").words
    assert list(faults(council=cast.council)) == []
    with pytest.raises(UnableToRecover, match="settled already"):
        take(cast, recovery)


def test_waits_for_an_answer_to_who_disagrees_and_then_gives_notice_anew() -> None:
    cast, arrangement = make_paid()
    recovery = notice(cast, arrangement)
    answer_notice(
        recovery=recovery, afford=Afford.NO, words="Rent", dispute="I was at home.", by=cast.ben_user, on=ON
    )
    with pytest.raises(UnableToRecover, match="disagree and wait"):
        take(cast, recovery)
    settled: dict[str, Any] = {"recovery": recovery, "words": "The ward says so.", "on": DUE, "at": NINE}
    with pytest.raises(UnableToRecover, match="Somebody else answers"):
        settle_dispute(**settled, stands=True, by=cast.farah)
    ruth = make_user_with_role(council=cast.council, kind=RoleKind.MANAGER)
    settle_dispute(**settled, stands=True, by=ruth)
    with pytest.raises(UnableToRecover, match="notice until"):
        take(cast, recovery)
    take(cast, recovery, on=DUE + timedelta(days=28))


def test_takes_nothing_from_who_was_right() -> None:
    cast, arrangement = make_paid()
    recovery = notice(cast, arrangement)
    answer_notice(recovery=recovery, afford=Afford.YES, words="", dispute="No.", by=cast.ben_user, on=ON)
    ruth = make_user_with_role(council=cast.council, kind=RoleKind.MANAGER)
    settle_dispute(recovery=recovery, stands=False, words="You were home.", by=ruth, on=ON, at=NINE)
    with pytest.raises(UnableToRecover, match="settled already"):
        take(cast, recovery)
    assert "Nothing is taken back." in Notice.objects.get(kind="budgets_recovery_withdrawn").words


def test_refuses_who_may_not_ask_more_than_was_paid_and_asking_twice() -> None:
    cast, arrangement = make_paid()
    with pytest.raises(UnableToRecover, match="Only a finance officer"):
        notice(cast, arrangement, by=cast.priya)
    with pytest.raises(UnableToRecover, match="Ask for no more"):
        notice(cast, arrangement, pence=held(cast) + 1)
    with pytest.raises(UnableToRecover, match="and why"):
        notice(cast, arrangement, reason=" ")
    recovery = notice(cast, arrangement)
    with pytest.raises(UnableToRecover, match="asked back already"):
        notice(cast, arrangement)
    with pytest.raises(UnableToRecover, match="Only the person"):
        answer_notice(recovery=recovery, afford=Afford.NO, words="", dispute="", by=cast.carol, on=ON)


def test_the_pages_lead_from_notice_to_answer(client: Client) -> None:
    cast, arrangement = make_paid()
    client.force_login(cast.farah)
    address = reverse("budgets:notice", args=[arrangement.pk])
    assert client.post(address, {"amount_pence": "40", "reason": "Hospital"}).status_code == 302
    recovery = Recovery.objects.get()
    client.force_login(cast.ben_user)
    shown = reverse("budgets:recovery", args=[recovery.pk])
    assert "Nothing is taken back before" in client.get(shown).content.decode()
    said = {"afford": "parts", "words": "10 a month", "dispute": "I was at home."}
    answered = client.post(reverse("budgets:answer-recovery", args=[recovery.pk]), said, follow=True)
    assert "until you have an answer" in answered.content.decode()
    recovery.refresh_from_db()
    assert recovery.state == RecoveryState.DISPUTED
    client.force_login(cast.farah)
    waits = client.get(reverse("budgets:challenges")).content.decode()
    assert reverse("budgets:settle", args=[recovery.pk]) in waits
    assert "it is for somebody else" in waits


def raw_take(cast: Cast, arrangement: PaymentArrangement, key: str, on: date, pence: int = 40_00) -> None:
    """Go round the action: straight into the books."""
    book, part = cast.council.book_id, arrangement.allocation
    account = paid_account(person=cast.ben, stream_code="council")
    target = account._replace(kind=AccountKind.BUDGET, owner_id=part.budget_id)
    ids = open_accounts(book_id=book, names=[account, target])
    move = Move(ids[account], ids[target], pence)
    draft = Draft(key=key, kind="direct_payment", effective_date=on, reason="Taken", moves=[move])
    post(book_id=book, draft=draft, by="user:1")


def test_postgresql_takes_nothing_back_without_notice_before_its_day_or_in_dispute() -> None:
    cast, arrangement = make_paid()
    with pytest.raises(UnableToPost):
        raw_take(cast, arrangement, "mine:1", DUE)
    recovery = notice(cast, arrangement)
    key = f"recover:{recovery.pk}"
    with pytest.raises(UnableToPost):
        raw_take(cast, arrangement, key, DUE)  # nobody considered what they can afford
    say_in(recovery, considered="Has savings")
    for on, pence in ((DUE - timedelta(days=1), 40_00), (DUE, 40_01)):
        with pytest.raises(UnableToPost):
            raw_take(cast, arrangement, key, on, pence)
    say_in(recovery, state="disputed", dispute_words="No.")
    with pytest.raises(UnableToPost):
        raw_take(cast, arrangement, key, DUE)
    assert not Entry.objects.filter(key__startswith="recover:").exists()


def test_postgresql_gives_the_notice_that_policy_says_and_keeps_each_step() -> None:
    cast, arrangement = make_paid()
    recovery = notice(cast, arrangement)
    for wrong, rule in (
        ("earliest_date = earliest_date - 1", "step by step"),
        ("amount_pence = 1", "step by step"),
        ("state = 'taken'", "in_the_books|after_its_notice|what its entry moved"),
    ):
        assert_refused(f"UPDATE budgets_recovery SET {wrong} WHERE id = %s", recovery.pk, match=rule)
    say_in(recovery, state="disputed", dispute_words="No.")
    assert_refused("UPDATE budgets_recovery SET state = 'noticed'", match="step by step")
    say_in(recovery, state="withdrawn", answer_words="You are right.")
    make_policy(council=cast.council, code="dp_recovery_notice_days", value=40)
    copy = """
    INSERT INTO budgets_recovery (person_id, budget_id, stream_id, amount_pence, reason, state, noticed_date,
        noticed_by_id, earliest_date, afford, afford_words, dispute_words, answer_words, considered)
    SELECT person_id, budget_id, stream_id, 1, reason, 'noticed', noticed_date, noticed_by_id,
        noticed_date + {days}, '', '', '', '', '' FROM budgets_recovery
    """
    assert_refused(copy.format(days=39), match="asked back with notice")
