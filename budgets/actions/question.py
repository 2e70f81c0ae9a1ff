"""“Can I spend it on this?”: asked from the plan, answered by the plan itself or the professional, and kept."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.models import SpendAnswer, SpendQuestion
from budgets.rules.named import NeedNamed, names_it
from ledger.pennies import in_pounds
from people.actions import tell, tell_user
from people.models import Person, RoleKind, Scope, User
from people.queries import acting_label, acting_refusal, leads
from plans.models import Need, PlanState


class UnableToAskOrAnswer(Exception):
    """The question cannot be asked or answered like this."""


@transaction.atomic
def ask_about(
    *, person: Person, need: Need | None, what: str, amount_pence: int, by: User, on: date, at: datetime
) -> SpendQuestion:
    """
    Ask whether money may go to something: of one need of the agreed plan, or of any. Units: pence.

    Where the plan names it for no less, that is the answer. Otherwise the professional is told.

    :raises UnableToAskOrAnswer: `by` may not act for them, or there is no agreed plan.
    """
    label = acting_label(by, person, scope=Scope.SEE, on=on)
    if label is None:
        raise UnableToAskOrAnswer(acting_refusal(by, person, scope=Scope.SEE, on=on))
    plan = person.plans.of_adults().filter(state=PlanState.AGREED).order_by("-version").first()
    if plan is None:
        raise UnableToAskOrAnswer(_("There is no agreed plan yet. Ask your social worker."))
    needs = [one for one in plan.needs.standing() if need is None or one.pk == need.pk]
    number = names_it(what, amount_pence=amount_pence, needs=[_named(one) for one in needs])
    question = SpendQuestion.objects.create(
        person=person,
        plan=plan,
        need=need if number is None else needs[number],
        what=what.strip(),
        amount_pence=amount_pence,
        asked_at=at,
        asked_by=label,
        answer="" if number is None else SpendAnswer.PLAN,
        answered_at=None if number is None else at,
    )
    if number is None and person.lead_professional is not None:
        tell_user(
            user=person.lead_professional,
            council=person.council,
            kind="budgets_question_asked",
            key=str(question.pk),
            at=at,
            by=label,
            about=reverse("budgets:answer", args=[question.pk]),
            person=str(person),
        )
    return question


@transaction.atomic
def answer_question(
    *, question: SpendQuestion, answer: SpendAnswer, words: str, by: User, at: datetime
) -> SpendQuestion:
    """
    Answer yes or no, with reasons the person reads, and tell them. An answer stays.

    :raises UnableToAskOrAnswer: `by` is neither their social worker nor a manager there, nothing is said, or it is
        answered already.
    """
    held = SpendQuestion.objects.select_related("person__council", "person__lead_professional")
    question = held.select_for_update(of=["self"], no_key=True).get(pk=question.pk)
    if not may_answer(by, question.person):
        raise UnableToAskOrAnswer("Only this person's social worker or their team manager can answer.")
    if question.answer:
        raise UnableToAskOrAnswer("This is answered already. They can ask again.")
    if answer == SpendAnswer.PLAN or not words.strip():
        raise UnableToAskOrAnswer("Say yes or no, and why, in a few words.")
    question.answer, question.words = answer, words.strip()
    question.answered_at, question.answered_by = at, by
    question.save(update_fields=["answer", "words", "answered_at", "answered_by"])
    tell(
        person=question.person,
        kind="budgets_question_answered",
        key=str(question.pk),
        at=at,
        by=by.label,
        about=reverse("budgets:direct", args=[question.person_id]),
        what=question.what,
        pounds=in_pounds(question.amount_pence),
        is_yes=int(answer == SpendAnswer.YES),
        words=question.words,
    )
    return question


def may_answer(user: User, person: Person) -> bool:
    """Tell whether the user answers what this person asks about their money."""
    return leads(user, person) or user.has_role(RoleKind.MANAGER, council_id=person.council_id)


def _named(need: Need) -> NeedNamed:
    said = " ".join((need.words, need.how, need.who, need.wanted))
    return NeedNamed(words=said, most_pence=max(need.weekly_pence, need.one_off_pence))
