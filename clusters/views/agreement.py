"""Reading what a cluster agreed, seeing what a version would change, and signing it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from clusters import actions
from clusters.models import Agreement, Membership
from clusters.queries import WITH_A_PART, size_on
from clusters.queries.lines import lines_of
from clusters.queries.versions import Version, VersionState, open_draft, versions_of
from clusters.rules.difference import differences
from commonpurse.pages import SignedIn, page


@require_GET
def agreement(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what a cluster agreed, what waits for a signature or a vote, and every version before."""
    mine = part_of(request, pk)
    versions = versions_of(cluster=mine.cluster, membership=mine)
    in_force = next((version for version in versions if version.state == VersionState.IN_FORCE), None)
    return page(
        request,
        "clusters/agreement/agreement.html",
        cluster=mine.cluster,
        mine=mine,
        in_force=in_force,
        lines=lines_of(in_force.agreement) if in_force else {},
        waiting=[
            version for version in versions if version.state in (VersionState.SIGNING, VersionState.DECIDING)
        ],
        versions=versions,
        draft=open_draft(cluster=mine.cluster),
    )


@require_GET
def version(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one version, how far it is, and who has signed it."""
    mine, here, versions = _version(request, pk)
    return page(
        request,
        "clusters/agreement/version.html",
        cluster=mine.cluster,
        mine=mine,
        version=here,
        lines=lines_of(here.agreement),
        least=size_on(council=mine.cluster.council, on=timezone.localdate()).least_members,
        has_before=any(each.agreement.version < here.agreement.version for each in versions),
    )


@require_GET
def changes(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what one version changes in the one that binds, or bound, before it."""
    mine, here, versions = _version(request, pk)
    before = [each for each in versions if each.agreement.version < here.agreement.version]
    signed = [each for each in before if each.agreement.signed_date] or before
    if not signed:
        raise Http404
    return page(
        request,
        "clusters/agreement/changes.html",
        cluster=mine.cluster,
        version=here,
        before=signed[0],
        differences=differences(lines_of(signed[0].agreement), lines_of(here.agreement)),
    )


@require_http_methods(["GET", "POST"])
def sign(request: SignedIn, pk: UUID) -> HttpResponse:
    """Read a version once more, and sign it for the person whose page it is."""
    mine, here, _ = _version(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            actions.sign_agreement(
                agreement=here.agreement, membership=mine, by=request.user, at=timezone.now()
            )
        except actions.UnableToSign as problem:
            refusal = str(problem)
        else:
            return redirect("clusters:version", pk=pk)
    return page(
        request,
        "clusters/agreement/sign.html",
        cluster=mine.cluster,
        version=here,
        lines=lines_of(here.agreement),
        person=mine.person,
        refusal=refusal,
    )


def part_of(request: SignedIn, pk: UUID) -> Membership:
    """Give the part in a cluster of the person whose page it is; whoever has none finds nothing here."""
    person = request.whose_page()
    if person is None:
        raise Http404
    parts = Membership.objects.filter(person=person, state__in=WITH_A_PART)
    return get_object_or_404(
        parts.select_related("cluster__council", "person__lead_professional"), cluster=pk
    )


def _version(request: SignedIn, pk: UUID) -> tuple[Membership, Version, list[Version]]:
    """Give the reader's part, the version asked for as they see it, and all versions of the cluster."""
    found = get_object_or_404(Agreement, pk=pk)
    mine = part_of(request, found.cluster_id)
    versions = versions_of(cluster=mine.cluster, membership=mine)
    return mine, next(version for version in versions if version.agreement.pk == found.pk), versions
