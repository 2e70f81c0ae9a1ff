"""The versions of a council's resource allocation system: the list, one of them, and what changed in it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from commonpurse.pages import SignedIn, page
from plans.actions import ras as actions
from plans.forms.ras import RasNewForm
from plans.models import RasKind, RasMethod, RasState, RasVersion
from plans.queries import questions_of, ras_on, shape_of, shapes_of, terms_in_words
from plans.rules.outcomes import outcomes_of
from plans.rules.ras import changes_between, faults_of
from plans.views.ras.found import council_of, editable, version_of

COLOURS = {RasState.DRAFT: "yellow", RasState.PUBLISHED: "green", RasState.RETIRED: "grey"}


@require_GET
def versions(request: SignedIn) -> HttpResponse:
    """List the versions of the council one administers, the newest first, and say which is in use today."""
    council, today = council_of(request), timezone.localdate()
    found = list(editable(request).filter(council=council).order_by("-number"))
    kinds = []
    for kind in RasKind:
        of_kind = [one for one in found if one.kind == kind]
        in_use = ras_on(council=council, kind=kind, on=today)
        kinds.append(
            {
                "kind": kind,
                "in_use": in_use,
                "rows": [(one, *_standing(one, in_use)) for one in of_kind],
                "is_written": any(one.is_draft for one in of_kind),
            }
        )
    return page(request, "plans/ras/versions.html", council=council, kinds=kinds)


@require_POST
def draft(request: SignedIn) -> HttpResponse:
    """Begin a new version: a copy of the newest, or our open one where there is none yet."""
    council = council_of(request)
    form = RasNewForm(request.POST)
    if not form.is_valid():
        raise Http404
    kind = RasKind(form.cleaned_data["kind"])
    newest = editable(request).filter(council=council, kind=kind).order_by("-number").first()
    try:
        begun = _begin(request, kind, newest)
    except (actions.UnableToWriteRas, actions.UnableToLoadRas) as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:ras")
    return redirect("plans:ras-version", pk=begun.pk)


@require_GET
def version(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one version: its terms, its questions by outcome, what points are worth, and what it still lacks."""
    shown = version_of(request, pk)
    questions = questions_of(shown)
    return page(
        request,
        "plans/ras/version.html",
        version=shown,
        colour=COLOURS[RasState(shown.state)],
        terms=[(label, words, "") for label, words in terms_in_words(shown).items() if words],
        outcomes=[
            (outcome, [one for one in questions if one.outcome == outcome.code])
            for outcome in outcomes_of(shown.kind)
        ],
        bands=shown.bands.all(),
        has_bands=shown.method == RasMethod.BANDS,
        prices=sorted(shown.prices.all(), key=lambda price: price.words),
        faults=faults_of(shape_of(shown, questions=questions), whose=shown.kind) if shown.is_draft else [],
    )


@require_GET
def changes(request: SignedIn, pk: UUID) -> HttpResponse:
    """List in words what changed since the version that this one was copied from."""
    shown = get_object_or_404(editable(request), pk=pk)
    before = shown.copied_from
    found = changes_between(*shapes_of([before, shown])) if before else []
    return page(request, "plans/ras/changes.html", version=shown, before=before, changes=found)


def _begin(request: SignedIn, kind: RasKind, newest: RasVersion | None) -> RasVersion:
    council, now = council_of(request), timezone.now()
    if newest is None:
        return actions.load_ras(council=council, kind=kind, by=request.user, at=now)
    return actions.draft_ras(council=council, kind=kind, by=request.user, at=now, copy_of=newest)


def _standing(one: RasVersion, in_use: RasVersion | None) -> tuple[str, str]:
    """Say how a version stands today, and in which colour."""
    if one == in_use:
        return "In use", "green"
    if one.state != RasState.PUBLISHED:
        return str(one.get_state_display()), COLOURS[RasState(one.state)]
    is_to_come = one.effective_date is not None and one.effective_date > timezone.localdate()
    return ("To come", "blue") if is_to_come else ("Followed by a newer one", "grey")
