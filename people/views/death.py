"""Writing down that a person has died."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonpurse.pages import SignedIn, page
from people import actions
from people.forms import DeathForm
from people.models import Part, Person
from people.queries import may_record_death


@require_http_methods(["GET", "POST"])
def death(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask a professional or an administrator for the day a person died, and say what follows from it."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not may_record_death(request.user, person):
        raise Http404
    request.shows(person, Part.DETAILS)
    form = DeathForm(request.POST or None)
    if form.is_valid():
        try:
            actions.record_death(
                person=person, died_date=form.cleaned_data["died_date"], by=request.user, at=timezone.now()
            )
        except actions.UnableToRecordDeath as refusal:
            form.add_error("died_date", str(refusal))
        else:
            messages.success(request, "It is written down. Nothing more is sent to them.")
            return redirect("reports:person", pk=pk)
    return page(request, "people/death.html", form=form, person=person)
