"""Plans for tests: written whole, handed in, waiting for a manager or the panel."""

from datetime import UTC, date, datetime
from typing import Any

from people.models import Person, PolicyValue, RoleKind, User
from plans.actions import Writing, hand_in_plan, put_to_panel
from plans.models import Advocacy, Consent, MetBy, Need, Plan, PlanKind
from tests.people.makers import make_council, make_person, make_social_worker, make_user, make_user_with_role

ON = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
WHOLE = {
    "outcomes": "To cook for my friends",
    "contingency": "If Ana is ill, her brother comes.",
    "advice": "The lunch club at the library.",
    "involved": "Amina and her sister.",
    "advocacy": Advocacy.SPEAKS,
    "advocacy_words": "We talked about it on 1 May.",
    "consent": Consent.THEIRS,
    "consent_words": "She said yes on 1 May.",
    "difference_reason": "No estimate was made.",
}


def make_led(*, lead: User | None = None) -> Person:
    """Somebody with a login and a lead professional."""
    council = make_council()
    return make_person(council=council, user=make_user(), lead=lead or make_social_worker(council=council))


def lead_of(plan: Plan) -> User:
    """Whoever leads the plan's person."""
    assert plan.person.lead_professional is not None
    return plan.person.lead_professional


def make_manager(plan: Plan, name: str = "Ruth Adeyemi") -> User:
    """A team manager of the plan's council."""
    return make_user_with_role(council=plan.person.council, kind=RoleKind.MANAGER, name=name)


def make_need(*, plan: Plan, weekly_pence: int = 0, words: str = "Help in the kitchen", **more: Any) -> Need:
    """A need that says who, how and when; paid for where it costs something."""
    said: dict[str, Any] = {
        "who": "Ana",
        "how": "Cooks with her",
        "when_words": "On Mondays",
        "met_by": MetBy.SERVICE if weekly_pence else MetBy.FAMILY,
        "price_from": "Ana’s own price" if weekly_pence else "",
        "kind": "PA-HOUR" if weekly_pence else "",
        "unit": "hour" if weekly_pence else "",
        "units_weekly_hundredths": 100 if weekly_pence else 0,
        "unit_pence": weekly_pence,
        "weekly_pence": weekly_pence,
    }
    need = Need(plan=plan, words=words, position=plan.needs.count(), **{**said, **more})
    need.save(force_insert=True)
    need.refresh_from_db()
    return need


def make_written(*, person: Person | None = None, weekly_pence: int = 0, **more: Any) -> Plan:
    """A draft that shows everything a plan must, with one need at so much a week."""
    person = person or make_led()
    plan = Plan.objects.create(
        person=person, version=person.plans.count() + 1, kind=PlanKind.ADULT, **{**WHOLE, **more}
    )
    make_need(plan=plan, weekly_pence=weekly_pence)
    plan.refresh_from_db()
    return plan


def make_handed_in(*, weekly_pence: int = 391_95, **more: Any) -> Plan:
    """A plan that waits for a team manager."""
    plan = make_written(weekly_pence=weekly_pence, **more)
    return hand_in_plan(plan=plan, by=lead_of(plan), at=NOW)


def make_put_to_panel(*, weekly_pence: int = 700_00, by: User | None = None, **more: Any) -> Plan:
    """A plan that waits for the panel, put there by a first manager."""
    plan = make_handed_in(weekly_pence=weekly_pence, **more)
    return put_to_panel(plan=plan, reason="It is what she needs", by=by or make_manager(plan), at=NOW)


def make_limit(*, plan: Plan, code: str, pence: int, effective_date: date = ON) -> PolicyValue:
    """A limit of the plan's own council, from a day on."""
    return PolicyValue.objects.create(
        council=plan.person.council,
        code=code,
        value=pence,
        unit="pence",
        effective_date=effective_date,
        source="Tests",
    )


def written(seen: int = 0, **sent: str) -> Writing:
    """What somebody sends: fields as they have them, and the edit they had seen."""
    return Writing(sent=sent, seen=seen)


def written_of(need: Need, seen: int = 0, **sent: str) -> Writing:
    """What somebody sends about a need."""
    return Writing(sent={f"{need.thread}:{name}": words for name, words in sent.items()}, seen=seen)
