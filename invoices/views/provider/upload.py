"""Sending a file of invoices: choose it, look at what would become of it, and send it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonpurse.pages import SignedIn, page
from invoices.actions import long_upload
from invoices.actions import upload as actions
from invoices.forms.upload import UploadForm
from invoices.models import Upload, UploadState
from invoices.queries.uploads import error_rows, has_changed, looked_at, work_on
from invoices.rules.csv_columns import COLUMNS_IN_WORDS
from invoices.rules.csv_invoices import MOST_DOCUMENTS, MOST_ROWS, write_template
from invoices.rules.ubl import rules_checked
from invoices.views.provider.whose import employers_of
from jobs.queries import progress_of
from people.rules import write_table

MOST_SHOWN = 50


@require_http_methods(["GET", "POST"])
def upload(request: SignedIn) -> HttpResponse:
    """Choose a file; it is looked at, and nothing of it counts yet."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, employers=employers_of(request))
    if form.is_valid():
        try:
            looked = _look(request, form)
        except actions.UnableToUpload as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("invoices:uploaded", pk=looked.pk)
    return page(
        request,
        "invoices/provider/upload.html",
        form=form,
        columns=COLUMNS_IN_WORDS,
        most_rows=MOST_ROWS,
        most_documents=MOST_DOCUMENTS,
        checks_all_rules=rules_checked() == "en16931",
    )


@require_GET
def uploaded(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what would become of a file, or what is wrong with it, or that it is sent."""
    return _show(request, _mine(request, pk))


@require_POST
def send_upload(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send a file that was looked at."""
    shown = _mine(request, pk)
    try:
        sent = _send(request, shown)
    except actions.UnableToTakeUpload as refusal:
        return _show(request, shown, refusal=str(refusal))
    if sent.state == UploadState.SENDING:
        pass  # the page shows how far it is
    elif sent.state == UploadState.TAKEN:
        messages.success(request, "Your file is sent.")
    else:
        messages.warning(request, "Something has changed since you looked. Nothing was sent. Look once more.")
    return redirect("invoices:uploaded", pk=pk)


@require_GET
def upload_errors(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give what is wrong with a file, or would be held of it, as a table."""
    rows = error_rows(_mine(request, pk))
    return _csv(write_table(["row", "column", "what_is_wrong"], rows), name="errors.csv")


@require_GET
def upload_template(request: SignedIn) -> HttpResponse:
    """Give an empty table with the names of all columns."""
    employers_of(request)
    return _csv(write_template(), name="invoices.csv")


def _look(request: SignedIn, form: UploadForm) -> Upload:
    """Look at a file here and now, or have a worker look at a long one."""
    content = form.cleaned_data["file"].read()
    given = {"provider": form.provider_chosen(), "name": form.name(), "content": content}
    if long_upload.is_long(content):
        return long_upload.ask_to_look(**given, by=request.user, at=timezone.now())
    return actions.try_upload(**given, by=request.user, on=timezone.localdate(), at=timezone.now())


def _send(request: SignedIn, shown: Upload) -> Upload:
    """Send a file here and now, or have a worker send a long one."""
    if long_upload.is_long(bytes(shown.content)):
        return long_upload.ask_to_send(upload=shown, by=request.user)
    return actions.take_upload(upload=shown, by=request.user, on=timezone.localdate(), at=timezone.now())


def _mine(request: SignedIn, pk: UUID) -> Upload:
    return get_object_or_404(
        Upload.objects.visible_to(request.user).select_related("provider__council"), pk=pk
    )


def _show(request: SignedIn, shown: Upload, *, refusal: str = "") -> HttpResponse:
    job = work_on(shown)
    return page(
        request,
        "invoices/provider/uploaded.html",
        upload=shown,
        job=job,
        has_changed=has_changed(shown),
        progress=progress_of(job) if job else None,
        looked=looked_at(shown.outcome),
        faults=shown.faults[:MOST_SHOWN],
        most_shown=MOST_SHOWN,
        refusal=refusal,
    )


def _csv(content: str, *, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
