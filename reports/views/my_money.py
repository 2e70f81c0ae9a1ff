"""My money: the first page of somebody who draws on care, and why a line of it cost what it did."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from clusters.queries import money_of
from commonpurse.pages import SignedIn, page
from reports.queries.caseload import standing_of
from reports.queries.my_clusters import memberships_of, my_clusters
from reports.queries.purse import paid_lately, purse_of
from reports.queries.what_waits import what_waits
from reports.queries.why import why_paid
from reports.rules.money_words import year_in_parts
from reports.rules.months import month_of


@require_GET
def my_money(request: SignedIn) -> HttpResponse:
    """Show where this year's money stands, what needs the person, and their clusters, plan and professional."""
    person = request.whose_page()
    if person is None:
        raise Http404
    today = timezone.localdate()
    memberships = memberships_of(person)
    money = money_of(memberships=memberships)
    purse = purse_of(person=person, money=money, on=today)
    standing = standing_of(person=person, on=today)
    return page(
        request,
        "reports/my_money.html",
        person=person,
        month=month_of(today),
        purse=purse,
        whole=year_in_parts(purse.total) if purse else None,
        clusters=my_clusters(memberships=memberships, money=money),
        waits=what_waits(person=person, reader=request.user, at=timezone.now()),
        standing=standing,
        review=standing.review_soon(today),
        paid=paid_lately(memberships=memberships),
    )


@require_GET
def why(request: SignedIn, pk: UUID) -> HttpResponse:
    """Explain one line somebody paid a share of: the visit, the price, the rule and the odd penny."""
    person = request.whose_page()
    reason = why_paid(line_id=pk, person=person) if person else None
    if reason is None:
        raise Http404
    return page(request, "reports/why.html", why=reason, person=person)
