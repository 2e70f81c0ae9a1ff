"""The council, those who work for it, and the people with their plans and budgets."""

from datetime import timedelta

from budgets.actions import BudgetPart, add_stream, agree_budget
from budgets.models import Delivery
from commonpurse.demo.days import Days, moment
from commonpurse.demo.shapes import Somebody
from commonpurse.demo.story import PEOPLE
from commonpurse.demo.story.council import CODE, HEALTH, NAME, OFFICIALS, STREAMS
from commonpurse.demo.story.newcomers import CONSTANCE_AGAIN
from commonpurse.demo.town import Town
from commonpurse.sign_in.demo import give_app
from people.actions import give_role, register_council, register_person, register_user
from plans.actions import Found, NeedInWords, agree_plan, draft_plan, record_review, submit_plan
from plans.actions.ras import load_ras, publish_ras
from plans.models import NeedsMet, RasKind, ReviewReason, ReviewResult

BY = "system:demo"
REVIEWED_AFTER = timedelta(days=30)
PLANNED_BEFORE = timedelta(days=20)  # plans were agreed before the year of the budgets began
HELD = {HEALTH: Delivery.ISF}


def begin(days: Days) -> Town:
    """Register the council with its streams, and those who work for it."""
    council = register_council(
        code=CODE, name=NAME, year_start_date=days.year_start, year_end_date=days.year_end
    )
    town = Town(days=days, council=council)
    for code, name in STREAMS.items():
        town.streams[code] = add_stream(council=council, code=code, name=name)
    for official in OFFICIALS:
        user = register_user(email=official.email, name=official.name)
        give_role(
            user=user, council=council, kind=official.role, approval_limit_pence=official.may_approve_pence
        )
        give_app(user)
        town.users[official.email] = user
    return town


def publish_questions(town: Town) -> None:
    """Publish the open resource allocation system for adults and for carers, before anybody is assessed."""
    on = town.days.year_start - PLANNED_BEFORE * 3
    for kind in RasKind:
        version = load_ras(council=town.council, kind=kind, by=BY, at=moment(on))
        publish_ras(version=version, effective_date=on, by=BY, at=moment(on))


def welcome_people(town: Town) -> None:
    """Register everybody, each with a plan in their own words and a budget for the year."""
    for somebody in PEOPLE:
        user = register_user(email=somebody.email, name=somebody.name) if somebody.email else None
        if user is not None:
            town.users[somebody.email] = user
        town.people[somebody.ref] = register_person(
            council=town.council,
            ref=somebody.ref,
            name=somebody.name,
            birth_date=somebody.birth_date,
            postcode=somebody.postcode,
            user=user,
            lead_professional=town.users[somebody.lead],
        )
        _plan(town, somebody)
        if somebody.budget:
            _agree_budget(town, somebody)
            _look_at_it_again(town, somebody)
    _hand_in_a_new_version(town, CONSTANCE_AGAIN)


def _plan(town: Town, somebody: Somebody) -> None:
    """Write a plan and agree it; who has no budget yet has only begun one."""
    lead = town.users[somebody.lead]
    plan = draft_plan(
        person=town.people[somebody.ref],
        outcomes=somebody.outcomes,
        needs=_needs(somebody),
        by=lead,
        review_due_date=town.days.on + timedelta(days=somebody.review_in) if somebody.budget else None,
    )
    if somebody.budget:
        agreed_on = town.days.year_start - PLANNED_BEFORE
        submit_plan(plan=plan, by=lead, at=moment(agreed_on - timedelta(days=3)))
        agree_plan(plan=plan, by=lead, at=moment(agreed_on))


def _look_at_it_again(town: Town, somebody: Somebody) -> None:
    """Hold the first review of a plan, which looks at a direct payment too; where that day has come."""
    held_date = town.days.year_start + REVIEWED_AFTER
    if held_date >= town.days.on:
        return
    found = Found(
        reason=ReviewReason.PLANNED,
        held_date=held_date,
        needs_met=NeedsMet.FULLY,
        result=ReviewResult.SAME,
        words="We talked at home. What the plan says is what happens, and it helps.",
        with_payment=bool(somebody.directly),
    )
    at = moment(held_date)
    record_review(
        person=town.people[somebody.ref], found=found, by=town.users[somebody.lead], on=held_date, at=at
    )


def _hand_in_a_new_version(town: Town, somebody: Somebody) -> None:
    """Hand in the next version of a plan, which waits for the social worker."""
    plan = draft_plan(
        person=town.people[somebody.ref],
        outcomes=somebody.outcomes,
        needs=_needs(somebody),
        by=town.users[somebody.email],
        review_due_date=town.days.on + timedelta(days=42),
    )
    submit_plan(plan=plan, by=town.users[somebody.email], at=town.days.ago(5))


def _needs(somebody: Somebody) -> list[NeedInWords]:
    return [NeedInWords(words=words, met_by=met_by) for words, met_by in somebody.needs]


def _agree_budget(town: Town, somebody: Somebody) -> None:
    agree_budget(
        person=town.people[somebody.ref],
        start_date=town.days.year_start,
        end_date=town.days.year_end,
        parts=[
            BudgetPart(
                stream=town.streams[code],
                annual_pence=pence,
                delivery=_held(somebody, code),
            )
            for code, pence in somebody.budget.items()
        ],
        by=BY,
    )


def _held(somebody: Somebody, code: str) -> Delivery:
    return Delivery.DIRECT_PAYMENT if code in somebody.directly else HELD.get(code, Delivery.COUNCIL_MANAGED)
