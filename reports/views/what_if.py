"""What a cluster's money buys: now, with what somebody would put in, and without them; and what pooling saved."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusters.models import Cluster, Membership
from commissioning.queries.what_if import WhatIf, WhatIfLine, what_if
from commonpurse.pages import SignedIn, page
from people.models import Part, Person
from reports.forms import WhatIfForm
from reports.queries.saved import bought_so_far
from reports.rules.charts import Drawing
from reports.rules.what_if_picture import Compared, units_picture


@require_http_methods(["GET", "POST"])
def what_would_it_buy(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what the money buys each week, and, with an amount, what it would buy then. Nothing is kept or moved."""
    person = request.whose_page()
    if person is None:
        raise Http404
    cluster, mine = _cluster(pk, person)
    return _compared(request, cluster=cluster, person=person, mine=mine)


@require_http_methods(["GET", "POST"])
def what_would_it_buy_for(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show the same to the professional who has to agree that somebody pools there."""
    memberships = Membership.objects.visible_to(request.user).current()
    mine = get_object_or_404(
        memberships.select_related("cluster__council", "person__council"),
        pk=pk,
        person__lead_professional=request.user,
    )
    return _compared(request, cluster=mine.cluster, person=mine.person, mine=mine)


def _compared(
    request: SignedIn, *, cluster: Cluster, person: Person, mine: Membership | None
) -> HttpResponse:
    """Show what the money buys now, with what this person would put in, and without them."""
    today = timezone.localdate()
    request.shows(person, Part.CLUSTERS)
    offered = _offered_pence(mine)
    form = WhatIfForm(request.POST or None, initial={"amount": offered or None})
    more = form.more_pence if form.is_bound else offered
    is_own = person == request.whose_page()
    sees_offers = not is_own or (mine is not None and mine.joined_date is not None)
    seen = what_if(cluster=cluster, person=person, more_pence=more, on=today, names_offers=sees_offers)
    tells_of_saving = not (form.is_bound or seen.is_hidden or (seen.is_about and mine is None))
    return page(
        request,
        "reports/what_if.html",
        cluster=cluster,
        mine=mine,
        is_own=is_own,
        form=form,
        seen=seen,
        chart=_buys_picture(seen) if seen.lines else None,
        offers_chart=_offers_picture(seen) if seen.offers else None,
        bought=bought_so_far(cluster=cluster, on=today) if tells_of_saving else None,
    )


def _buys_picture(seen: WhatIf) -> Drawing:
    """Draw what the money buys now, without the person, and with what they would put in."""
    title = _("What the money buys each week")
    labels = [line.thing.words for line in seen.lines]
    compared = _compare(seen.lines, labels)
    return units_picture(compared, cases=_cases(seen, now=_("Now")), key="what-if", title=title)


def _offers_picture(seen: WhatIf) -> Drawing:
    """Draw what the same money would buy if an offer that stands were chosen; whose it is says the table beside it."""
    cases = _cases(seen, now=_("With today’s money"))
    title = _("What each offer would buy each week")
    labels = [_("Offer %(number)s") % {"number": number} for number in range(1, len(seen.offers) + 1)]
    return units_picture(_compare(seen.offers, labels), cases=cases, key="what-if-offers", title=title)


def _cases(seen: WhatIf, *, now: str) -> list[str]:
    """Name the cases of a picture."""
    return [now, _("Without you"), _("With more") if seen.has_without else _("With your money")]


def _compare(lines: Sequence[WhatIfLine], labels: Sequence[str]) -> list[Compared]:
    """Give units a week of each thing in each case."""
    return [
        Compared(
            words=label,
            unit=line.thing.unit,
            units=[case.weekly_units if case else None for case in (line.now, line.without, line.then)],
        )
        for line, label in zip(lines, labels, strict=True)
    ]


def _cluster(pk: UUID, person: Person) -> tuple[Cluster, Membership | None]:
    """Give a cluster this person is in, has asked to join, or could ask to join; any other is not there."""
    current = Membership.objects.current().filter(cluster=pk, person=person)
    mine = current.select_related("cluster__council").first()
    if mine is not None:
        return mine.cluster, mine
    taking = Cluster.objects.taking().filter(council=person.council_id)
    return get_object_or_404(taking.select_related("council"), pk=pk), None


def _offered_pence(membership: Membership | None) -> int:
    """Give what somebody has offered who is not in the pool yet, in pence."""
    if membership is None or membership.joined_date is not None:
        return 0
    return sum(membership.proposed_pledges.values_list("amount_pence", flat=True))
