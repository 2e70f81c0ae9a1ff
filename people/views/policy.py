"""A council's policy: every value in force with its source and its history, and changing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from people import actions
from people.forms.policy import EndPolicyForm, PolicyForm
from people.models import Council, PolicyValue
from people.queries import administered_by, policies_in_force, policy_history, policy_planned
from people.rules.policy import KNOWN, THEMES, Known, known_policy
from people.rules.words import day_words


@require_GET
def policy(request: SignedIn) -> HttpResponse:
    """Show every value of the council one administers, by theme: in force, planned, whose it is, and its source."""
    council, today = _administered(request), timezone.localdate()
    held = policies_in_force(council=council, on=today)
    planned = policy_planned(council=council, on=today)
    themes = [
        (
            theme,
            [
                (known, held.get(known.code), planned.get(known.code))
                for known in KNOWN
                if known.theme == theme
            ],
        )
        for theme in THEMES
    ]
    return page(request, "people/policy/list.html", council=council, themes=themes, today=today)


@require_http_methods(["GET", "POST"])
def policy_value(request: SignedIn, code: str) -> HttpResponse:
    """Show a value with its history; write down another one, read the answers back, and save it."""
    council, known, today = _administered(request), _known(code), timezone.localdate()
    form = PolicyForm(request.POST or None, known=known, today=today)
    if form.is_valid() and "sure" in request.POST:
        try:
            changed = actions.change_policy(
                council=council, code=code, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except actions.UnableToChangePolicy as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"Saved: {changed.said} from {day_words(changed.effective_date)}.")
            return redirect("people:policy-value", code=code)
    is_checked = form.is_valid() and "change" not in request.POST
    template = "people/policy/check.html" if is_checked else "people/policy/value.html"
    return page(request, template, form=form, **_facts(council, known))


@require_http_methods(["GET", "POST"])
def end_policy(request: SignedIn, pk: UUID) -> HttpResponse:
    """Go back to the value that holds everywhere, from a day on; or take back one that has not begun."""
    council, today = _administered(request), timezone.localdate()
    value = get_object_or_404(PolicyValue, pk=pk, council=council, withdrawn_at__isnull=True)
    is_planned = value.effective_date > today
    form = EndPolicyForm(request.POST or None)
    if request.method == "POST" and (is_planned or form.is_valid()):
        try:
            if is_planned:
                actions.withdraw_policy(value=value, by=request.user, at=timezone.now())
            else:
                until = form.cleaned_data["effective_date"]
                actions.end_policy(value=value, until_date=until, by=request.user, at=timezone.now())
        except actions.UnableToChangePolicy as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("people:policy-value", code=value.code)
    facts = _facts(council, _known(value.code))
    return page(request, "people/policy/end.html", form=form, value=value, is_planned=is_planned, **facts)


def _administered(request: SignedIn) -> Council:
    council = administered_by(request.user)
    if council is None:
        raise Http404
    return council


def _known(code: str) -> Known:
    known = known_policy(code)
    if known is None:
        raise Http404
    return known


def _facts(council: Council, known: Known) -> dict[str, Any]:
    """Give what each page about a value shows: what it is about, and its rows with how they stand today."""
    today = timezone.localdate()
    rows = policy_history(council=council, code=known.code)
    held = policies_in_force(council=council, on=today).get(known.code)
    return {
        "council": council,
        "known": known,
        "held": held,
        "rows": [(row, *_standing(row, held)) for row in rows],
    }


def _standing(row: PolicyValue, held: PolicyValue | None) -> tuple[str, str]:
    """Say how a row stands today, and in which colour."""
    today = timezone.localdate()
    if row.withdrawn_at is not None:
        return "Taken back", "grey"
    if row == held:
        return "In force", "green"
    if row.effective_date > today:
        return "To come", "blue"
    if row.until_date is not None and row.until_date <= today:
        return "Over", "grey"
    return "Your own comes first", "grey"
