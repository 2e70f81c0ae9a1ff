"""What is held of a provider's invoices: why, whose turn it is, and what to do."""

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from invoices.actions.replies import UnableToAnswer
from invoices.actions.reply_by_hand import SentFile, reply_by_hand
from invoices.forms.reply import ReplyForm
from invoices.models import Attachment
from invoices.queries.provider import held_line, open_holds, own_holds
from invoices.views.provider.whose import employers_of

ON_A_PAGE = 25


@require_GET
def own_holds_page(request: SignedIn) -> HttpResponse:
    """List what is held of whom one works for: what waits for them first."""
    employers_of(request)
    results = Paginator(open_holds(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "invoices/provider/holds.html",
        results=results,
        rows=[held_line(hold) for hold in results],
        on=timezone.localdate(),
    )


@require_http_methods(["GET", "POST"])
def own_hold(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one hold: the line, why it is held, whose turn it is, and what to do; and answer about it."""
    shown = get_object_or_404(own_holds(request.user), pk=pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReplyForm(*sent)
    if form.is_valid():
        try:
            reply_by_hand(
                hold=shown,
                words=form.cleaned_data["words"],
                file=_file(form),
                by=request.user,
                at=timezone.now(),
            )
        except UnableToAnswer as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "Your answer is with the council.")
            return redirect("invoices:own-hold", pk=pk)
    return page(
        request,
        "invoices/provider/hold.html",
        held=held_line(shown),
        hold=shown,
        line=shown.line,
        form=form,
        replies=shown.replies.select_related("attachment").order_by("-written_at", "-pk"),
    )


@require_GET
def own_attachment(request: SignedIn, pk: UUID) -> HttpResponseBase:
    """Give back a file that was sent along with an answer; it is only ever downloaded, never shown in a page."""
    kept = get_object_or_404(Attachment.objects.filter(hold__in=own_holds(request.user)), pk=pk)
    response = FileResponse(
        default_storage.open(kept.path), as_attachment=True, filename=kept.name, content_type=kept.media_type
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _file(form: ReplyForm) -> SentFile | None:
    file = form.cleaned_data["file"]
    return SentFile(name=file.name, media_type=form.media_type(), content=file.read()) if file else None
