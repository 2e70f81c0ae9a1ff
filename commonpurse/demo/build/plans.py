"""Next versions of plans, one at each point of its way: written, with a manager, with the panel, sent back, given."""

from datetime import timedelta
from typing import NamedTuple

from commonpurse.demo.shapes import Somebody
from commonpurse.demo.story.council import RUTH
from commonpurse.demo.story.minibus import GWEN, LI_WEI, MAUREEN, STANISLAW
from commonpurse.demo.story.newcomers import CONSTANCE
from commonpurse.demo.town import Town
from people.models import Person
from plans.actions import (
    Writing,
    begin_version,
    give_plan,
    hand_in_plan,
    put_to_panel,
    send_back_plan,
    write_needs,
    write_plan,
)
from plans.models import MetBy, Need, Plan, PlanState

WORDS = {
    "professional_words": "Manages the days well. Evenings have become hard since the winter.",
    "contingency": "If the helper cannot come, the office sends another by noon. The neighbour has a key.",
    "advice": "We talked about the falls clinic, the lunch club, and a pendant alarm.",
    "involved": "They took part themselves, with the neighbour they asked for.",
    "advocacy": "speaks",
    "advocacy_words": "Asked at the visit; they said what they wanted.",
    "consent": "theirs",
    "consent_words": "Said yes at the visit, and signed the summary.",
    "difference_reason": "Planned before anything was worked out: the assessment is due.",
}


class Written(NamedTuple):
    """Whose next version it is, the hours of help at home a week, and how far it has come."""

    somebody: Somebody
    hours: int
    state: PlanState


NEXT = (
    Written(MAUREEN, 14, PlanState.DRAFT),
    Written(LI_WEI, 16, PlanState.MANAGER),
    Written(GWEN, 30, PlanState.PANEL),
    Written(STANISLAW, 18, PlanState.RETURNED),
)


def write_next_versions(town: Town) -> None:
    """Write the next version of some plans, each as far as the story needs it; give one to its person."""
    for number, one in enumerate(NEXT):
        person = town.people[one.somebody.ref]
        if person.lead_professional is not None:
            _bring(town, one, _write(town, person, one, days_ago=9 - number))
    agreed = town.people[CONSTANCE.ref].plans.filter(state=PlanState.AGREED).latest("version")
    give_plan(plan=agreed, by=town.users[CONSTANCE.lead], at=town.days.ago(20))


def _write(town: Town, person: Person, one: Written, *, days_ago: int) -> Plan:
    """Write everything down that a plan must say; the draft lacks a yes to it."""
    lead, at = town.users[one.somebody.lead], town.days.ago(days_ago)
    plan = begin_version(person=person, by=lead, at=at)
    words = {
        name: said for name, said in WORDS.items() if one.state != PlanState.DRAFT or name[:7] != "consent"
    }
    write_plan(plan=plan, writing=Writing(sent=words, seen=0), by=lead, at=at)
    for place, need in enumerate(plan.needs.standing()):
        said = _said(one, place, need)
        sent = {f"{need.thread}:{name}": value for name, value in said.items()}
        write_needs(plan=plan, writing=Writing(sent=sent, seen=0), by=lead, at=at)
    plan.refresh_from_db()
    return plan


def _said(one: Written, place: int, need: Need) -> dict[str, str]:
    """Say who meets a need, how, when, and at what cost: the first is met by help at home."""
    said = {"how": "The way they like it, unhurried.", "when_words": "Every week"}
    if place == 0:
        return said | {
            "met_by": "service",
            "who": "Daryeel Home Care Co-operative",
            "kind": "HC-HOUR",
            "unit": "hour",
            "units_weekly_hundredths": str(one.hours * 100),
            "unit_pence": "2520",
            "price_from": "Daryeel’s price list",
            "days": "1,3,5,7",
            "parts": "morning,evening",
        }
    if need.met_by in (MetBy.SERVICE, MetBy.CLUSTER):
        trips = {"kind": "MINIBUS", "unit": "trip", "units_weekly_hundredths": "200", "unit_pence": "650"}
        return said | trips | {"who": "The people they go with", "price_from": "What they pay now"}
    return said | {"who": "Mrs Bell next door"}


def _bring(town: Town, one: Written, plan: Plan) -> None:
    """Bring a plan as far as the story needs it."""
    if one.state == PlanState.DRAFT:
        return
    at = town.days.ago(4)
    hand_in_plan(plan=plan, by=town.users[one.somebody.lead], at=at)
    at += timedelta(hours=3)
    if one.state == PlanState.PANEL:
        put_to_panel(
            plan=plan, reason="The hours are right; they are above my limit.", by=town.users[RUTH], at=at
        )
    elif one.state == PlanState.RETURNED:
        why = "Please say who helps at weekends, and ask about the day centre."
        send_back_plan(plan=plan, reason=why, by=town.users[RUTH], at=at)
