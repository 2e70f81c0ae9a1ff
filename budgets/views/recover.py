"""Money of a direct payment that is asked back: the person's page, and the steps of finance."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from budgets.actions.direct import may_pay
from budgets.actions.recover import UnableToRecover, answer_notice, give_notice, settle_dispute, take_back
from budgets.forms.recover import AnswerNoticeForm, NoticeForm, SettleForm, TakeForm
from budgets.models import Afford, PaymentArrangement, Recovery, RecoveryState
from commonpurse.pages import SignedIn, page
from people.models import Part, RoleKind, Scope
from people.queries import may_act_for


@require_GET
def recovery(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what is asked back, why, from when, and what became of it."""
    found = _recovery(request, pk)
    on, council = timezone.localdate(), found.person.council
    pays = may_pay(request.user, council)
    is_open = found.state in (RecoveryState.NOTICED, RecoveryState.DISPUTED)
    settles = pays or request.user.has_role(RoleKind.MANAGER, council_id=council.pk)
    return page(
        request,
        "budgets/mine/recovery.html",
        recovery=found,
        person=found.person,
        is_mine=request.is_own(found.person),
        may_say=is_open and may_act_for(request.user, found.person, scope=Scope.SPEND, on=on),
        may_take=pays and found.state == RecoveryState.NOTICED and on >= found.earliest_date,
        may_settle=settles and found.state == RecoveryState.DISPUTED,
    )


@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say whether one can pay it back, and whether one disagrees."""
    found = _recovery(request, pk)
    if not may_act_for(request.user, found.person, scope=Scope.SPEND, on=timezone.localdate()):
        raise Http404
    form = AnswerNoticeForm(request.POST or None)
    if form.is_valid():
        said = {**form.cleaned_data, "afford": Afford(form.cleaned_data["afford"])}
        try:
            answer_notice(recovery=found, **said, by=request.user, on=timezone.localdate())
        except UnableToRecover as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Thank you."))
            return redirect("budgets:recovery", pk)
    is_mine = request.is_own(found.person)
    return page(
        request,
        "budgets/mine/answer_recovery.html",
        recovery=found,
        person=found.person,
        is_mine=is_mine,
        form=form,
    )


@require_http_methods(["GET", "POST"])
def notice(request: SignedIn, pk: UUID) -> HttpResponse:
    """Tell somebody that money is asked back."""
    mine = PaymentArrangement.objects.visible_to(request.user).select_related(
        "allocation__budget__person__council",
        "allocation__budget__person__lead_professional",
        "allocation__stream",
    )
    part = get_object_or_404(mine, pk=pk).allocation
    if not may_pay(request.user, part.budget.person.council):
        raise Http404
    request.shows(part.budget.person, Part.BUDGET)
    form, now = NoticeForm(request.POST or None), timezone.now()
    if form.is_valid():
        try:
            made = give_notice(
                budget=part.budget,
                stream=part.stream,
                **form.cleaned_data,
                by=request.user,
                on=timezone.localdate(now),
                at=now,
            )
        except UnableToRecover as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("budgets:recovery", made.pk)
    return page(request, "budgets/pay/notice.html", person=part.budget.person, stream=part.stream, form=form)


@require_http_methods(["GET", "POST"])
def settle(request: SignedIn, pk: UUID) -> HttpResponse:
    """Answer somebody who disagrees."""
    found, now = _recovery(request, pk), timezone.now()
    council = found.person.council
    if not (may_pay(request.user, council) or request.user.has_role(RoleKind.MANAGER, council_id=council.pk)):
        raise Http404
    form = SettleForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            settle_dispute(recovery=found, **said, by=request.user, on=timezone.localdate(now), at=now)
        except UnableToRecover as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("budgets:recovery", pk)
    return page(request, "budgets/pay/settle.html", recovery=found, form=form)


@require_http_methods(["GET", "POST"])
def take(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take the money back, once the notice has run."""
    found, now = _recovery(request, pk), timezone.now()
    if not may_pay(request.user, found.person.council):
        raise Http404
    form = TakeForm(request.POST or None, most_pence=found.amount_pence)
    if form.is_valid():
        said = form.cleaned_data
        try:
            take_back(recovery=found, **said, by=request.user, on=timezone.localdate(now), at=now)
        except UnableToRecover as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("budgets:recovery", pk)
    return page(request, "budgets/pay/take.html", recovery=found, form=form)


def _recovery(request: SignedIn, pk: UUID) -> Recovery:
    mine = Recovery.objects.visible_to(request.user)
    found = get_object_or_404(mine.select_related("person__council", "stream"), pk=pk)
    request.shows(found.person, Part.BUDGET)
    return found
