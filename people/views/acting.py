"""For whom somebody does things: themselves, or one of those they act for."""

from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonpurse.pages import ACTING_FOR, SignedIn, page
from people.forms import WhomForm
from people.forms.acting import MYSELF
from people.queries import helped_by


@require_http_methods(["GET", "POST"])
def acting_for(request: SignedIn) -> HttpResponse:
    """Choose for whom one does things from now on. It stays so until one chooses again or signs out."""
    authorities = helped_by(request.user, on=timezone.localdate())
    if not authorities and request.user.consents_given.exists():
        return redirect("plans:caring")  # they care for somebody, and do nothing else for anybody here
    under = request.acting_under()
    now = str(under.pk) if under else MYSELF
    form = WhomForm(
        request.POST if request.POST and authorities else None, authorities=authorities, initial={"whom": now}
    )
    if form.is_valid():
        request.session.pop(ACTING_FOR, None)
        if form.chosen is not None:
            request.session[ACTING_FOR] = str(form.chosen.pk)
            words = _("You do things for %(person)s now. They are told of what you do.")
            messages.success(request, words % {"person": form.chosen.person})
        # A page that was opened for somebody else before, in another tab, can send nothing any more.
        rotate_token(request)
        return redirect("home")
    return page(request, "people/acting_for.html", form=form, authorities=authorities, under=under)
