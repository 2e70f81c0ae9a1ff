"""Finding the version a page is about, for those who administer its council."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from commonpurse.pages import SignedIn
from people.models import Council
from people.queries import administered_by
from plans.models import RasVersion


def council_of(request: SignedIn) -> Council:
    """Give the council that whoever asks administers; for others there is no such page."""
    council = administered_by(request.user)
    if council is None:
        raise Http404
    return council


def version_of(request: SignedIn, pk: UUID, *, is_draft: bool = False) -> RasVersion:
    """Give a version that whoever asks may edit; with `is_draft` only one that is not published."""
    found = get_object_or_404(editable(request).prefetch_related("bands", "prices"), pk=pk)
    if is_draft and not found.is_draft:
        raise Http404
    return found


def editable(request: SignedIn) -> QuerySet[RasVersion]:
    """Give the versions of the councils that whoever asks administers."""
    return RasVersion.objects.editable_by(request.user).select_related("council", "copied_from")
