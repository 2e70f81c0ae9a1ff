"""What comes next for somebody, and where it is done: from the assessment to the agreed budget."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from reports.queries.caseload import standing_of
from reports.rules.next_step import Reached, next_step
from tests.budgets.makers import let_lead_agree, make_financial, make_priced_plan, make_statement
from tests.cast import NINE, ON, make_cast
from tests.people.makers import make_person
from tests.visiting import seen

PERSON, PLAN, ASSESSMENT = uuid4(), uuid4(), uuid4()
AGREED = {
    "newest": PLAN,
    "newest_state": "agreed",
    "agreed": PLAN,
    "assessed": ASSESSMENT,
    "is_eligible": True,
}
STEPS: list[tuple[dict[str, Any], str | None]] = [
    ({}, "plans:begin-assessment"),
    ({"writing": ASSESSMENT}, "plans:assessment"),
    ({**AGREED, "writing": ASSESSMENT}, "plans:assessment"),
    ({"assessed": ASSESSMENT}, "plans:how"),
    ({"assessed": ASSESSMENT, "is_eligible": True}, "plans:begin"),
    ({"newest": PLAN, "newest_state": "draft"}, "plans:write"),
    ({"newest": PLAN, "newest_state": "returned"}, "plans:write"),
    ({"newest": PLAN, "newest_state": "submitted"}, "plans:decide"),
    ({"newest": PLAN, "newest_state": "manager"}, "plans:plan"),
    ({"newest": PLAN, "newest_state": "panel", "agreed": uuid4()}, "plans:plan"),
    ({**AGREED, "is_assessed_anew": True}, "plans:begin"),
    ({**AGREED, "needs_budget": True}, "budgets:finances"),
    ({**AGREED, "needs_budget": True, "is_priced": True}, "budgets:make"),
    ({**AGREED, "needs_budget": True, "is_priced": True, "proposed": uuid4()}, "budgets:agree"),
    ({**AGREED, "is_to_give": True}, "plans:plan"),
    (AGREED, None),
]


@pytest.mark.parametrize(("facts", "address"), STEPS, ids=[str(address) for _facts, address in STEPS])
def test_says_where_to_go_on(facts: dict[str, Any], address: str | None) -> None:
    step = next_step(replace(Reached(person=PERSON), **facts))
    assert (step.address if step else None) == address
    if step:
        assert reverse(step.address, args=[step.about])


@pytest.mark.django_db
@time_machine.travel(NINE, tick=False)
def test_leads_from_an_agreed_plan_to_its_budget_on_both_pages() -> None:
    cast = make_cast()
    let_lead_agree(cast.council)
    new = make_person(council=cast.council, lead=cast.priya, name="Nia New")
    make_priced_plan(person=new)
    new.plans.update(state="agreed", agreed_at=NINE, agreed_by=cast.priya, is_loaded=False)
    pages = (reverse("reports:person", args=[new.pk]), reverse("reports:my-people"))
    for page in pages:
        assert reverse("budgets:finances", args=[new.pk]) in seen(cast.priya, page)
    make_financial(person=new, by=cast.priya, start_date=ON)
    statement = make_statement(plan=new.plans.get(), by=cast.priya, is_agreed=False, start_date=ON, at=NINE)
    for page in pages:
        assert reverse("budgets:agree", args=[statement.pk]) in seen(cast.priya, page)
    assert "What comes next" not in seen(cast.carol, pages[0])
    new.died_date = ON
    new.save(update_fields=["died_date"])
    assert standing_of(person=new, on=ON).next_step is None
