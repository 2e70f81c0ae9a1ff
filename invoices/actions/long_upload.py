"""Long files of invoices: a worker looks at them, and takes them in, while whoever uploaded them watches."""

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from invoices.actions.upload import (
    Result,
    UnableToTakeUpload,
    UnableToUpload,
    forget_others,
    standing,
    take_all,
    works_for,
)
from invoices.models import Upload, UploadState
from invoices.rules.files import read_file
from jobs.actions import ask_for
from jobs.models import Job
from people.models import User
from providers.models import Provider

ROWS_AT_ONCE = 2_000  # judged while the page is asked for; more would keep the browser waiting
LOOK, READ, JUDGE, SEND = (f"invoices.{step}_upload" for step in ("look_at", "read", "judge", "send"))


def is_long(content: bytes) -> bool:
    """Tell a file of so many rows that a worker looks at it."""
    return max(content.count(b"\n"), content.count(b"\r")) > ROWS_AT_ONCE


@transaction.atomic
def ask_to_look(*, provider: Provider, name: str, content: bytes, by: User, at: datetime) -> Upload:
    """
    Keep a long file for whoever uploaded it, and ask for it to be looked at; nothing of it counts yet.

    :raises UnableToUpload: they do not work for the provider.
    """
    if not works_for(by, provider):
        raise UnableToUpload("You can send invoices only of a provider you work for.")
    forget_others(provider=provider, by=by, at=at)
    upload = Upload.objects.create(
        council_id=provider.council_id,
        provider=provider,
        uploaded_by=by,
        name=name,
        content=content,
        sha256=sha256(content).hexdigest(),
        uploaded_at=at,
        state=UploadState.LOOKING,
    )
    _ask(LOOK, upload, doing="Looking at your file")
    return upload


@transaction.atomic
def ask_to_send(*, upload: Upload, by: User) -> Upload:
    """
    Ask for a long file that was looked at to be taken in: every document of it, or none.

    :raises UnableToTakeUpload: it is not kept any more, or this is not for the user to do.
    """
    held = _locked(upload.pk)
    if held.uploaded_by_id != by.pk or not works_for(by, held.provider):
        raise UnableToTakeUpload("Only whoever uploaded this file can send it.")
    if held.state in (UploadState.SENDING, UploadState.TAKEN):
        return held
    if held.state != UploadState.READY:
        raise UnableToTakeUpload("This file is not kept any more. Nothing was sent. Upload it again.")
    held.state = UploadState.SENDING
    held.save(update_fields=["state"])
    # Asked for anew each time somebody has looked: what changed meanwhile may have put it back to ready.
    again = Job.objects.filter(kind=SEND, key__startswith=str(held.pk)).count()
    _ask(SEND, held, doing="Sending your invoices", again=again)
    return held


@transaction.atomic
def look_in_steps(*, job: Job) -> None:
    """Ask for the next step of looking at a file: reading it, then judging it, as parts of the job."""
    upload = Upload.objects.get(pk=job.payload["upload"])
    steps = set(job.parts.values_list("kind", flat=True))
    following = READ if READ not in steps else JUDGE
    if upload.state == UploadState.LOOKING and following not in steps:
        _ask(following, upload, doing=job.doing, part_of=job)


@transaction.atomic
def read_long(*, upload_id: UUID, at: datetime) -> None:
    """Read a file and see that it can be understood; what cannot be has to be put right."""
    upload = _locked(upload_id)
    if upload.state != UploadState.LOOKING:
        return
    sent = read_file(bytes(upload.content), file=upload.name, provider_ref=upload.provider.ref)
    if sent.faults:
        _write(upload, Result([], sent.faults), at=at)


@transaction.atomic
def judge_long(*, upload_id: UUID, on: date, at: datetime) -> None:
    """Judge a file by taking it in and undoing that, and say what would become of it."""
    upload = _locked(upload_id)
    if upload.state == UploadState.LOOKING:
        _write(upload, _take(upload, on=on, is_kept=False), at=at)


@transaction.atomic
def send_long(*, upload_id: UUID, on: date, at: datetime) -> None:
    """Take a file in as it was seen; where it would become something else by now, say what, and take in nothing."""
    upload = _locked(upload_id)
    if upload.state != UploadState.SENDING:
        return
    result = _take(upload, on=on, is_kept=True)
    if not result.faults and result.outcome == upload.outcome:
        Upload.objects.filter(pk=upload.pk).update(state=UploadState.TAKEN, content=b"", ended_at=at)
    else:
        _write(upload, result, at=at)


def _take(upload: Upload, *, on: date, is_kept: bool) -> Result:
    """Take a file in and undo it again, unless it is to be kept and is what was seen."""
    sent = read_file(bytes(upload.content), file=upload.name, provider_ref=upload.provider.ref)
    with transaction.atomic():
        result = take_all(sent, provider=upload.provider, file=upload.name, by=upload.uploaded_by, on=on)
        is_as_seen = not result.faults and result.outcome == upload.outcome
        transaction.set_rollback(not (is_kept and is_as_seen))
    return result


def _write(upload: Upload, result: Result, *, at: datetime) -> None:
    Upload.objects.filter(pk=upload.pk).update(**standing(result, content=bytes(upload.content), at=at))


def _locked(pk: UUID) -> Upload:
    uploads = Upload.objects.select_for_update(of=["self"], no_key=True)
    return uploads.select_related("provider__council", "uploaded_by").get(pk=pk)


def _ask(kind: str, upload: Upload, *, doing: str, part_of: Job | None = None, again: int = 0) -> Job:
    return ask_for(
        kind=kind,
        key=f"{upload.pk}:{again}",
        council_id=None,  # for whoever uploaded it, and nobody else
        asked_by=upload.uploaded_by.label,
        payload={"upload": str(upload.pk)},
        part_of=part_of,
        doing=doing,
    )
