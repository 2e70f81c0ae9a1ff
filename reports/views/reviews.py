"""Reviews of a person's plan: when they are due and what they found, asking for one now, and writing one down."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from people.models import Part, Person, RoleKind
from people.queries import leads
from plans.actions import UnableToReview, call_for_review, record_review
from plans.forms.review import AskForReviewForm, ReviewForm
from plans.models import Plan, ReviewReason
from plans.queries import plan_in_words
from reports.queries.caseload import Standing, standing_of


@require_GET
def reviews(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show when a person's plan is looked at again and why, and what every review found."""
    somebody = _person(request, pk)
    held = somebody.reviews.select_related("recorded_by").order_by("-held_date", "-pk")
    return page(
        request,
        "reports/reviews.html",
        person=somebody,
        is_mine=request.is_own(somebody),
        clocks=_standing(somebody).clocks,
        today=timezone.localdate(),
        held=held,
        may_record=_may_record(request, somebody),
    )


@require_http_methods(["GET", "POST"])
def ask(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask for a review now, because something has happened."""
    somebody = _person(request, pk)
    form = AskForReviewForm(request.POST or None)
    if form.is_valid():
        now = timezone.now()
        try:
            call_for_review(
                person=somebody,
                reason=ReviewReason(form.cleaned_data["reason"]),
                words=form.cleaned_data["words"],
                by=request.user,
                on=timezone.localdate(now),
                at=now,
            )
        except UnableToReview as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Thank you. The plan is to be looked at now."))
            return redirect("reports:reviews", pk)
    is_mine = request.is_own(somebody)
    return page(request, "reports/ask_for_review.html", person=somebody, is_mine=is_mine, form=form)


@require_http_methods(["GET", "POST"])
def review(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write down a review that was held, with the plan it looked at beside it."""
    somebody = _person(request, pk)
    if not _may_record(request, somebody):
        raise Http404
    standing, now = _standing(somebody), timezone.now()
    today = timezone.localdate(now)
    form = ReviewForm(
        request.POST or None, today=today, is_paid_directly=standing.paid_directly_from is not None
    )
    if form.is_valid():
        try:
            record_review(person=somebody, found=form.found(), by=request.user, on=today, at=now)
        except UnableToReview as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Written down. They are told, and can read it.")
            return redirect("reports:reviews", pk)
    plan = Plan.objects.get(pk=standing.agreed_plan) if standing.agreed_plan else None
    return page(
        request,
        "reports/review.html",
        person=somebody,
        plan=plan,
        clocks=standing.clocks,
        form=form,
        **(plan_in_words(plan) if plan else {}),
    )


def _person(request: SignedIn, pk: UUID) -> Person:
    people = Person.objects.visible_to(request.user)
    somebody = get_object_or_404(people.select_related("lead_professional", "council"), pk=pk)
    request.shows(somebody, Part.REVIEWS)
    return somebody


def _standing(person: Person) -> Standing:
    return standing_of(person=person, on=timezone.localdate())


def _may_record(request: SignedIn, person: Person) -> bool:
    return leads(request.user, person) or request.user.has_role(
        RoleKind.MANAGER, council_id=person.council_id
    )
