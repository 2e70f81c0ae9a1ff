"""Writing in a plan while others may write in it too: nothing that somebody wrote is lost (ADR 26)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.models import User
from people.queries import leads, speaks_for
from plans.actions.edits import Kept, Writing, keep_edits
from plans.actions.plan.steps import UnableToPlan, locked
from plans.models import Need, PartOfDay, Plan, PlanState
from plans.rules.plan import PAID, weekly_cost

WORDS = (
    *("outcomes", "professional_words", "contingency", "advice", "involved"),
    *("advocacy", "advocacy_words", "consent", "consent_words", "difference_reason"),
)
NEED_WORDS = (
    "words",
    "wanted",
    "met_by",
    "who",
    "how",
    "when_words",
    "kind",
    "unit",
    "price_from",
    "outcome",
)
NEED_NUMBERS = ("units_weekly_hundredths", "unit_pence", "one_off_pence")
NEED_LISTS = ("days", "parts")
NEED_FIELDS = (*NEED_WORDS, *NEED_NUMBERS, *NEED_LISTS, "is_eligible")


@transaction.atomic
def write_plan(*, plan: Plan, writing: Writing, by: User, at: datetime) -> Kept:
    """
    Keep what somebody writes in a plan: what they changed stands, unless another wrote there meanwhile.

    :raises UnableToPlan: the plan may not be written in now, or not by them.
    """
    plan = _writable(plan, by)
    kept = keep_edits(
        document=plan.pk,
        number=plan.edits,
        stands={name: getattr(plan, name) for name in WORDS},
        writing=writing,
        by=by,
        at=at,
    )
    if kept.changes:
        for name, words in kept.changes.items():
            setattr(plan, name, words)
        plan.edits = kept.number
        plan.save(update_fields=[*kept.changes, "edits"])
    return kept


@transaction.atomic
def write_needs(*, plan: Plan, writing: Writing, by: User, at: datetime) -> Kept:
    """
    Keep what somebody writes about a plan's needs, as `write_plan` does; what each costs a week follows from units
    and price.

    A field is called by its need's thread, a colon and its own name. It comes as words: whole numbers of pence and of
    hundredths of a unit, days and parts of the day with commas between, `is_eligible` as "yes" or nothing.

    :raises UnableToPlan: the plan may not be written in now, or not by them, or a number is none.
    """
    plan = _writable(plan, by)
    needs = {str(need.thread): need for need in Need.objects.select_for_update(no_key=True).filter(plan=plan)}
    kept = keep_edits(
        document=plan.pk,
        number=plan.edits,
        stands={name: words for need in needs.values() for name, words in need_as_words(need).items()},
        writing=writing,
        by=by,
        at=at,
    )
    for name, words in kept.changes.items():
        thread, _colon, field = name.partition(":")
        _put(needs[thread], field, words)
    for thread in {name.partition(":")[0] for name in kept.changes}:
        _price(needs[thread])
        needs[thread].save()
    if kept.changes:
        plan.edits = kept.number
        plan.save(update_fields=["edits"])
    return kept


@transaction.atomic
def add_need(*, plan: Plan, words: str, by: User, at: datetime) -> Need:
    """
    Put one more need into a plan, in the person's words.

    :raises UnableToPlan: nothing is said, or the plan may not be written in now, or not by them.
    """
    plan = _writable(plan, by)
    if not words.strip():
        raise UnableToPlan("Say in a few words what help is needed with.")
    last = plan.needs.order_by("-position").first()
    need = Need(
        plan=plan, position=last.position + 1 if last else 0, words=words.strip()[:500], met_by="self"
    )
    need.save(force_insert=True)
    need.refresh_from_db()
    return need


@transaction.atomic
def take_out_need(*, need: Need, by: User, at: datetime) -> Need:
    """
    Take a need out of a plan that is being written. Its words are kept, and it can be put back.

    :raises UnableToPlan: the plan may not be written in now, or not by them.
    """
    _writable(need.plan, by)
    need.taken_out_at = at
    need.save(update_fields=["taken_out_at"])
    return need


@transaction.atomic
def put_back_need(*, need: Need, by: User) -> Need:
    """
    Put a need back that was taken out.

    :raises UnableToPlan: the plan may not be written in now, or not by them.
    """
    _writable(need.plan, by)
    need.taken_out_at = None
    need.save(update_fields=["taken_out_at"])
    return need


def may_write(plan: Plan, by: User) -> bool:
    """Tell whether somebody may write in a plan now: its person before it is handed in, their lead until it goes on."""
    if leads(by, plan.person):
        return plan.is_writable or plan.state == PlanState.SUBMITTED
    return plan.is_writable and plan.carer_id is None and speaks_for(by, plan.person)


def need_as_words(need: Need) -> dict[str, str]:
    """Give a need's fields as words, each by its name behind its thread, as edits keep them."""
    return {f"{need.thread}:{name}": _as_words(getattr(need, name)) for name in NEED_FIELDS}


def _as_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return ",".join(str(each) for each in value)
    return str(value)


def _put(need: Need, name: str, words: str) -> None:
    """Put what was written into a need's field."""
    if name in NEED_NUMBERS:
        setattr(need, name, _number(words))
    elif name == "days":
        need.days = sorted(_number(day) for day in words.split(",") if day)
    elif name == "parts":
        need.parts = [part for part in PartOfDay.values if part in words.split(",")]
    elif name == "is_eligible":
        need.is_eligible = words == "yes"
    else:
        setattr(need, name, words)


def _price(need: Need) -> None:
    """Work out what a need costs a week; what nobody is paid for costs nothing."""
    if need.met_by not in PAID:
        need.kind = need.unit = need.price_from = ""
        need.units_weekly_hundredths = need.unit_pence = need.one_off_pence = 0
    need.weekly_pence = weekly_cost(units_hundredths=need.units_weekly_hundredths, unit_pence=need.unit_pence)


def _number(words: str) -> int:
    if not (words.isascii() and words.isdecimal()):
        raise UnableToPlan(f"“{words}” is not a whole number.")
    return int(words)


def _writable(plan: Plan, by: User) -> Plan:
    """Give the plan, locked, if it may be written in by them now."""
    plan = locked(plan)
    if not (leads(by, plan.person) or speaks_for(by, plan.person)):
        raise UnableToPlan(_("Only the person and their lead professional can write their plan."))
    if not may_write(plan, by):
        raise UnableToPlan(
            f"The plan is at “{plan.get_state_display()}” now, so nothing more is written in it."
        )
    return plan
