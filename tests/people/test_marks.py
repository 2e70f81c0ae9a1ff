"""Keeping a person's money from who may be harming them: at once, everywhere, and so that nothing tells them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from budgets.actions.direct import pay_arrangement, pay_what_is_due
from budgets.actions.direct.pay import PaymentWaits
from budgets.actions.spend import Spent, UnableToSpend, write_spend
from budgets.models import Instalment
from people.actions import Concern, UnableToMark, end_mark, keep_money_from, tell
from people.models import (
    Authority,
    AuthorityKind,
    Notice,
    NoticeState,
    Person,
    RoleKind,
    SafeguardingMark,
    Scope,
    User,
)
from people.queries import acting_refusal, helped_by
from people.queries.notices import copies_of
from people.rules.kept_back import WITHOUT_MONEY
from tests.budgets.makers import make_arrangement
from tests.cast import NINE, ON, Cast, make_cast
from tests.guards import SEALED, assert_refused
from tests.people.makers import make_authority, make_mark, make_user, make_user_with_role
from tests.test_words import TEMPLATES
from tests.visiting import answered, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
MONTH = timedelta(days=28)


@pytest.fixture
def _on_the_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


def make_helper(person: Person, *scopes: Scope, kind: AuthorityKind = AuthorityKind.SUPPORTER) -> Authority:
    """Rob, who helps with everything."""
    return make_authority(
        person=person, helper=make_user(name="Rob Vane"), scopes=scopes or list(Scope), kind=kind
    )


def marked(cast: Cast, helper: User, **more: Any) -> SafeguardingMark:
    """Amina's money is kept from a helper."""
    return make_mark(person=cast.amina, kept_from=helper, by=cast.priya, at=NINE, **more)


def told(person: Person, kind: str, **facts: Any) -> Notice:
    """A person is told something."""
    notice = tell(person=person, kind=kind, key="1", at=NINE, by="system:tests", **facts)
    assert notice is not None
    return notice


def test_ends_at_once_what_somebody_sees_and_does_in_the_words_of_any_authority_that_goes_no_further() -> (
    None
):
    cast = make_cast()
    rob, kim = make_helper(cast.amina), make_authority(person=cast.amina, scopes=[Scope.LETTERS])
    marked(cast, rob.helper)
    assert list(helped_by(rob.helper, on=ON)) == []
    assert not Person.objects.visible_to(rob.helper).exists()
    for scope in (Scope.SEE, Scope.SPEND, Scope.AGREE, Scope.VOTE):
        refusal = acting_refusal(rob.helper, cast.amina, scope=scope, on=ON)
        assert refusal == acting_refusal(kim.helper, cast.amina, scope=scope, on=ON) != ""
    spent = Spent(spent_date=ON, amount_pence=1, what="Tea", paid_to="Café")
    with pytest.raises(UnableToSpend, match="does not go as far as this"):
        write_spend(person=cast.amina, spent=spent, receipt=None, by=rob.helper, on=ON, at=NINE)


def test_sends_no_notice_that_may_be_about_money_and_keeps_back_what_waits() -> None:
    cast = make_cast()
    rob, kim = make_helper(cast.amina), make_helper(cast.amina)
    before = told(cast.amina, "budgets_family", payee="Joy")
    assert {copy.user for copy in copies_of(before)} == {rob.helper, kim.helper}
    mark = marked(cast, rob.helper)
    assert [copy.user for copy in copies_of(before)] == [kim.helper]
    late = Notice.objects.get(user=rob.helper, key__startswith=before.key)
    assert late.state == NoticeState.FAILED
    assert late.subject not in seen(rob.helper, reverse("people:letters"))
    assert seen(rob.helper, reverse("people:letter", args=[late.pk])) == "404"
    after = told(cast.amina, "budgets_family_ended", payee="Joy", last_date=ON, reason="-")
    assert [copy.user for copy in copies_of(after)] == [kim.helper]
    reviewed = told(cast.amina, "plans_reviewed", held=ON)
    assert {copy.user for copy in copies_of(reviewed)} == {rob.helper, kim.helper}
    # Of a kind that says nothing of money, but this one does.
    heard = told(cast.amina, "people_settings_changed", done_by="Kim, who got £20")
    assert [copy.user for copy in copies_of(heard)] == [kim.helper]
    end_mark(mark=mark, reason="The enquiry found nothing.", by=cast.priya, at=NINE)
    assert {one.user for one in copies_of(told(cast.ben, "plans_reviewed", held=ON))} == set()
    assert list(helped_by(rob.helper, on=ON)) == [rob]
    assert Notice.objects.filter(user=rob.helper, kind__startswith="people_").count() == 0


@pytest.mark.parametrize("kind", sorted(WITHOUT_MONEY))
def test_what_is_sent_all_the_same_says_nothing_of_money(kind: str) -> None:
    for name in (f"{kind}.txt", f"{kind}.easy.txt"):
        words = (TEMPLATES / "people" / "notices" / name).read_text().lower()
        assert not any(word in words for word in ("money", "budget", "pay", "pound", "£", "spend", "cost"))


def test_shows_it_to_those_who_keep_the_person_safe_and_to_nobody_else() -> None:
    cast = make_cast()
    rob, kim = make_helper(cast.amina), make_helper(cast.amina)
    manager, rob_there = (
        make_user_with_role(council=cast.council, kind=RoleKind.MANAGER, name=name)
        for name in ("Ruth", "Rob M")
    )
    mark = marked(cast, rob.helper)
    make_mark(person=cast.amina, kept_from=rob_there, by=cast.priya, at=NINE)
    theirs = reverse("people:marks", args=[cast.amina.pk])
    assert mark.reason in seen(cast.priya, theirs)
    assert "Rob Vane" in seen(manager, theirs)
    assert "Keeping their money safe" in seen(manager, reverse("reports:person", args=[cast.amina.pk]))
    for other in (cast.carol, cast.farah, cast.amina_user, kim.helper, rob.helper, rob_there):
        assert seen(other, theirs) == "404"
        assert seen(other, reverse("people:end-mark", args=[mark.pk])) == "404"
    assert "do not go to" not in seen(cast.amina_user, reverse("people:helpers"))


def test_tells_the_person_only_where_that_is_safe_and_never_why() -> None:
    cast = make_cast()
    rob = make_helper(cast.amina)
    mark = marked(cast, rob.helper, is_safe_to_tell=True)
    words = seen(cast.amina_user, reverse("people:helpers"))
    assert "do not go to" in words
    assert "Priya Shah" in words
    assert mark.reason not in words


def test_asks_who_why_and_by_when_it_is_looked_at_again() -> None:
    cast = make_cast()
    rob = make_helper(cast.amina).helper
    terms: dict[str, Any] = {"person": cast.amina, "by": cast.priya, "at": NINE}
    good = Concern(reason="Money went missing.", start_date=ON, review_date=ON + MONTH)
    for who, words in ((cast.amina_user, "from the person themselves"), (cast.priya, "Only the person's")):
        with pytest.raises(UnableToMark, match=words):
            keep_money_from(**terms, kept_from=who, concern=good)
    manager = make_user_with_role(council=cast.council, kind=RoleKind.MANAGER)
    with pytest.raises(UnableToMark, match="leads their plan"):
        keep_money_from(**{**terms, "by": manager}, kept_from=cast.priya, concern=good)
    for more, words in (
        ({"reason": " "}, "Say why"),
        ({"start_date": ON + MONTH}, "holds at once"),
        ({"review_date": ON}, "Choose a day after"),
    ):
        with pytest.raises(UnableToMark, match=words):
            keep_money_from(**terms, kept_from=rob, concern=Concern(**{**vars(good), **more}))
    first = keep_money_from(**terms, kept_from=rob, concern=good)
    again = keep_money_from(**terms, kept_from=rob, concern=good)
    first.refresh_from_db()
    assert (first.end_reason, again.ended_at) == ("Looked at again: it goes on.", None)
    with pytest.raises(UnableToMark, match="Say why it ends"):
        end_mark(mark=again, reason="", by=cast.priya, at=NINE)
    with pytest.raises(UnableToMark, match="ended already"):
        end_mark(mark=first, reason="x", by=cast.priya, at=NINE)


def test_writes_it_down_on_the_page_by_name_or_by_address() -> None:
    cast = make_cast()
    rob, kim = make_helper(cast.amina).helper, make_user(name="Kim")
    address = reverse("people:mark", args=[cast.amina.pk])
    said = {"reason": "Why", "start_date": "2026-05-04", "review_date": "2026-06-01"}
    assert "Nobody signs in here" in answered(
        cast.priya, address, who="else", email="no@example.test", **said
    )
    answered(cast.priya, address, who=str(rob.pk), **said)
    answered(cast.priya, address, who="else", email=kim.email, **said)
    assert {mark.kept_from for mark in cast.amina.marks.standing()} == {rob, kim}
    mark = cast.amina.marks.get(kept_from=kim)
    assert "Ended. Nobody is told." in answered(
        cast.priya, reverse("people:end-mark", args=[mark.pk]), reason="Wrong Kim"
    )


def test_lets_a_direct_payment_wait_that_would_reach_them_and_gives_the_professional_the_task() -> None:
    cast = make_cast()
    arrangement = make_arrangement(person=cast.ben, by=cast.farah)
    rob = make_helper(cast.ben, Scope.SPEND, kind=AuthorityKind.NOMINATED)
    mark = make_mark(person=cast.ben, kept_from=rob.helper, by=cast.priya, at=NINE)
    with pytest.raises(PaymentWaits, match="Ask Priya Shah"):
        pay_arrangement(arrangement=arrangement, on=ON, at=NINE, by=cast.farah.label)
    for _twice in range(2):
        run = pay_what_is_due(council=cast.council, on=ON, at=NINE, by=cast.farah.label)
        assert (run.paid, len(run.refused)) == (0, 1)
    assert Notice.objects.filter(kind="budgets_payment_waits").get().user == cast.priya
    manager = make_user_with_role(council=cast.council, kind=RoleKind.MANAGER)
    Person.objects.filter(pk=cast.ben.pk).update(lead_professional=None)
    pay_what_is_due(council=cast.council, on=ON, at=NINE, by=cast.farah.label)
    assert Notice.objects.filter(kind="budgets_payment_waits", user=manager).exists()
    Person.objects.filter(pk=cast.ben.pk).update(lead_professional=cast.priya)
    assert "Waits" in seen(cast.farah, reverse("budgets:payments"))
    assert "waits to be paid" in seen(cast.ben_user, reverse("budgets:direct", args=[cast.ben.pk]))
    assert not Instalment.objects.exists()
    end_mark(mark=mark, reason="It was a mistake.", by=cast.priya, at=NINE)
    assert pay_what_is_due(council=cast.council, on=ON, at=NINE, by=cast.farah.label).paid


SET = "UPDATE people_safeguardingmark SET "


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (f"reason = '{SEALED}'", "only ended"),
        (f"ended_at = now(), end_reason = '{SEALED}'", "says_why_it_ended"),
        ("ended_at = now(), ended_by_id = marked_by_id", "says_why_it_ended"),
        (
            f"ended_at = now(), ended_by_id = marked_by_id, end_reason = '{SEALED}', review_date = '2027-01-01'",
            "only ended",
        ),
    ],
)
def test_a_mark_stays_as_it_was_written(change: str, words: str) -> None:
    cast = make_cast()
    marked(cast, make_helper(cast.amina).helper)
    assert_refused(SET + change, match=words)


@pytest.mark.parametrize(
    ("which", "value", "words"),
    [
        ("reason", "''", "says_why"),
        ("review_date", "start_date", "looked_at_again|later day"),
        ("start_date", "date '2026-05-05'", "from its first moment"),
        ("ended_at", "now()", "from its first moment|says_why_it_ended"),
        ("kept_from_id", "(SELECT user_id FROM people_person p WHERE p.id = m.person_id)", "from themselves"),
        ("kept_from_id", "marked_by_id", "who keeps their plan safe"),
        ("kept_from_id", "kept_from_id", "stands_once_a_user"),
    ],
)
def test_a_mark_is_written_whole(which: str, value: str, words: str) -> None:
    cast = make_cast()
    marked(cast, make_helper(cast.amina).helper)
    names = [
        "person_id",
        "kept_from_id",
        "reason",
        "start_date",
        "review_date",
        "marked_at",
        "marked_by_id",
        "ended_at",
    ]
    values = [value if name == which else name for name in names]
    assert_refused(
        f"INSERT INTO people_safeguardingmark ({', '.join(names)}, is_safe_to_tell, end_reason) "
        f"SELECT {', '.join(values)}, false, '' FROM people_safeguardingmark m",
        match=words,
    )
