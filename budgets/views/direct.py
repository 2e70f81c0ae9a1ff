"""The direct payment of a person, as they and those who work with them see it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from budgets.actions.question import may_answer
from budgets.actions.spend import may_see_spends
from budgets.queries.direct import arrangements_for, standings
from budgets.queries.spend import balance_on
from commonpurse.pages import SignedIn, page
from people.models import Part, Person, Scope
from people.queries import leads

MOST = 30  # of what was spent and asked; the older is kept


@require_GET
def direct(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what was paid to a person, what comes next and when, what is left with them, and what is asked back."""
    somebody = person_of(request, pk)
    on = timezone.localdate()
    payments = standings(arrangements=arrangements_for(person=somebody), on=on)
    return page(
        request,
        "budgets/mine/direct.html",
        person=somebody,
        is_mine=request.is_own(somebody),
        payments=payments,
        balance=balance_on(person=somebody, payments=payments, on=on) if payments else None,
        recoveries=somebody.recoveries.order_by("-noticed_date", "-pk")[:MOST],
        today=on,
    )


@require_GET
def spending(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what a person spent, and what they asked before they did."""
    somebody = person_of(request, pk)
    return page(
        request,
        "budgets/mine/spending.html",
        person=somebody,
        is_mine=request.is_own(somebody),
        written=somebody.spends.standing().order_by("-spent_date", "-pk")[:MOST],
        asked=somebody.spend_questions.select_related("need", "answered_by").order_by("-asked_at")[:MOST],
        family=somebody.family_necessities.order_by("-start_date", "-pk")[:MOST],
        may_write=_acts_for(request, somebody, Scope.SPEND),
        may_ask=_acts_for(request, somebody, Scope.SEE),
        may_see=may_see_spends(request.user, somebody),
        may_answer=may_answer(request.user, somebody),
    )


def _acts_for(request: SignedIn, person: Person, scope: Scope) -> bool:
    """Tell whether to offer what one does for a person: as oneself, as who leads them, or under an authority."""
    if leads(request.user, person):
        return True
    under = request.acting_under()
    return request.is_own(person) and (under is None or scope == Scope.SEE or scope in under.scopes)


def person_of(request: SignedIn, pk: UUID) -> Person:
    """Give the person whose page it is, if one may see them."""
    people = Person.objects.visible_to(request.user)
    somebody = get_object_or_404(people.select_related("lead_professional", "council"), pk=pk)
    request.shows(somebody, Part.BUDGET)
    return somebody
