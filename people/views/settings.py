"""How somebody wants pages and letters to be: asked once, changed at any time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonpurse.pages import SignedIn, page
from people import actions
from people.forms.settings import SettingsForm
from people.models import PersonalSettings
from people.queries import language_in


@require_http_methods(["GET", "POST"])
def settings(request: SignedIn) -> HttpResponse:
    """Ask how pages and letters should be: the person's whose page it is, else one's own."""
    person = request.whose_page()
    form = SettingsForm(request.POST or None, kept=request.settings_in_use(), gets_letters=person is not None)
    if form.is_valid():
        try:
            kept = _keep(request, form)
        except actions.UnableToKeepSettings as refusal:
            form.add_error(None, str(refusal))
        else:
            with translation.override(language_in(kept)):
                messages.success(request, _("Saved. Pages look like this from now on."))
            return redirect("people:settings")
    return page(request, "people/settings.html", form=form, person=person, is_mine=_is_mine(request))


@require_POST
def not_now(request: SignedIn) -> HttpResponse:
    """Leave everything as it is, go back to the page one came from, and do not ask again."""
    person = request.whose_page() if _is_mine(request) else None
    language = translation.get_language()
    actions.leave_as_it_is(user=request.user, person=person, language=language, at=timezone.now())
    came_from = request.POST.get("from", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return redirect(came_from if is_ours else "home")


def _keep(request: SignedIn, form: SettingsForm) -> PersonalSettings:
    person, now = request.whose_page(), timezone.now()
    if person is None:
        return actions.keep_own_settings(user=request.user, likes=form.likes(), at=now)
    return actions.keep_persons_settings(person=person, likes=form.likes(), by=request.user, at=now)


def _is_mine(request: SignedIn) -> bool:
    """Tell whether one is here for oneself, and not for somebody one acts for."""
    return request.acting_under() is None
