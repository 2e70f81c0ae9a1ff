"""Who may act for a person: seen, given and ended, by the person or by their professional for them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from people import actions
from people.forms import GiveForm
from people.models import Authority, Part, Person
from people.queries import helpers_of, lacks_of, leads, marks_of, may_withdraw, told_marks


@require_GET
def helpers(request: SignedIn) -> HttpResponse:
    """Show a person who may act for them."""
    return _show(request, _own(request))


@require_GET
def helpers_of_person(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show who may act for a person: to their professional, and to themselves where they were before a move."""
    own = Person.objects.filter(pk=pk, user=request.user).select_related("user").first()
    if own is not None and request.is_own(own):
        return _show(request, own)
    return _show(request, _led(request, pk))


@require_http_methods(["GET", "POST"])
def give(request: SignedIn) -> HttpResponse:
    """Let somebody act for oneself. A helper cannot do this for the person they help."""
    person = _own(request)
    if person.user != request.user:
        raise Http404
    return _give(request, person)


@require_http_methods(["GET", "POST"])
def give_for_person(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write down that somebody acts for one of one's people, and what that rests on."""
    return _give(request, _led(request, pk))


@require_http_methods(["GET", "POST"])
def end(request: SignedIn, pk: UUID) -> HttpResponse:
    """End somebody's authority, at once."""
    seen = Authority.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    authority = get_object_or_404(seen.select_related("person", "helper"), pk=pk)
    if not may_withdraw(request.user, authority):
        raise Http404
    request.shows(authority.person, Part.HELPERS)
    back = _back(request, authority.person)
    refusal = ""
    if request.method == "POST":
        try:
            actions.withdraw_authority(authority=authority, by=request.user, at=timezone.now())
        except actions.UnableToWithdraw as problem:
            refusal = str(problem)
        else:
            words = _("It has ended. %(helper)s cannot act for %(person)s any more.")
            messages.success(request, words % {"helper": authority.helper, "person": authority.person})
            return redirect(*back)
    return page(
        request,
        "people/end_helper.html",
        authority=authority,
        refusal=refusal,
        is_own=_is_own(request, authority.person),
    )


def _own(request: SignedIn) -> Person:
    person = request.whose_page()
    if person is None:
        raise Http404
    return person


def _led(request: SignedIn, pk: UUID) -> Person:
    """Give one of the people the user leads; anybody else is not there."""
    people = Person.objects.visible_to(request.user).filter(lead_professional=request.user)
    return get_object_or_404(people.select_related("user"), pk=pk)


def _is_own(request: SignedIn, person: Person) -> bool:
    return person.user_id == request.user.pk


def _back(request: SignedIn, person: Person) -> tuple[str, ...]:
    """Say where one goes on: to one's own helpers, to those of one's person, or to whom one acts for."""
    if _is_own(request, person):
        return ("people:helpers",)
    return ("people:helpers-of", str(person.pk)) if leads(request.user, person) else ("people:acting-for",)


def _show(request: SignedIn, person: Person) -> HttpResponse:
    today = timezone.localdate()
    request.shows(person, Part.HELPERS)
    return page(
        request,
        "people/who_acts.html",
        person=person,
        authorities=helpers_of(person, on=today),
        today=today,
        is_own=_is_own(request, person),
        is_led=leads(request.user, person),
        told=told_marks(person) if _is_own(request, person) else [],
        marks=marks_of(person=person, reader=request.user).standing() if leads(request.user, person) else [],
    )


def _give(request: SignedIn, person: Person) -> HttpResponse:
    """Ask, read the answers back, and give it once they are sure."""
    is_own = _is_own(request, person)
    request.shows(person, Part.HELPERS)
    form = GiveForm(
        request.POST or None,
        is_own=is_own,
        today=timezone.localdate(),
        lacks=[] if is_own else list(lacks_of(person=person)),
    )
    if form.is_valid() and "sure" in request.POST:
        said = form.cleaned_data
        try:
            actions.give_authority(
                person=person,
                helper_email=said["email"],
                helper_name=said["name"],
                terms=form.terms(),
                by=request.user,
                at=timezone.now(),
            )
        except actions.UnableToGiveAuthority as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. We have told both of you."))
            return redirect(*_back(request, person))
    is_checked = form.is_valid() and "change" not in request.POST
    template = "people/give_check.html" if is_checked else "people/give.html"
    return page(request, template, form=form, person=person, is_own=is_own)
