"""The post: letters that somebody at the council prints and posts."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from people import actions
from people.models import Notice, Part, RoleKind
from people.models.notice import NoticeQuerySet
from people.queries import language_in

A_PAGE = 50


@require_GET
def post(request: SignedIn) -> HttpResponse:
    """List the letters that wait to be posted, the oldest first."""
    if not request.user.has_role(RoleKind.SOCIAL_WORKER, RoleKind.ADMINISTRATOR):
        raise Http404
    waiting = _mine(request).to_post().order_by("made_at", "pk")
    return page(
        request, "people/post.html", results=Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    )


@require_http_methods(["GET", "POST"])
def post_letter(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one letter as it is printed, in its reader's format, and take that it is in the post."""
    letter = get_object_or_404(_mine(request).to_post(), pk=pk)
    if request.method == "POST":
        try:
            actions.mark_posted(notice=letter, by=request.user, at=timezone.now())
        except actions.UnableToPost as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"The letter to {letter.person} is marked as posted.")
        return redirect("people:post")
    likes = getattr(letter.person, "settings", None)
    if letter.person is not None:
        request.shows(letter.person, Part.LETTERS)
    return page(
        request,
        "people/letter_print.html",
        letter=letter,
        likes=likes,
        language=language_in(likes),
        is_post=True,
    )


def _mine(request: SignedIn) -> NoticeQuerySet:
    return Notice.objects.posted_by(request.user).select_related("person__settings", "council")
