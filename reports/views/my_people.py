"""My people: a professional's first page, and one of their people."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from budgets.actions import may_assess
from budgets.queries.rights import may_propose
from clusters.queries import money_of
from clusters.queries.papers import votes_to_enter
from commonpurse.pages import SignedIn, page
from people.models import Part, Person, RoleKind
from people.queries import leads, may_mark
from plans.queries.assessment import assessments_of
from reports.queries.caseload import standing_of
from reports.queries.my_clusters import memberships_of, my_clusters
from reports.queries.my_people import my_people as look_after
from reports.queries.purse import purse_of
from reports.rules.money_words import year_of

A_PAGE = 50


@require_GET
def my_people(request: SignedIn) -> HttpResponse:
    """Show what is late first and why, what comes next, and what waits for the professional's agreement."""
    if not request.user.has_role(RoleKind.SOCIAL_WORKER):
        raise Http404
    mine = look_after(user=request.user, on=timezone.localdate())
    return page(
        request,
        "reports/my_people.html",
        mine=mine,
        councils=[
            role.council_id for role in request.user.roles.all() if role.kind == RoleKind.SOCIAL_WORKER
        ],
        votes=votes_to_enter(reader=request.user, kinds=[RoleKind.SOCIAL_WORKER], at=timezone.now()),
        results=Paginator(mine.people, A_PAGE).get_page(request.GET.get("page")),
    )


@require_GET
def person(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one person to their professional, or to an officer of their council: money, plan and clusters."""
    somebody = get_object_or_404(
        Person.objects.visible_to(request.user).select_related(
            "lead_professional", "council", "first_contact"
        ),
        pk=pk,
    )
    request.shows(somebody, Part.MONEY, Part.PLAN, Part.ASSESSMENT, Part.CLUSTERS)
    today = timezone.localdate()
    memberships = memberships_of(somebody)
    money = money_of(memberships=memberships)
    purse = purse_of(person=somebody, money=money, on=today)
    return page(
        request,
        "reports/person.html",
        person=somebody,
        purse=purse,
        whole=year_of(somebody.name, purse.total) if purse else None,
        clusters=my_clusters(memberships=memberships, money=money),
        standing=standing_of(person=somebody, on=today),
        is_lead=leads(request.user, somebody),
        may_mark=may_mark(request.user, somebody),
        may_assess=may_assess(request.user, somebody),
        may_propose=may_propose(request.user, somebody),
        assessments=assessments_of(somebody),
    )
