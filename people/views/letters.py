"""My letters: what somebody was told, whether it reached them, and who has read it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page, settings_in_use
from people import actions
from people.models import Notice
from people.models.notice import NoticeQuerySet
from people.queries import copies_of, language_in

A_PAGE = 25


@require_GET
def letters(request: SignedIn) -> HttpResponse:
    """List what one was told, or what the person was told for whom one acts; the newest first."""
    results = Paginator(_letters(request).order_by("-made_at", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    return page(request, "people/letters.html", results=results, under=request.acting_under())


@require_GET
def letter(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one letter, in easy words to whoever reads those, and note that its reader has read it."""
    shown = get_object_or_404(_letters(request), pk=pk)
    actions.mark_read(notice=shown, by=request.user, at=timezone.now())
    likes = settings_in_use(request)
    is_easy = request.GET.get("words", "easy" if likes and likes.is_easy else "") == "easy"
    return page(
        request,
        "people/letter.html",
        letter=shown,
        is_easy=is_easy and bool(shown.easy_words),
        copies=copies_of(shown),
        is_mine=shown.user == request.user
        or (shown.person is not None and shown.person.user == request.user),
    )


@require_GET
def letter_print(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one letter on paper, in its reader's own format."""
    shown = get_object_or_404(_letters(request), pk=pk)
    likes = settings_in_use(request)
    return page(request, "people/letter_print.html", letter=shown, likes=likes, language=language_in(likes))


def _letters(request: SignedIn) -> NoticeQuerySet:
    """Give one's own letters; while one acts for somebody, theirs, as far as one gets them."""
    seen = Notice.objects.visible_to(request.user).select_related(
        "person__user", "person__settings", "user", "council"
    )
    if request.acting_under() is not None:
        return seen.filter(person=request.whose_page())
    return seen.filter(Q(user=request.user) | Q(person__user=request.user))
