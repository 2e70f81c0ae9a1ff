"""Carers' consents: given and taken back on the carer's own page, or written down by the professional."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from people.actions import UnableToConsent, UnableToWithdrawConsent, give_consent, record_consent
from people.models import Authority, AuthorityKind, CarerConsent, Part, Person
from people.queries import leads
from plans.actions.assessment import withdraw_carer_consent
from plans.forms.assessment import CareForm, RecordedCareForm
from plans.models import Assessment


@require_GET
def caring(request: SignedIn) -> HttpResponse:
    """Show a carer for whom they agreed that their care is counted, and their own assessments."""
    today = timezone.localdate()
    consents = CarerConsent.objects.filter(carer=request.user).select_related("person__lead_professional")
    cared_for = Authority.objects.in_force(on=today).filter(helper=request.user, kind=AuthorityKind.CARER)
    standing = list(consents.order_by("-start_date", "-pk"))
    agreed = {one.person_id for one in standing if one.withdrawn_at is None}
    return page(
        request,
        "plans/assessment/caring.html",
        consents=standing,
        people=[one.person for one in cared_for.select_related("person") if one.person_id not in agreed],
        assessments=Assessment.objects.filter(carer=request.user)
        .select_related("person")
        .order_by("-started_date"),
        today=today,
    )


@require_http_methods(["GET", "POST"])
def give(request: SignedIn, pk: UUID) -> HttpResponse:
    """Agree, as a carer, that one's care for somebody is counted."""
    today = timezone.localdate()
    cared_for = Authority.objects.in_force(on=today).filter(helper=request.user, kind=AuthorityKind.CARER)
    person = get_object_or_404(Person.objects.filter(pk__in=cared_for.values("person")), pk=pk)
    request.shows(person, Part.ASSESSMENT)
    form = CareForm(request.POST or None, today=today)
    if form.is_valid():
        try:
            give_consent(person=person, care=form.care(), by=request.user, at=timezone.now())
        except UnableToConsent as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. You can take it back at any time."))
            return redirect("plans:caring")
    return page(request, "plans/assessment/give_consent.html", person=person, form=form)


@require_http_methods(["GET", "POST"])
def record(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write down that a carer of one of one's people agrees, and what that rests on."""
    led = Person.objects.visible_to(request.user).filter(lead_professional=request.user)
    person = get_object_or_404(led.select_related("council"), pk=pk)
    request.shows(person, Part.ASSESSMENT)
    today = timezone.localdate()
    form = RecordedCareForm(request.POST or None, today=today, initial=_known_carer(person, on=today))
    if form.is_valid():
        said = form.cleaned_data
        try:
            record_consent(
                person=person,
                carer_email=said["email"],
                carer_name=said["name"],
                care=form.care(),
                by=request.user,
                at=timezone.now(),
            )
        except UnableToConsent as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. We have told the carer.")
            return redirect("reports:person", pk=pk)
    return page(
        request,
        "plans/assess/record_consent.html",
        person=person,
        form=form,
        consents=CarerConsent.objects.filter(person=person).select_related("carer").order_by("-start_date"),
    )


def _known_carer(person: Person, *, on: date) -> dict[str, str]:
    """Give name and address of a carer who acts for a person and was not asked for consent yet: they are known."""
    asked = CarerConsent.objects.filter(person=person).values("carer")
    carers = Authority.objects.in_force(on=on).filter(person=person, kind=AuthorityKind.CARER)
    known = carers.exclude(helper__in=asked).select_related("helper").order_by("start_date", "pk").first()
    return {"name": known.helper.name, "email": known.helper.email} if known else {}


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take a consent back, at once; the budget that counted this care is worked out again without it."""
    standing = CarerConsent.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    consent = get_object_or_404(standing.select_related("person__lead_professional", "carer"), pk=pk)
    request.shows(consent.person, Part.ASSESSMENT)
    refusal = ""
    if request.method == "POST":
        try:
            withdraw_carer_consent(consent=consent, by=request.user, at=timezone.now())
        except UnableToWithdrawConsent as problem:
            refusal = str(problem)
        else:
            told = _(
                "It is taken back. %(person)s and their social worker are told. Their help goes on meanwhile."
            )
            messages.success(request, told % {"person": consent.person})
            is_led = leads(request.user, consent.person)
            return redirect("reports:person", pk=consent.person_id) if is_led else redirect("plans:caring")
    is_own = consent.carer_id == request.user.pk
    return page(
        request, "plans/assessment/withdraw_consent.html", consent=consent, refusal=refusal, is_own=is_own
    )
