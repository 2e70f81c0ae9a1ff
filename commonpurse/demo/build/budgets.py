"""A budget as it comes about: what somebody can pay, who pays what, and plan and budget agreed together."""

from datetime import timedelta

from budgets.actions import Facts, OtherMoney, Terms, agree_from_plan, assess_finances, propose_budget
from budgets.actions.challenge import challenge_contribution
from budgets.models import Delivery, FinancialAssessment
from commonpurse.demo.build.people import PLANNED_BEFORE
from commonpurse.demo.days import moment
from commonpurse.demo.story.council import HEALTH, NOOR, PRIYA
from commonpurse.demo.story.newcomers import WINIFRED
from commonpurse.demo.town import Town
from people.actions.policy import change_policy
from plans.actions import submit_plan
from plans.models import Plan

# Thornvale's own values: pence a week, and where they stand.
POLICY = {
    "plan_lead_limit_weekly_pence": (350_00, "Thornvale's scheme of delegation"),
    "mig_weekly_pence": (160_30, "Thornvale's charging policy, page 4: of pension age, living alone"),
}
SAID_AGO = 3
HEATING = "My heating is more since the new boiler: 18 pounds a week. I have the bills in the tin."
# What each need costs a week: units in hundredths, and pence a unit.
PRICED = {"Getting up and dressed": (1_050, 25_20), "My stockings, for the swelling": (300, 19_00)}


def agree_a_budget_with_its_plan(town: Town) -> None:
    """Work out what Winifred pays, and agree her plan and a budget of three streams."""
    agreed_on = town.days.year_start - PLANNED_BEFORE
    at, priya, person = moment(agreed_on), town.users[PRIYA], town.people[WINIFRED.ref]
    for code, (pence, source) in POLICY.items():
        change_policy(
            council=town.council,
            code=code,
            value=pence,
            source=source,
            effective_date=agreed_on - timedelta(days=10),
            by=town.users[NOOR],
            at=moment(agreed_on - timedelta(days=10)),
        )
    plan = person.plans.get()
    _price(plan)
    submit_plan(plan=plan, by=priya, at=moment(agreed_on - timedelta(days=3)))
    assessed = assess_finances(person=person, facts=_facts(town), by=priya)
    plan.refresh_from_db()
    statement = propose_budget(plan=plan, terms=_terms(town), by=priya, at=at)
    agree_from_plan(statement=statement, by=priya, at=at)
    _challenge(town, assessed)


def _challenge(town: Town, assessed: FinancialAssessment) -> None:
    """Let her not agree with a line of what she pays; Grace is asked for the answer."""
    said = town.days.ago(SAID_AGO)
    challenge_contribution(
        assessment=assessed,
        step="dre",
        words=HEATING,
        by=town.users[WINIFRED.email],
        on=said.date(),
        at=said,
    )


def _price(plan: Plan) -> None:
    """Say in the draft what help costs."""
    for need in plan.needs.all():
        if need.words in PRICED:
            need.units_weekly_hundredths, need.unit_pence = PRICED[need.words]
            need.unit, need.weekly_pence = "hour", need.units_weekly_hundredths * need.unit_pence // 100
            need.save()


def _facts(town: Town) -> Facts:
    return Facts(
        start_date=town.days.year_start,
        capital_pence=15_100_00,
        income_pence=348_26,
        disregards_pence=111_65,
        dre_pence=12_60,
        sources=(
            ("capital", "Building society book, seen in January"),
            ("income", "Letters of the two pensions"),
            ("disregards", "Part of the attendance allowance"),
            ("dre", "Heating and washing, from the bills"),
        ),
    )


def _terms(town: Town) -> Terms:
    """Give what she chose: the council's money as a fund that her carers' co-operative holds."""
    nhs = OtherMoney(stream=town.streams[HEALTH], weekly_pence=57_00)
    return Terms(
        start_date=town.days.year_start,
        end_date=town.days.year_end,
        chosen_date=town.days.year_start - PLANNED_BEFORE,
        delivery=Delivery.ISF,
        holder="Daryeel Home Care Co-operative",
        others=[nhs],
    )
