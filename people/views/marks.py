"""From whom a person's money is kept: seen, written down and ended by their professional or a manager, nobody else."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from people import actions
from people.forms.mark import EndMarkForm, MarkForm
from people.models import Part, Person, SafeguardingMark
from people.queries import known_to, marks_of, may_mark

USUAL = timedelta(weeks=4)


@require_GET
def marks(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show from whom a person's money is kept, and what was ended."""
    person = _person(request, pk)
    return page(
        request,
        "people/marks/marks.html",
        person=person,
        marks=marks_of(person=person, reader=request.user),
        today=timezone.localdate(),
    )


@require_http_methods(["GET", "POST"])
def mark(request: SignedIn, pk: UUID) -> HttpResponse:
    """Keep a person's money from somebody, or go on after looking at it again."""
    person, now = _person(request, pk), timezone.now()
    today = timezone.localdate(now)
    form = MarkForm(
        request.POST or None,
        known=known_to(person=person, on=today),
        initial={"start_date": today, "review_date": today + USUAL},
    )
    if form.is_valid():
        try:
            actions.keep_money_from(
                person=person, kept_from=form.chosen, concern=form.concern(), by=request.user, at=now
            )
        except actions.UnableToMark as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "It holds from now on. Nobody is told.")
            return redirect("people:marks", pk)
    return page(request, "people/marks/mark.html", person=person, form=form)


@require_http_methods(["GET", "POST"])
def end(request: SignedIn, pk: UUID) -> HttpResponse:
    """End that money is kept from somebody, and say why."""
    seen = SafeguardingMark.objects.visible_to(request.user).select_related("person", "kept_from")
    shown = get_object_or_404(seen, pk=pk)
    request.shows(shown.person, Part.HELPERS)
    form = EndMarkForm(request.POST or None)
    if form.is_valid():
        try:
            actions.end_mark(
                mark=shown, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
        except actions.UnableToMark as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Ended. Nobody is told.")
            return redirect("people:marks", shown.person_id)
    return page(request, "people/marks/end.html", mark=shown, person=shown.person, form=form)


def _person(request: SignedIn, pk: UUID) -> Person:
    """Give a person whom the user may mark somebody for; anybody else is not there."""
    people = Person.objects.visible_to(request.user).select_related("lead_professional")
    person = get_object_or_404(people, pk=pk)
    if not may_mark(request.user, person):
        raise Http404
    request.shows(person, Part.HELPERS)
    return person
