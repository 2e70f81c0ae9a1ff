"""Who may move whom and where to, what stands in the way, and what goes along."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from budgets.models import Budget, Instalment, PaymentArrangement
from budgets.queries import budget_on
from budgets.queries.statements import statement_on
from clusters.models import Membership, MembershipState
from moving.models import CouncilKey, KnownCouncil, Move
from moving.rules.contents import (
    Contents,
    NeedMoving,
    PastMoving,
    PersonMoving,
    PlanMoving,
    StreamMoving,
    read_contents,
)
from moving.rules.keys import unlock, unlock_key
from moving.rules.pack import unseal
from moving.rules.strict_json import read
from people.models import Council, Person
from people.rules.words import date_words
from plans.models import Answer, Assessment, AssessmentState, ByWhom, Plan, PlanState, RasKind

DAYS_A_WEEK = 7


def secrets() -> list[str]:
    """Give what private keys and copies are locked with: the first locks, every one unlocks."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def key_of(council: Council) -> CouncilKey | None:
    """Give the key a council signs with now; none where it never made one."""
    keys = CouncilKey.objects.filter(council=council, retired_at__isnull=True)
    return keys.select_related("council").first()


def trusted_by(council: Council) -> list[KnownCouncil]:
    """Give the councils whose keys are entered and checked here, by name."""
    return list(KnownCouncil.objects.trusted().filter(council=council).order_by("name"))


def move_of(person: Person) -> Move | None:
    """Give the move of a person that stands, sent or not."""
    return Move.objects.standing().filter(person=person).select_related("to").first()


def agreed_plan_of(person: Person) -> Plan | None:
    """Give the newest plan of an adult that was agreed."""
    agreed = person.plans.of_adults().filter(state=PlanState.AGREED)
    newest: Plan | None = agreed.order_by("-version").first()
    return newest


def in_the_way(*, person: Person, moved_date: date) -> list[str]:
    """Say what has to be done before somebody's pack can be sent, in plain words; nothing where all is done."""
    return [*_of_clusters(person), *_of_plan(person), *_of_budgets(person, moved_date), *_of_key(person)]


def _of_clusters(person: Person) -> Iterator[str]:
    """Who is leaving still has money there, until the last bills are in (held by PostgreSQL)."""
    theirs = Membership.objects.current().filter(person=person).select_related("cluster").order_by("ref")
    for membership in theirs:
        words = (
            _(
                "They are leaving the cluster “%(cluster)s”. Some of their money waits there for the last bills, and "
                "comes back by itself."
            )
            if membership.state == MembershipState.ON_NOTICE
            else _(
                "They have a part in the cluster “%(cluster)s”. To leave it gives what is theirs back to their "
                "budget."
            )
        )
        yield words % {"cluster": membership.cluster.name}


def _of_plan(person: Person) -> Iterator[str]:
    if agreed_plan_of(person) is None:
        yield _("They have no agreed plan yet. The other council goes on with the plan, so agree it first.")


def _of_budgets(person: Person, moved_date: date) -> Iterator[str]:
    if Budget.objects.filter(person=person, start_date__gte=moved_date).exists():
        yield _("They have a budget that only begins after that day. Choose a later day to move.")
    paid = Instalment.objects.filter(
        arrangement__allocation__budget__person=person, last_date__gte=moved_date
    ).order_by("-last_date")
    for instalment in paid[:1]:
        yield _("They were paid directly for days up to %(day)s. Choose a day to move after it.") % {
            "day": date_words(instalment.last_date)
        }
    arranged = PaymentArrangement.objects.filter(
        allocation__budget__person=person, allocation__budget__end_date__gt=moved_date
    )
    if arranged.filter(Q(end_date__isnull=True) | Q(end_date__gt=moved_date)).exists():
        yield _("They get a direct payment. It has to end by the day they move: end it first.")


def _of_key(person: Person) -> Iterator[str]:
    if key_of(person.council) is None:
        yield _("This council has no key to sign with. Its administrator makes one.")


def contents_for(move: Move, *, at: datetime) -> Contents:
    """Put together what goes along with somebody: what they agreed to, and no more."""
    person, plan = move.person, agreed_plan_of(move.person)
    assert plan is not None
    assert plan.agreed_at is not None  # held by `in_the_way`, and by PostgreSQL
    return Contents(
        made_at=at,
        moved_date=move.moved_date,
        agreed_at=move.agreed_at,
        from_name=person.council.name,
        person=PersonMoving(
            ref=person.ref, name=person.name, birth_date=person.birth_date, postcode=person.postcode
        ),
        plan=PlanMoving(
            version=plan.version,
            agreed_at=plan.agreed_at,
            outcomes=plan.outcomes,
            professional_words=plan.professional_words,
            contingency=plan.contingency,
            advice=plan.advice,
            involved=plan.involved,
            indicative_weekly_pence=plan.indicative_weekly_pence,
            needs=[_need(need) for need in plan.needs.standing()],
        ),
        streams=list(_streams(person, move.moved_date)),
        history=sorted(_history(move), key=lambda past: past.on),
    )


def _need(need: object) -> NeedMoving:
    return NeedMoving(**{name: getattr(need, name) for name in NeedMoving.__dataclass_fields__})


def _streams(person: Person, on: date) -> Iterator[StreamMoving]:
    """Say what each stream pays: a week as the statement says, else for the whole span of the budget."""
    statement, budget = statement_on(person=person, on=on), budget_on(person=person, on=on)
    if budget is None:
        return
    if statement is not None:
        parts = [
            (part.stream, part.delivery, part.weekly_pence, DAYS_A_WEEK) for part in statement.parts.all()
        ]
    else:
        span = (budget.end_date - budget.start_date).days
        whole = budget.allocations.select_related("stream").order_by("stream__code")
        parts = [(part.stream, part.delivery, part.annual_pence, span) for part in whole]
    for stream, delivery, pence, days in parts:
        yield StreamMoving(
            code=stream.code, name=stream.name, kind=stream.kind, delivery=delivery, pence=pence, days=days
        )


def _history(move: Move) -> Iterator[PastMoving]:
    if move.with_assessments:
        done = Assessment.objects.filter(
            person=move.person, kind=RasKind.ADULT, state=AssessmentState.FINISHED
        )
        for assessment in done.order_by("started_date"):
            yield PastMoving(
                on=assessment.started_date, title="Assessment of needs", words=_words_of(assessment)
            )
    if move.with_reviews:
        for review in move.person.reviews.order_by("held_date"):
            words = [
                review.get_needs_met_display(),
                review.get_result_display(),
                review.words,
                review.their_words,
            ]
            yield PastMoving(
                on=review.held_date,
                title="Review of the plan",
                words="\n".join(str(one) for one in words if one),
            )


def _words_of(assessment: Assessment) -> str:
    """Write an assessment down: what matters, then each answer under its question, theirs and the professional's."""
    answers = Answer.objects.filter(assessment=assessment).select_related("question", "option")
    lines = [assessment.what_matters] if assessment.what_matters else []
    for answer in answers.order_by("question__position", "by_whom", "pk"):
        whose = "Their own answer" if answer.by_whom == ByWhom.OWN else "The professional’s answer"
        said = "; ".join(part for part in (str(answer.option or ""), answer.words) if part)
        lines.append(f"{answer.question}\n{whose}: {said}")
    return "\n".join(lines)


def copy_of(move: Move) -> Contents:
    """Give what was in the pack that was sent, as the person may read it."""
    return read_contents(read(unlock(move.copy_locked, secrets=secrets())))


def contents_of_arrival(*, pack: bytes, sender: KnownCouncil, key: CouncilKey) -> Contents:
    """
    Open a pack with a council's own key.

    :raises UnableToReadPack: it was changed, or is not from this sender or not for this key.
    :raises UnableToReadContents: what is in it is not in the form that is agreed.
    """
    private = unlock_key(key.locked, secrets=secrets())
    return read_contents(unseal(pack, by=sender.public, with_key=private))


def has_own_assessment(person: Person) -> bool:
    """Tell whether the council has assessed somebody itself."""
    return Assessment.objects.filter(person=person, kind=RasKind.ADULT, finished_at__isnull=False).exists()
