"""Writing a draft: its terms, its questions, its bands and its prices."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from commonpurse.pages import SignedIn, page
from plans.actions import ras as actions
from plans.forms.ras import RasBandsForm, RasPricesForm, RasQuestionForm, RasTermsForm
from plans.models import RasMethod, RasQuestion, RasState, RasVersion
from plans.views.ras.found import editable, version_of


@require_http_methods(["GET", "POST"])
def terms(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say what a draft is called, how its points become pounds, and its rules."""
    draft = version_of(request, pk, is_draft=True)
    form = RasTermsForm(request.POST or None, version=draft)

    def keep() -> None:
        actions.set_terms(version=draft, terms=form.terms(), by=request.user)

    return _saved(form, draft, keep) or page(request, "plans/ras/terms.html", version=draft, form=form)


@require_http_methods(["GET", "POST"])
def new_question(request: SignedIn, pk: UUID, outcome: str) -> HttpResponse:
    """Add a question to a draft, under an outcome."""
    draft = version_of(request, pk, is_draft=True)
    return _question(request, draft, None, outcome)


@require_http_methods(["GET", "POST"])
def question(request: SignedIn, pk: UUID) -> HttpResponse:
    """Change a question of a draft, and its answers."""
    asked = _asked(request, pk)
    return _question(request, asked.version, asked, asked.outcome)


@require_POST
def drop_question(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a question out of a draft."""
    asked = _asked(request, pk)
    actions.drop_question(question=asked, by=request.user)
    return redirect("plans:ras-version", pk=asked.version_id)


@require_http_methods(["GET", "POST"])
def bands(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say from how many points on how much a week it is."""
    draft = version_of(request, pk, is_draft=True)
    form = RasBandsForm(request.POST or None, bands=list(draft.bands.order_by("from_points")))

    def keep() -> None:
        actions.set_bands(version=draft, bands=form.bands(), by=request.user)

    return _saved(form, draft, keep) or page(request, "plans/ras/bands.html", version=draft, form=form)


@require_http_methods(["GET", "POST"])
def prices(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write the price book of a draft."""
    draft = version_of(request, pk, is_draft=True)
    form = RasPricesForm(request.POST or None, prices=list(draft.prices.all()))

    def keep() -> None:
        actions.set_prices(version=draft, prices=form.prices(), by=request.user)

    return _saved(form, draft, keep) or page(request, "plans/ras/prices.html", version=draft, form=form)


def _question(request: SignedIn, draft: RasVersion, asked: RasQuestion | None, outcome: str) -> HttpResponse:
    form = RasQuestionForm(request.POST or None, version=draft, question=asked, outcome=outcome)
    if draft.method != RasMethod.PRICE_BOOK:
        form.fields["price_kind"].help_text = "Only with a price book; this version has bands."

    def keep() -> None:
        actions.write_question(version=draft, said=form.said(), by=request.user, question=asked)

    return _saved(form, draft, keep) or page(
        request, "plans/ras/question.html", version=draft, question=asked, form=form
    )


def _saved(form: Form, draft: RasVersion, keep: Callable[[], None]) -> HttpResponse | None:
    """Save what was answered and go back to the version; nothing, where the page has to be shown (again)."""
    if not form.is_valid():
        return None
    try:
        keep()
    except actions.UnableToWriteRas as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("plans:ras-version", pk=draft.pk)


def _asked(request: SignedIn, pk: UUID) -> RasQuestion:
    """Give a question of a draft that whoever asks may edit."""
    drafts = editable(request).filter(state=RasState.DRAFT)
    questions = RasQuestion.objects.filter(version__in=drafts).select_related("version__council", "price")
    return get_object_or_404(questions, pk=pk)
