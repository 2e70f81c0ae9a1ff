"""What founders see until their cluster stands: what is done, what is still to do, and the first day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from clusters import actions
from clusters.models import ClusterState, Membership, MembershipState, ProposedPledge
from clusters.queries import has_signed, size_on, with_a_part_or_asking
from clusters.queries.versions import Version, VersionState, open_draft, versions_of
from clusters.views.agreement import part_of
from commonpurse.pages import SignedIn, page

DONE, NEXT, WAITS = (_("Done"), ""), (_("To do"), "blue"), (_("Not yet"), "grey")
STANDS = (ClusterState.AGREED, ClusterState.ACTIVE)


@require_GET
def beginning(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show the founders what is done and what is still to do until their cluster stands."""
    mine = part_of(request, pk)
    cluster = mine.cluster
    offers = ProposedPledge.objects.filter(membership=OuterRef("pk"))
    everybody = list(with_a_part_or_asking(cluster=cluster).annotate(has_offered=Exists(offers)))
    has_offered = any(
        one.pk == mine.pk and one.has_offered  # type: ignore[attr-defined]  # asked along above
        for one in everybody
    )
    founders = [one for one in everybody if one.state != MembershipState.ASKED]
    asking = [one for one in everybody if one.state == MembershipState.ASKED]
    return page(
        request,
        "clusters/found/beginning.html",
        cluster=cluster,
        mine=mine,
        founders=founders,
        asking=asking if cluster.state == ClusterState.FORMING else [],
        tasks=_tasks(mine, founders=len(founders), has_offered=mine.joined_date is not None or has_offered),
        may_begin=_may_begin(mine),
    )


@require_POST
def begin(request: SignedIn, pk: UUID) -> HttpResponse:
    """Begin as a member today, once the cluster stands and one's professional has agreed."""
    mine = part_of(request, pk)
    try:
        actions.begin(membership=mine, by=request.user, at=timezone.now())
    except actions.UnableToJoin as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, gettext("You are a member of %(cluster)s from today.") % {"cluster": mine.cluster}
        )
    return redirect("clusters:beginning", pk=pk)


def _may_begin(mine: Membership) -> bool:
    """Tell whether all is done, and only their own first day is missing."""
    is_agreed = mine.state == MembershipState.PLAN_AGREED and mine.cluster.state in STANDS
    return is_agreed and has_signed(membership=mine)


def _tasks(mine: Membership, *, founders: int, has_offered: bool) -> list[dict[str, Any]]:
    """Give what there is to do, each with how far it is and where it can be done."""
    cluster, waits_for_plan = mine.cluster, mine.state == MembershipState.MEMBERS_AGREED
    least = size_on(council=cluster.council, on=timezone.localdate()).least_members
    newest = next(iter(versions_of(cluster=cluster, membership=mine)), None)
    can_offer = waits_for_plan and not has_offered
    lead = mine.person.lead_professional
    return [
        _task(
            gettext("Invite others"),
            DONE if founders >= least else NEXT,
            reverse("clusters:invite", args=[cluster.pk]),
            gettext("%(number)s of at least %(least)s are in it.") % {"number": founders, "least": least},
        ),
        _task(
            gettext("Write down what you agree"),
            DONE if newest else NEXT,
            reverse("clusters:agreement", args=[cluster.pk]),
            gettext("Somebody has begun to write.") if open_draft(cluster=cluster) else "",
        ),
        _sign_task(newest),
        _task(
            gettext("Say how much you would put in"),
            DONE if has_offered else NEXT if can_offer else WAITS,
            reverse("clusters:ask", args=[cluster.pk]) if can_offer else "",
            gettext("Nothing moves before you are a member."),
        ),
        _task(
            gettext("%(worker)s looks at whether it fits your plan") % {"worker": lead}
            if lead
            else gettext("Your social worker looks at whether it fits your plan"),
            WAITS if waits_for_plan else DONE,
            "",
            gettext("They were told. You need do nothing.") if waits_for_plan else "",
        ),
        _task(
            gettext("Your money is in your share of the pool"), DONE if mine.joined_date else WAITS, "", ""
        ),
    ]


def _sign_task(newest: Version | None) -> dict[str, Any]:
    """Give the task of signing, as far as there is something to sign."""
    if newest is None or newest.state not in (VersionState.SIGNING, VersionState.IN_FORCE):
        return _task(gettext("Sign it"), WAITS, "", gettext("Once it is written down."))
    here = reverse("clusters:version", args=[newest.agreement.pk])
    hint = gettext("%(number)s have signed.") % {"number": len(newest.signed_by)}
    return _task(gettext("Sign it"), DONE if newest.has_signed else NEXT, here, hint)


def _task(words: str, how_far: tuple[str | Promise, str], address: str, hint: str) -> dict[str, Any]:
    state, colour = how_far
    return {"words": words, "address": address, "state": state, "colour": colour, "hint": hint}
