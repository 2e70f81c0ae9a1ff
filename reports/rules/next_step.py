"""What a lead professional does next for somebody: from assessment to agreed budget. Pure: no Django, no clock."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Reached:
    """
    How far somebody's assessment, plan and budget have come.

    `writing` is an assessment that is not finished, `assessed` one that is; `newest` and `agreed` are versions of the
    plan; `proposed` is a budget that waits. `is_assessed_anew`: since the plan was agreed. `is_priced`: what they pay
    is worked out.
    """

    person: UUID
    writing: UUID | None = None
    assessed: UUID | None = None
    is_eligible: bool = False
    newest: UUID | None = None
    newest_state: str = ""
    agreed: UUID | None = None
    is_assessed_anew: bool = False
    is_to_give: bool = False
    needs_budget: bool = False
    proposed: UUID | None = None
    is_priced: bool = False


class NextStep(NamedTuple):
    """
    A step: its words, the name of its address and what stands in it.

    `begins`: it is done by a button. `is_urgent`: the person waits for it; else it can be done any day.
    """

    words: str
    address: str
    about: UUID
    begins: bool = False
    is_urgent: bool = True


def next_step(reached: Reached) -> NextStep | None:
    """Say what comes next; nothing where nothing is to be done before the next review."""
    if reached.writing:
        return NextStep("Go on with the assessment", "plans:assessment", reached.writing)
    return _of_newest_plan(reached) or _before_a_plan(reached) or _after_the_plan(reached)


def _of_newest_plan(reached: Reached) -> NextStep | None:
    """Say what becomes of a version that is on its way."""
    if reached.newest is None:
        return None
    on_its_way = {
        "draft": NextStep("Go on writing the plan", "plans:write", reached.newest),
        "returned": NextStep("Change the plan that was sent back", "plans:write", reached.newest),
        "submitted": NextStep("Agree the plan, or send it back", "plans:decide", reached.newest),
        "manager": NextStep(
            "The plan waits for the team manager", "plans:plan", reached.newest, is_urgent=False
        ),
        "panel": NextStep("The plan waits for the panel", "plans:plan", reached.newest, is_urgent=False),
    }
    return on_its_way.get(reached.newest_state)


def _before_a_plan(reached: Reached) -> NextStep | None:
    """Say how somebody comes to a plan who has none, or whose plan rests on an assessment of before."""
    if reached.agreed is None and reached.assessed is None:
        return NextStep("Begin the assessment", "plans:begin-assessment", reached.person, begins=True)
    if reached.is_assessed_anew or (reached.agreed is None and reached.is_eligible):
        return NextStep("Write the plan", "plans:begin", reached.person, begins=True)
    if reached.agreed is None and reached.assessed:
        return NextStep(
            "Tell them why their needs are not eligible", "plans:how", reached.assessed, is_urgent=False
        )
    return None


def _after_the_plan(reached: Reached) -> NextStep | None:
    """Say what follows an agreed plan: its budget, and giving it to the person."""
    assert reached.agreed is not None, "without a plan something came before"
    if reached.proposed:
        return NextStep("Check and agree the budget", "budgets:agree", reached.proposed)
    if reached.needs_budget and not reached.is_priced:
        return NextStep("Work out what they can pay", "budgets:finances", reached.person)
    if reached.needs_budget:
        return NextStep("Make the budget", "budgets:make", reached.agreed)
    if reached.is_to_give:
        return NextStep("Give them the plan", "plans:plan", reached.agreed, is_urgent=False)
    return None
