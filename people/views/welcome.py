"""Taking somebody new in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonpurse.pages import SignedIn, page
from people import actions
from people.forms import NewPersonForm
from people.models import Part
from people.queries.people import people_like, welcomes_for


@require_http_methods(["GET", "POST"])
def new_person(request: SignedIn) -> HttpResponse:
    """Ask who somebody new is and what they said first; show who is alike before they are taken in twice."""
    councils = welcomes_for(request.user)
    if not councils:
        raise Http404
    now = timezone.now()
    form = NewPersonForm(
        request.POST or None, councils=councils, by=request.user, today=timezone.localdate(now)
    )
    alike = []
    if form.is_valid():
        newcomer = form.newcomer()
        try:
            person = actions.welcome_person(
                newcomer=newcomer,
                said=form.said(),
                is_somebody_else=form.cleaned_data["is_somebody_else"],
                by=request.user,
                at=now,
            )
        except actions.UnableToWelcome as refusal:
            form.add_error(refusal.field or None, str(refusal))
            alike = people_like(
                council=newcomer.council,
                name=newcomer.name,
                birth_date=newcomer.birth_date,
                postcode=newcomer.postcode,
            )
            for one in alike:
                request.shows(one, Part.DETAILS)
        else:
            messages.success(request, f"{person} is here now, with the reference {person.ref}.")
            if person.lead_professional_id == request.user.pk:
                return redirect("reports:person", pk=person.pk)
            return redirect("home")
    return page(request, "people/new_person.html", form=form, alike=alike)
