"""
Being away: saying on which days, checking it, and that one is back sooner.

What somebody has answered so far waits in their session; nothing of it stands in an address.
"""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clusters.actions.away import UnableToComeBack, UnableToSayAway, come_back, say_away
from clusters.forms.away import ONE_DAY, AwayForm, BackForm
from clusters.models import IN_THE_POOL, Absence, AwayCause, Membership
from clusters.queries.away import absences_ahead, who_pays
from commonpurse.pages import SignedIn, page


@require_http_methods(["GET", "POST"])
def away(request: SignedIn, pk: UUID) -> HttpResponse:
    """When one is away, and from when to when one will be."""
    membership = _membership(request, pk)
    form = AwayForm(request.POST or None, initial=request.session.get(_key(membership)))
    if form.is_valid():
        request.session[_key(membership)] = form.said()
        return redirect("clusters:away-check", pk=pk)
    return page(
        request,
        "clusters/away/away.html",
        membership=membership,
        absences=absences_ahead(membership=membership, on=timezone.localdate()),
        form=form,
    )


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID) -> HttpResponse:
    """Check the days and what the agreement says about them; then make it so."""
    membership = _membership(request, pk)
    form = AwayForm(request.session.get(_key(membership)))
    if not form.is_valid():
        return redirect("clusters:away", pk=pk)
    said = form.cleaned_data
    first, last, cause = said["first_date"], said["last_date"], said["cause"]
    if request.method == "POST":
        try:
            absence = say_away(
                membership=membership,
                start_date=first,
                end_date=last + ONE_DAY,
                cause=cause,
                by=request.user,
                at=timezone.now(),
            )
        except UnableToSayAway as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, membership, absence, first, last)
    return page(
        request,
        "clusters/away/check.html",
        membership=membership,
        form=form,
        first=first,
        last=last,
        cause=AwayCause(cause).label,
        who_pays=who_pays(cluster=membership.cluster, cause=cause, on=first),
    )


@require_http_methods(["GET", "POST"])
def back(request: SignedIn, pk: UUID) -> HttpResponse:
    """From which day on one is back sooner than one said."""
    absence = get_object_or_404(
        Absence.objects.filter(cancelled_at__isnull=True).select_related("membership__cluster__council"),
        pk=pk,
        membership__person=request.whose_page(),
    )
    membership, today = absence.membership, timezone.localdate()
    form = BackForm(request.POST or None, absence=absence, today=today)
    if form.is_valid():
        back_date = form.cleaned_data["back_date"]
        try:
            come_back(absence=absence, back_date=back_date, by=request.user, at=timezone.now())
        except UnableToComeBack as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, membership, absence, back_date)
    return page(
        request, "clusters/away/back.html", membership=membership, absence=absence, last=form.last, form=form
    )


@require_GET
def done(request: SignedIn, pk: UUID) -> HttpResponse:
    """It is written down: the days, and what happens next."""
    membership = _membership(request, pk)
    said = request.session.get(_key(membership, "done"))
    if said is None:
        return redirect("clusters:away", pk=pk)
    days = [date.fromisoformat(day) for day in said["days"]]
    return page(
        request,
        "clusters/away/done.html",
        membership=membership,
        reference=said["reference"],
        first=days[0],
        last=days[1] if len(days) > 1 else None,
    )


def _done(request: SignedIn, membership: Membership, absence: Absence, *days: date) -> HttpResponse:
    """Remember what was written down for the page that says so."""
    request.session.pop(_key(membership), None)
    reference = absence.pk.hex[-8:].upper()
    request.session[_key(membership, "done")] = {
        "reference": reference,
        "days": [day.isoformat() for day in days],
    }
    return redirect("clusters:away-done", pk=membership.cluster_id)


def _key(membership: Membership, what: str = "said") -> str:
    return f"away-{what}-{membership.pk}"


def _membership(request: SignedIn, pk: UUID) -> Membership:
    """Give the time in this cluster of the person whose page this is, while it lasts; none for anybody else."""
    person = request.whose_page()
    members = Membership.objects.filter(cluster=pk, person=person, state__in=IN_THE_POOL)
    found = members.select_related("cluster__council", "person").first() if person else None
    if found is None:
        raise Http404
    return found
