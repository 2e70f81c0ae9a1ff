"""
Calling for offers, a small step a page: what, how much, where, when, check, sent.

What somebody has answered so far waits in their session, under its cluster; nothing of it stands in an address.
"""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clusters.models import Cluster
from commissioning.actions import calls as actions
from commissioning.forms.calls import STEPS, About, SendForm, StepForm, terms_of
from commissioning.models import Call
from commissioning.queries.callers import clusters_of, names_in, shared_codes
from commissioning.rules.names import named_in
from commonpurse.pages import SignedIn, page
from people.models import Person
from people.rules.words import day_words
from plans.rules import kind_of
from providers.rules import amount_words

SENT, KEY = "sent", "key"


@require_http_methods(["GET", "POST"])
def step(request: SignedIn, pk: UUID, step: str) -> HttpResponse:
    """One step of a call: a question or three, answered and kept."""
    _person, cluster = _whose(request, pk)
    if step not in STEPS:
        raise Http404
    draft = _draft(request, pk)
    if step == _first() and (SENT in draft or KEY not in draft):
        draft = {KEY: str(uuid4())}
    elif KEY not in draft or SENT in draft:
        return redirect("commissioning:call-step", pk=pk, step=_first())
    form = _form(step, _about(cluster), draft, request.POST if request.method == "POST" else None)
    if form.is_valid():
        draft[step] = {name: form[name].data for name in form.fields}
        request.session[_name(pk)] = draft
        return redirect(_after(step, pk))
    number = list(STEPS).index(step) + 1
    return page(
        request,
        "commissioning/calls/step.html",
        cluster=cluster,
        form=form,
        number=number,
        of=len(STEPS) + 1,
        back=_before(step, pk),
    )


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID) -> HttpResponse:
    """The last step: check the answers, and send them."""
    person, cluster = _whose(request, pk)
    draft = _draft(request, pk)
    if SENT in draft:
        return redirect("commissioning:called", pk=draft[SENT])
    said, missing = _all_said(cluster, draft)
    if missing is not None:
        return redirect("commissioning:call-step", pk=pk, step=missing)
    terms = terms_of(said)
    parts = named_in(terms.all_words, names=names_in(cluster=cluster)).parts
    form = SendForm(request.POST if request.method == "POST" else None, parts=parts)
    if form.is_valid():
        try:
            call = actions.call_for_offers(
                cluster=cluster,
                person=person,
                terms=terms,
                by=request.user,
                at=timezone.now(),
                names_nobody=bool(parts),
                call_id=UUID(draft[KEY]),
            )
        except actions.UnableToCall as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[_name(pk)] = {SENT: str(call.pk)}
            return redirect("commissioning:called", pk=call.pk)
    return page(
        request,
        "commissioning/calls/check.html",
        cluster=cluster,
        form=form,
        rows=_rows(pk, terms, said["last_date"]),
        number=len(STEPS) + 1,
        back=reverse("commissioning:call-step", args=[pk, list(STEPS)[-1]]),
    )


@require_GET
def called(request: SignedIn, pk: UUID) -> HttpResponse:
    """It is sent: the reference, and what happens next."""
    person = request.whose_page()
    if person is None:
        raise Http404
    own = Call.objects.filter(cluster__in=clusters_of(person)).select_related("cluster")
    return page(request, "commissioning/calls/called.html", call=get_object_or_404(own, pk=pk))


def _whose(request: SignedIn, pk: UUID) -> tuple[Person, Cluster]:
    """Give whose page it is and their cluster; any other is not there."""
    person = request.whose_page()
    if person is None:
        raise Http404
    return person, get_object_or_404(clusters_of(person), pk=pk)


def _name(pk: UUID) -> str:
    return f"call-{pk}"


def _first() -> str:
    return next(iter(STEPS))


def _draft(request: SignedIn, pk: UUID) -> dict[str, Any]:
    """Give what was said so far: the key that the call will have, and the answers of each step as they were written."""
    draft: dict[str, Any] = request.session.get(_name(pk), {})
    return dict(draft)


def _about(cluster: Cluster) -> About:
    return About(
        today=timezone.localdate(),
        service_codes=shared_codes(cluster=cluster),
        area=cluster.area,
        names=names_in(cluster=cluster),
    )


def _form(step: str, about: About, draft: dict[str, Any], data: Any) -> StepForm:
    said = {name: value for one in STEPS for name, value in draft.get(one, {}).items()}
    return STEPS[step](data, about=about, said=said)


def _all_said(cluster: Cluster, draft: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    """Give all answers as they are meant; or the first step where one is missing or does not fit any more."""
    about, said = _about(cluster), dict[str, Any]()
    for step in STEPS:
        form = _form(step, about, draft, draft.get(step, {}))
        if not form.is_valid():
            return {}, step
        said |= form.cleaned_data
    return said, None


def _after(step: str, pk: UUID) -> str:
    later = list(STEPS)[list(STEPS).index(step) + 1 :]
    if later:
        return reverse("commissioning:call-step", args=[pk, later[0]])
    return reverse("commissioning:call-check", args=[pk])


def _before(step: str, pk: UUID) -> str:
    earlier = list(STEPS)[: list(STEPS).index(step)]
    if earlier:
        return reverse("commissioning:call-step", args=[pk, earlier[-1]])
    return reverse("commissioning:calls", args=[pk])


def _rows(pk: UUID, terms: actions.CallTerms, last_date: Any) -> list[tuple[str, str, str]]:
    """Give questions, answers, and where to change them."""
    what, how_much, where, when = (reverse("commissioning:call-step", args=[pk, step]) for step in STEPS)
    return [
        (_("Kind of help"), kind_of(terms.service_code).words, what),
        (_("Name"), terms.title, what),
        (_("In your words"), terms.words, what),
        (_("Each week"), amount_words(terms.weekly_units, terms.unit), how_much),
        (_("Where"), terms.place, where),
        (_("Languages"), ", ".join(terms.languages) or _("English is fine"), where),
        (_("What else matters"), terms.culture_words or _("Nothing else"), where),
        (_("Offers until"), day_words(terms.offers_by_date), when),
        (_("Starts on"), day_words(terms.start_date), when),
        (_("Last day"), day_words(last_date), when),
    ]
