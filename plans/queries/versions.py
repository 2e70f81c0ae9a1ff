"""The versions of a plan, side by side."""

from django.utils.translation import gettext as _

from ledger.pennies import in_pounds
from plans.models import Need, PartOfDay, Plan, PlanState
from plans.queries.plan import cost_of_needs
from plans.rules.difference import Difference, Told, difference
from plans.rules.kinds import words_for


def earlier_of(*, plan: Plan) -> Plan | None:
    """Give the version a plan is read beside: the one agreed last before it, else the one just before it."""
    earlier = Plan.objects.filter(
        person=plan.person_id, kind=plan.kind, carer=plan.carer_id, version__lt=plan.version
    ).order_by("-version")
    return earlier.filter(state=PlanState.AGREED).first() or earlier.first()


def difference_between(then: Plan, now: Plan) -> Difference:
    """Lay two versions of a plan side by side; two queries."""
    return difference(_told(then), _told(now))


def _told(plan: Plan) -> Told:
    needs = list(plan.needs.standing())
    cost = cost_of_needs(needs)
    return Told(
        words={
            _("What matters"): plan.outcomes,
            _("What the professional sees"): plan.professional_words,
            _("What if something goes wrong"): plan.contingency,
            _("What else can help"): plan.advice,
            _("Who took part"): plan.involved,
            _("Cost a week"): in_pounds(cost.weekly_pence),
            _("Paid once"): in_pounds(cost.one_off_pence),
        },
        needs={str(need.thread): _need_told(need) for need in needs},
        named={str(need.thread): need.words for need in needs},
    )


def _need_told(need: Need) -> dict[str, str]:
    """Say everything of a need by what it is called; what costs nothing says no cost."""
    return {
        _("In their words"): need.words,
        _("What is wanted"): need.wanted,
        _("Who meets it"): ": ".join(filter(None, [need.get_met_by_display(), need.who])),
        _("How"): need.how,
        _("When"): ", ".join(filter(None, [need.when_words, *parts_said(need)])),
        _("What is bought"): words_for(need.kind) if need.kind else "",
        _("Cost a week"): in_pounds(need.weekly_pence) if need.weekly_pence else "",
        _("Paid once"): in_pounds(need.one_off_pence) if need.one_off_pence else "",
    }


def parts_said(need: Need) -> list[str]:
    """Say in which parts of the day a need is met."""
    return [str(PartOfDay(part).label).lower() for part in need.parts]
