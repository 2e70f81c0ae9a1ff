"""The page on which a person writes their own part of their plan, before or beside their professional."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commonpurse.autosave import Saved, document_in, insisted_in, is_autosave, saved_part, seen_in
from commonpurse.pages import SignedIn, page
from people.models import Part, Person, Scope
from people.queries import acting_refusal
from plans.actions import UnableToPlan, Writing, add_own_need, write_own_words
from plans.forms.own_words import OwnNeedForm, OwnWordsForm
from plans.models import OWN_WORDS, WAITING, Plan, PlanKind
from plans.queries.carried import carried_over
from plans.views.assessment.write import first_error


@require_http_methods(["GET", "POST"])
def mine(request: SignedIn) -> HttpResponse:
    """Write what matters to oneself, and what should happen if something goes wrong. It saves itself."""
    person = _whose(request)
    newest = _newest(person)
    form = OwnWordsForm(request.POST if request.method == "POST" else None, initial=_known(person, newest))
    saved = _standing(newest)
    if request.method == "POST":
        saved = _save(request, person, form, at=timezone.now())
        if is_autosave(request):
            return saved_part(request, saved)
        if not (saved.clashes or saved.refusal):
            messages.success(request, _("Saved. Your words stand in your plan as you wrote them."))
            return redirect("plans:own-words")
    return _show(request, person, newest, form, saved, OwnNeedForm())


@require_POST
def need(request: SignedIn) -> HttpResponse:
    """Put something one needs help with into one's plan."""
    person, now = _whose(request), timezone.now()
    form = OwnNeedForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            add_own_need(person=person, words=words, by=request.user, on=timezone.localdate(now), at=now)
        except UnableToPlan as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(
                request, _("It stands in your plan now. You talk together about who helps with it.")
            )
            return redirect("plans:own-words")
    newest = _newest(person)
    words_form = OwnWordsForm(initial=_known(person, newest))
    return _show(request, person, newest, words_form, _standing(newest), form)


def _whose(request: SignedIn) -> Person:
    """Give whose page it is, and write down that their plan is shown."""
    person = request.whose_page()
    if person is None:
        raise Http404
    request.shows(person, Part.PLAN)
    return person


def _newest(person: Person) -> Plan | None:
    newest: Plan | None = person.plans.of_adults().order_by("-version").first()
    return newest


def _known(person: Person, newest: Plan | None) -> dict[str, str]:
    """Give the words that stand now: of the plan that is being written, else what the next one begins with."""
    if newest is not None and newest.is_writable:
        return {name: getattr(newest, name) for name in OWN_WORDS}
    return carried_over(person=person, kind=PlanKind.ADULT, carer=None, last=newest).words


def _standing(newest: Plan | None) -> Saved:
    if newest is None or not newest.is_writable:
        return Saved(number=0)
    return Saved(number=newest.edits, document=str(newest.pk))


def _save(request: SignedIn, person: Person, form: OwnWordsForm, *, at: datetime) -> Saved:
    """Keep what was sent, and say how it stands."""
    seen, document = seen_in(request), document_in(request)
    before = str(document or "")
    if not form.is_valid():
        return Saved(number=seen, refusal=first_error(form), document=before)
    writing = Writing(sent=form.sent(), seen=seen, insist=insisted_in(request), labels=form.labels())
    try:
        plan, kept = write_own_words(
            person=person,
            writing=writing,
            document=document,
            by=request.user,
            on=timezone.localdate(at),
            at=at,
        )
    except UnableToPlan as refusal:
        return Saved(number=seen, refusal=str(refusal), document=before)
    here = str(plan.pk) if plan else ""
    return Saved(number=kept.seen, at=timezone.localtime(at), clashes=kept.clashes, document=here)


def _show(
    request: SignedIn,
    person: Person,
    newest: Plan | None,
    form: OwnWordsForm,
    saved: Saved,
    need_form: OwnNeedForm,
) -> HttpResponse:
    return page(
        request,
        "plans/own_words.html",
        person=person,
        plan=newest,
        waits=newest is not None and newest.state in WAITING,
        not_theirs=acting_refusal(request.user, person, scope=Scope.AGREE, on=timezone.localdate()),
        form=need_form if need_form.errors else form,
        words_form=form,
        need_form=need_form,
        saved=saved,
        needs=list(newest.needs.standing()) if newest else [],
    )
