"""Letting somebody act for a person, ending it, and saying in plain words why somebody may not."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from people.actions import Terms, UnableToGiveAuthority, UnableToWithdraw, give_authority, withdraw_authority
from people.actions.authority import MOST_HELPERS
from people.models import Authority, AuthorityKind, Notice, Person, Scope, User
from people.queries import acting_label, acting_refusal, helped_by
from tests.people.makers import make_authority, make_council, make_person, make_social_worker, make_user

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
ON = AT.date()
LATER = datetime(2026, 5, 6, 9, tzinfo=UTC)


def make_amina() -> Person:
    """Amina, who signs in, and whom Priya leads."""
    council = make_council()
    user = make_user(name="Amina Yusuf")
    return make_person(council=council, user=user, lead=make_social_worker(council=council))


def user_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def lead_of(person: Person) -> User:
    assert person.lead_professional is not None
    return person.lead_professional


def give(person: Person, *, by: User | None = None, **more: Any) -> Authority:
    """Amina's own word to Robin, for good, unless it says otherwise."""
    helper: dict[str, Any] = {
        name: more.pop(name) for name in ("helper_email", "helper_name", "at") if name in more
    }
    asked: dict[str, Any] = {
        "kind": AuthorityKind.SUPPORTER,
        "scopes": [Scope.VOTE, Scope.SEE],
        "start_date": ON,
    }
    said: dict[str, Any] = {"helper_email": "robin@example.test", "helper_name": "Robin Reed", "at": AT}
    terms = Terms(**{**asked, **more})
    return give_authority(person=person, terms=terms, by=by or user_of(person), **{**said, **helper})


def test_lets_somebody_act_by_the_persons_own_word() -> None:
    amina = make_amina()
    given = give(amina)
    assert (given.helper.name, given.scopes, given.end_date) == ("Robin Reed", ["see", "vote"], None)
    assert (given.given_by, given.evidence) == (user_of(amina).label, "Their own word, given on Common Purse")
    assert acting_label(given.helper, amina, scope=Scope.VOTE, on=ON) == given.label_for
    assert acting_label(given.helper, amina, scope=Scope.SPEND, on=ON) is None
    assert [one.person for one in helped_by(given.helper, on=ON)] == [amina]


def test_tells_both_of_them() -> None:
    amina = make_amina()
    given = give(amina, end_date=date(2026, 6, 1))
    told = Notice.objects.get(person=amina)
    assert "up to and including Sunday 31 May 2026" in told.words
    assert "see your money and your plan, vote for you" in told.words
    helper = Notice.objects.get(user=given.helper)
    assert "You can now do things for Amina Yusuf" in helper.words
    assert "see their money and their plan, vote for them" in helper.words


def test_tells_whoever_gets_the_letters_only_as_the_helper() -> None:
    given = give(make_amina(), scopes=[Scope.LETTERS])
    assert [notice.kind for notice in Notice.objects.filter(user=given.helper)] == ["people_helper_given"]


def test_gives_it_to_the_account_that_is_there() -> None:
    robin = make_user(name="Robin Reed", email="robin@example.test")
    assert give(make_amina(), helper_email=" Robin@Example.test ", helper_name="").helper == robin


def test_takes_the_word_of_the_lead_professional_with_what_it_rests_on() -> None:
    amina = make_amina()
    kind, evidence = AuthorityKind.ATTORNEY, "Court order of 3 March 2026"
    given = give(amina, by=lead_of(amina), kind=kind, evidence=evidence, start_date=date(2026, 3, 3))
    assert given.evidence == evidence
    assert "Priya Shah wrote this down." in Notice.objects.get(person=amina).words


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": AuthorityKind.ATTORNEY}, "Show it to your social worker"),
        ({"scopes": []}, "at least one thing"),
        ({"start_date": ON - timedelta(days=1)}, "today or a later day"),
        ({"end_date": ON}, "a last day that is not before the first"),
        ({"helper_email": "robin"}, "like name@example.org"),
        ({"helper_name": ""}, "Write their name"),
    ],
)
def test_refuses_what_a_person_cannot_give(more: dict[str, Any], words: str) -> None:
    with pytest.raises(UnableToGiveAuthority, match=words):
        give(make_amina(), **more)
    assert not Authority.objects.exists()
    assert not Notice.objects.exists()


def test_refuses_a_professional_without_a_reason_and_strangers() -> None:
    amina = make_amina()
    with pytest.raises(UnableToGiveAuthority, match="Say what this rests on"):
        give(amina, by=lead_of(amina))
    robin = make_authority(person=amina, scopes=list(Scope)).helper
    for stranger in (make_user(), make_social_worker(council=amina.council), robin):
        with pytest.raises(UnableToGiveAuthority, match="Only Amina Yusuf or their social worker"):
            give(amina, by=stranger, evidence="My word")


def test_refuses_helpers_who_need_no_authority() -> None:
    amina = make_amina()
    for user, words in ((user_of(amina), "own address"), (lead_of(amina), "is their social worker")):
        with pytest.raises(UnableToGiveAuthority, match=words):
            give(amina, helper_email=user.email)


def test_refuses_a_second_authority_for_the_same_helper_until_the_first_is_over() -> None:
    amina = make_amina()
    first = give(amina, end_date=date(2026, 6, 1))
    with pytest.raises(UnableToGiveAuthority, match="Robin Reed can act for them already"):
        give(amina, scopes=[Scope.SPEND])
    withdraw_authority(authority=first, by=user_of(amina), at=LATER)
    assert give(amina, scopes=[Scope.SPEND], at=LATER, start_date=LATER.date()).scopes == ["spend"]


def test_refuses_more_helpers_than_anybody_can_follow() -> None:
    amina = make_amina()
    for _ in range(MOST_HELPERS):
        make_authority(person=amina)
    with pytest.raises(UnableToGiveAuthority, match="There are 10 helpers already"):
        give(amina)


@pytest.mark.parametrize("who", ["person", "helper", "lead"])
def test_ends_at_once_by_the_word_of_any_of_the_three(who: str) -> None:
    amina = make_amina()
    given = give(amina)
    by = {"person": user_of(amina), "helper": given.helper, "lead": lead_of(amina)}[who]
    ended = withdraw_authority(authority=given, by=by, at=LATER)
    assert (ended.withdrawn_at, ended.withdrawn_by) == (LATER, by.label)
    assert acting_label(given.helper, amina, scope=Scope.VOTE, on=LATER.date()) is None
    assert helped_by(given.helper, on=LATER.date()) == []
    kinds = {notice.kind for notice in Notice.objects.filter(made_at=LATER)}
    assert kinds == {"people_authority_withdrawn", "people_helper_withdrawn"}


def test_refuses_to_end_it_twice_or_for_strangers() -> None:
    amina = make_amina()
    given = give(amina)
    with pytest.raises(UnableToWithdraw, match="Only the person"):
        withdraw_authority(authority=given, by=make_user(), at=LATER)
    withdraw_authority(authority=given, by=user_of(amina), at=LATER)
    with pytest.raises(UnableToWithdraw, match="ended on Wednesday 6 May 2026 already"):
        withdraw_authority(authority=given, by=user_of(amina), at=LATER)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"scopes": [Scope.VOTE]}, ""),
        (
            {"scopes": [Scope.SEE]},
            "Your authority to act for Amina Yusuf does not go as far as this: vote for them.",
        ),
        (
            {"scopes": [Scope.VOTE], "withdrawn_at": LATER},
            "Your authority to act for Amina Yusuf ended on Wednesday 6 May 2026.",
        ),
        (
            {"scopes": [Scope.VOTE], "end_date": date(2026, 5, 3)},
            "Your authority to act for Amina Yusuf ended on Sunday 3 May 2026.",
        ),
        (
            {"scopes": [Scope.VOTE], "start_date": date(2026, 6, 1)},
            "Your authority to act for Amina Yusuf starts on Monday 1 June 2026.",
        ),
    ],
)
def test_says_why_a_helper_may_not_act(terms: dict[str, Any], words: str) -> None:
    amina = make_amina()
    robin = make_authority(person=amina, **terms).helper
    refusal = acting_refusal(robin, amina, scope=Scope.VOTE, on=LATER.date())
    assert refusal == (f"{words} Ask Amina Yusuf or Priya Shah, their social worker." if words else "")


def test_says_little_to_strangers_and_nothing_to_those_who_may() -> None:
    amina = make_amina()
    assert acting_refusal(make_user(), amina, scope=Scope.VOTE, on=ON).startswith(
        "Only the person themselves"
    )
    for user in (user_of(amina), lead_of(amina)):
        assert acting_refusal(user, amina, scope=Scope.VOTE, on=ON) == ""


def test_says_that_somebody_has_died() -> None:
    amina = make_amina()
    robin = make_authority(person=amina, scopes=list(Scope)).helper
    Person.objects.filter(pk=amina.pk).update(died_date=ON)
    amina.refresh_from_db()
    assert acting_refusal(robin, amina, scope=Scope.VOTE, on=ON).startswith("Amina Yusuf has died.")
    with pytest.raises(UnableToGiveAuthority, match="has died"):
        give(amina)
