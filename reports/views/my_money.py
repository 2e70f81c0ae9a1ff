"""My money: the first page of somebody who draws on care, and why a line of it cost what it did."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from clusters.queries import money_of
from commonpurse.pages import SignedIn, page
from people.models import Part, Person
from reports.queries.caseload import standing_of
from reports.queries.councils import others_of, where_they_move
from reports.queries.my_clusters import memberships_of, my_clusters
from reports.queries.purse import paid_lately, purse_of
from reports.queries.what_waits import what_waits
from reports.queries.why import why_paid
from reports.rules.money_words import last_year_in_parts, year_in_parts
from reports.rules.months import month_of

ONE_DAY = timedelta(days=1)


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
        move=where_they_move(standing, on=today),
    )


@require_GET
def before(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what somebody had with a council they moved away from: their last budget there, and the ways to the rest."""
    today = timezone.localdate()
    gone = Person.objects.own_or_helped(request.user).filter(moved_date__lte=today)
    person = get_object_or_404(gone.select_related("council", "lead_professional"), pk=pk)
    if not request.is_own(person):
        raise Http404
    request.shows(person, Part.MONEY)
    memberships = memberships_of(person)
    last = person.budgets.order_by("-end_date").first()
    money = money_of(memberships=memberships)
    purse = purse_of(person=person, money=money, on=last.end_date - ONE_DAY) if last else None
    return page(
        request,
        "reports/before.html",
        person=person,
        purse=purse,
        whole=last_year_in_parts(purse.total) if purse else None,
        plan=standing_of(person=person, on=today).shown_plan,
        paid=paid_lately(memberships=memberships),
    )


@require_GET
def why(request: SignedIn, pk: UUID) -> HttpResponse:
    """Explain one line somebody paid a share of: the visit, the price, the rule and the odd penny."""
    person = request.whose_page()
    theirs = [person, *others_of(person)] if person else []
    found = ((one, why_paid(line_id=pk, person=one)) for one in theirs)
    person, reason = next(((one, why) for one, why in found if why), (None, None))
    if reason is None or person is None:
        raise Http404
    return page(request, "reports/why.html", why=reason, person=person)
