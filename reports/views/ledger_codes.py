"""The codes by which a council's finance system knows the money: what holds from when, and giving new ones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from people.rules.words import date_words
from reports import actions
from reports.forms import CodeForm
from reports.queries.hand_over import codes_shown, services_of, streams_of
from reports.views.hand_over import council_handed_over


@require_GET
def ledger_codes(request: SignedIn, code: str) -> HttpResponse:
    """List the codes of a council and those that came along, what holds first."""
    council = council_handed_over(request, code)
    listed = codes_shown(council=council, on=timezone.localdate())
    return page(
        request,
        "reports/hand_over/codes.html",
        council=council,
        tables=[
            ("Codes that hold, or will", [one for one in listed if not one.is_over]),
            ("Codes that held before", [one for one in listed if one.is_over]),
        ],
    )


@require_http_methods(["GET", "POST"])
def set_code(request: SignedIn, code: str) -> HttpResponse:
    """Give lines another code from a day on."""
    council = council_handed_over(request, code)
    form = CodeForm(
        request.POST or None, streams=streams_of(council=council), services=services_of(council=council)
    )
    if form.is_valid():
        try:
            row = actions.set_ledger_code(council=council, **form.said(), by=request.user, at=timezone.now())
        except actions.UnableToSetCode as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"Kept. {row.code} holds from {date_words(row.effective_date)} on.")
            return redirect("reports:ledger-codes", council.code)
    return page(request, "reports/hand_over/set_code.html", council=council, form=form)
