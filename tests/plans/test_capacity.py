"""What somebody can decide themselves: the test of the law, best interests, not agreeing, and what rests on it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from people.actions import Terms, UnableToGiveAuthority, give_authority
from people.models import (
    Ability,
    Authority,
    AuthorityKind,
    CapacityRecord,
    Matter,
    Notice,
    RoleKind,
    Scope,
)
from plans.actions.answers_owed import UnableToChallenge
from plans.actions.capacity import (
    UnableToJudge,
    answer_about_capacity,
    challenge_capacity,
    decide_for,
    record_capacity,
)
from plans.models import BestInterest, CapacityChallenge, ChallengeOutcome, ReviewCall, ReviewReason
from plans.rules.reviews import ClockKind
from reports.queries.caseload import clocks_on
from tests.cast import NINE, ON, Cast, make_cast
from tests.guards import assert_refused
from tests.people.makers import make_authority, make_mark, make_user_with_role
from tests.plans.judging import in_her_interest, judged_able, judged_lack, make_lack
from tests.visiting import answered, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
DAY = timedelta(days=1)


@pytest.fixture
def _on_the_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


def lack(cast: Cast, **more: Any) -> CapacityRecord:
    """Amina cannot decide about a direct payment."""
    return make_lack(person=cast.amina, by=cast.priya, on=ON, at=NINE, **more)


def able(cast: Cast, **more: Any) -> CapacityRecord:
    """Amina can decide about it."""
    judged = judged_able(on=ON, **more)
    return record_capacity(person=cast.amina, judged=judged, by=cast.priya, on=ON, at=NINE)


def give(cast: Cast, kind: AuthorityKind, capacity: CapacityRecord | None = None) -> Authority:
    """Priya writes down that Leyla acts for Amina."""
    terms = Terms(
        kind=kind,
        scopes=[Scope.SEE, Scope.SPEND],
        start_date=ON,
        evidence="Order of 3 March",
        capacity=capacity,
    )
    return give_authority(
        person=cast.amina,
        helper_email="leyla@example.test",
        helper_name="Leyla",
        terms=terms,
        by=cast.priya,
        at=NINE,
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"decision": " "}, "Which|which decision"),
        ({"support": " "}, "tried first"),
        ({"reasons": ""}, "what they said or showed"),
        ({"impairment": ""}, "Which|which impairment"),
        ({"cannot": ()}, "even with support"),
        ({"because": ""}, "one comes of the other"),
        ({"is_more_than_unwise": False}, "unwise choice is theirs"),
        ({"look_again_date": None}, "by when you look again"),
        ({"look_again_date": ON}, "a day after today"),
        ({"look_again_date": ON + timedelta(days=400)}, "no later than"),
        ({"assessed_date": ON + DAY}, "still to come"),
    ],
)
def test_asks_all_that_the_law_asks_before_somebody_cannot_decide(more: dict[str, Any], words: str) -> None:
    with pytest.raises(UnableToJudge, match=words):
        lack(make_cast(), **more)


def test_takes_everybody_to_be_able_and_looks_at_plan_and_payment_when_that_changes() -> None:
    cast = make_cast()
    with pytest.raises(UnableToJudge, match="cannot decide"):
        able(cast, because="The dementia.")
    first = able(cast)
    assert not ReviewCall.objects.exists()
    second = lack(cast, assessed_date=ON)
    call = ReviewCall.objects.get()
    assert (call.reason, call.made_date, call.person) == (ReviewReason.CAPACITY, ON, cast.amina)
    assert second.supersedes == first
    third = lack(cast)
    assert ReviewCall.objects.count() == 1
    with pytest.raises(UnableToJudge, match="Choose that day or a later one"):
        lack(cast, assessed_date=ON - DAY)
    able(cast)
    assert ReviewCall.objects.count() == 2
    assert third in CapacityRecord.objects.exclude(superseded_by=None)
    assert CapacityRecord.objects.standing().count() == 1
    assert Notice.objects.filter(person=cast.amina, kind="plans_capacity_recorded").count() == 4


def test_looks_again_by_the_day_that_was_said_and_keeps_each_other_decision_apart() -> None:
    cast = make_cast()
    move = lack(cast, matter=Matter.OTHER, decision="Where she lives")
    assert lack(cast, matter=Matter.OTHER, decision="Who visits").supersedes is None
    assert lack(cast, matter=Matter.OTHER, decision="where she lives").supersedes == move
    due = [
        clock.due_date for clock in clocks_on(person=cast.amina, on=ON) if clock.kind == ClockKind.CAPACITY
    ]
    assert due == [ON + timedelta(days=28)] * 2
    with pytest.raises(UnableToJudge, match="already"):
        record_capacity(
            person=cast.amina,
            judged=judged_lack(on=ON, matter=Matter.OTHER),
            by=cast.priya,
            on=ON,
            at=NINE,
            again=move,
        )


def test_only_who_leads_or_manages_writes_it_down_and_only_theirs_read_it() -> None:
    cast = make_cast()
    with pytest.raises(UnableToJudge, match="Only this person's social worker"):
        record_capacity(person=cast.amina, judged=judged_lack(on=ON), by=cast.carol, on=ON, at=NINE)
    record = lack(cast)
    leyla = make_authority(person=cast.amina, scopes=[Scope.VOTE]).helper
    rob = make_authority(person=cast.amina, scopes=list(Scope)).helper
    make_mark(person=cast.amina, kept_from=rob, by=cast.priya, at=NINE)
    manager = make_user_with_role(council=cast.council, kind=RoleKind.MANAGER)
    address = reverse("plans:capacity", args=[cast.amina.pk])
    for reader in (cast.amina_user, leyla, cast.priya, manager):
        assert record.because in seen(reader, address)
    for stranger in (cast.ben_user, cast.carol, cast.farah, rob):
        assert seen(stranger, address) == "404"


def test_decides_in_her_best_interests_only_what_she_cannot_decide_with_who_acts_for_her_asked() -> None:
    cast = make_cast()
    record = lack(cast)
    give(cast, AuthorityKind.AUTHORISED, record)
    terms: dict[str, Any] = {"capacity": record, "by": cast.priya, "on": ON, "at": NINE}
    for more, words in (
        ({"wishes": ""}, "what they want and feel"),
        ({"options": " "}, "restrict them least"),
        ({"consulted": ""}, "mental capacity advocate"),
        ({"consulted": "Her brother"}, "Leyla acts for them"),
        ({"decided_date": ON - DAY}, "Choose that day or a later one"),
        ({"decided_date": ON + DAY}, "still to come"),
    ):
        with pytest.raises(UnableToJudge, match=words):
            decide_for(**terms, made=in_her_interest(on=ON, **more))
    with pytest.raises(UnableToJudge, match="Only this person's"):
        decide_for(**{**terms, "by": cast.farah}, made=in_her_interest(on=ON))
    with pytest.raises(UnableToJudge, match="Look again first"):
        decide_for(**{**terms, "on": ON + timedelta(days=29)}, made=in_her_interest(on=ON))
    not_asked = in_her_interest(
        on=ON, consulted="", not_consulted="Leyla is at sea.", advocate="Asked on 2 May."
    )
    decide_for(**terms, made=not_asked)
    decide_for(**terms, made=in_her_interest(on=ON))
    words = seen(cast.amina_user, reverse("plans:capacity", args=[cast.amina.pk]))
    for said in (
        "Leyla gets the direct payment for her.",
        "Leyla is at sea.",
        "Leyla</bdi> acts because of this",
    ):
        assert said in words
    able(cast)
    with pytest.raises(UnableToJudge, match="nobody decides it for them"):
        decide_for(**terms, made=in_her_interest(on=ON))
    assert_refused(
        "INSERT INTO plans_bestinterest (capacity_id, wishes, consulted, not_consulted, advocate, options, decision, "
        "reason, decided_date, decided_at, decided_by_id) SELECT capacity_id, wishes, wishes, '', '', options, "
        "decision, reason, decided_date, decided_at, decided_by_id FROM plans_bestinterest LIMIT 1",
        match="only while it stands",
    )


def test_is_answered_when_she_or_who_helps_her_does_not_agree() -> None:
    cast = make_cast()
    record = lack(cast)
    terms: dict[str, Any] = {"capacity": record, "words": "I know what I want.", "on": ON, "at": NINE}
    for stranger in (cast.ben_user, cast.carol):
        with pytest.raises(UnableToChallenge, match="Only the person themselves"):
            challenge_capacity(**terms, by=stranger)
    challenge = challenge_capacity(**terms, by=cast.amina_user)
    with pytest.raises(UnableToChallenge, match="already"):
        challenge_capacity(**terms, by=cast.amina_user)
    theirs = make_authority(person=cast.amina, scopes=[Scope.SEE])
    assert challenge_capacity(**terms, by=theirs.helper).made_by == theirs.label_for
    assert "does not agree with what was written about deciding" in seen(
        cast.priya, reverse("reports:my-people")
    )
    assert Notice.objects.filter(user=cast.priya, kind="plans_capacity_challenged").count() == 2
    answer: dict[str, Any] = {
        "challenge": challenge,
        "answer": "You were tired that day.",
        "on": ON,
        "at": NINE,
    }
    with pytest.raises(UnableToChallenge, match="Only this person’s social worker"):
        answer_about_capacity(**answer, outcome=ChallengeOutcome.UPHELD, by=cast.farah)
    calls = ReviewCall.objects.count()
    answer_about_capacity(**answer, outcome=ChallengeOutcome.UPHELD, by=cast.priya)
    assert ReviewCall.objects.count() == calls + 1
    with pytest.raises(UnableToChallenge, match="answered already"):
        answer_about_capacity(**answer, outcome=ChallengeOutcome.UPHELD, by=cast.priya)
    anew, other = able(cast), CapacityChallenge.objects.waiting().get()
    done = answer_about_capacity(
        **{**answer, "challenge": other}, outcome=ChallengeOutcome.PARTLY, by=cast.priya
    )
    assert done.led_to == anew
    assert "You were tired that day." in Notice.objects.filter(kind="plans_capacity_answered")[0].words


def test_lets_an_authorised_person_act_only_for_who_cannot_decide_and_nobody_nominate_then() -> None:
    cast = make_cast()
    with pytest.raises(UnableToGiveAuthority, match="Write down first"):
        give(cast, AuthorityKind.AUTHORISED)
    other = lack(cast, matter=Matter.PLAN)
    with pytest.raises(UnableToGiveAuthority, match="about the direct payment"):
        give(cast, AuthorityKind.AUTHORISED, other)
    with pytest.raises(UnableToGiveAuthority, match="acts for who cannot decide"):
        give(cast, AuthorityKind.SUPPORTER, other)
    record = lack(cast)
    with pytest.raises(UnableToGiveAuthority, match="nobody can be nominated"):
        give(cast, AuthorityKind.NOMINATED)
    able(cast)
    with pytest.raises(UnableToGiveAuthority, match="does not stand today"):
        give(cast, AuthorityKind.AUTHORISED, record)
    assert give(cast, AuthorityKind.ATTORNEY, other).capacity == other


def test_is_written_read_and_contradicted_on_its_pages() -> None:
    cast = make_cast()
    said = {
        "matter": "direct_payment",
        "decision": "Having a direct payment",
        "support": "Pictures",
        "impairment": "Dementia",
        "cannot": Ability.RETAIN.value,
        "because": "She forgets it",
        "is_more_than_unwise": "on",
        "reasons": "She said so",
        "outcome": "lacks",
        "assessed_date": "2026-05-04",
        "look_again_date": "2026-06-01",
    }
    new = reverse("plans:record-capacity", args=[cast.amina.pk])
    assert "one comes of the other" in answered(cast.priya, new, **{**said, "because": ""})
    assert "They are told" in answered(cast.priya, new, **said)
    record = CapacityRecord.objects.get()
    give(cast, AuthorityKind.AUTHORISED, record)
    decide = reverse("plans:decide-for", args=[record.pk])
    best = {
        "wishes": "Home",
        "options": "Wait",
        "decision": "Leyla gets it",
        "reason": "Home",
        "decided_date": "2026-05-04",
    }
    acting = Authority.objects.get()
    assert "Who acts for them and was asked?" in seen(cast.priya, decide)
    answered(cast.priya, decide, **best, asked=str(acting.pk))
    assert BestInterest.objects.get().consulted == "Leyla"
    no = reverse("plans:disagree-capacity", args=[record.pk])
    assert "You get an answer with reasons" in answered(cast.amina_user, no, words="I can")
    answer = reverse("plans:answer-capacity", args=[CapacityChallenge.objects.get().pk])
    assert "They are told" in answered(cast.priya, answer, outcome="not_upheld", answer="We looked twice")
    assert "We looked twice" in seen(cast.amina_user, reverse("plans:capacity", args=[cast.amina.pk]))
    again = reverse("plans:look-again", args=[record.pk])
    able_now = {**said, "outcome": "has", "because": "", "cannot": "", "look_again_date": ""}
    assert "They can decide this themselves" in answered(
        cast.priya, again, **{k: v for k, v in able_now.items() if v}
    )
