"""Files of invoices that people upload: looked at first, and then taken in whole or not at all."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import transaction

from commissioning.models import Contract, ContractState
from invoices.actions.receive_many import receive_many
from invoices.actions.rehearse import outcomes_in_short
from invoices.actions.take_in import Taken
from invoices.models import KEPT_STATES, Upload, UploadState
from invoices.rules.csv_invoices import Sent
from invoices.rules.files import place_of, read_file
from ledger.actions import hold_open, with_retries
from people.models import User
from people.rules import Fault
from providers.models import Provider, ProviderStaff

KEPT = timedelta(hours=24)


class UnableToUpload(Exception):
    """This is not for the user to do."""


class UnableToTakeUpload(Exception):
    """The file is not kept any more, or this is not for the user to do."""


class Result(NamedTuple):
    """What becomes of each document of a file, as `Upload.outcome` keeps it, and which are refused and why."""

    outcome: list[dict[str, Any]]
    faults: list[Fault]


def try_upload(*, provider: Provider, name: str, content: bytes, by: User, on: date, at: datetime) -> Upload:
    """
    Look at a file as if it were taken in, and keep it for whoever uploaded it; nothing of it counts yet.

    Its lines are judged by taking them in and undoing that, so that the answer is the true one at this moment. What
    the same person uploaded for the provider before and did not send is forgotten.

    :raises UnableToUpload: they do not work for the provider.
    """
    sent = read_file(
        content, file=name, provider_ref=provider.ref
    )  # before anything is locked: it takes its time
    return _look(provider=provider, name=name, content=content, sent=sent, by=by, on=on, at=at)


@with_retries
@transaction.atomic
def _look(
    *, provider: Provider, name: str, content: bytes, sent: Sent, by: User, on: date, at: datetime
) -> Upload:
    if not works_for(by, provider):
        raise UnableToUpload("You can send invoices only of a provider you work for.")
    forget_others(provider=provider, by=by, at=at)
    result = Result([], sent.faults)
    if not sent.faults:
        with transaction.atomic():
            result = take_all(sent, provider=provider, file=name, by=by, on=on)
            transaction.set_rollback(True)
    return Upload.objects.create(
        council_id=provider.council_id,
        provider=provider,
        uploaded_by=by,
        name=name,
        sha256=sha256(content).hexdigest(),
        uploaded_at=at,
        **standing(result, content=content, at=at),
    )


def take_upload(*, upload: Upload, by: User, on: date, at: datetime) -> Upload:
    """
    Take in a file that was looked at: every document of it, or none.

    Where something would become of it that whoever uploaded it has not seen (money was spent meanwhile, a contract
    ended), nothing is taken in: the upload stays ready, or is refused, and says what it would be now. A file that
    is taken already stays so.

    :raises UnableToTakeUpload: see the class.
    """
    content = bytes(upload.content)
    sent = read_file(content, file=upload.name, provider_ref=upload.provider.ref) if content else None
    return _take(upload=upload, sent=sent, by=by, on=on, at=at)


@with_retries
@transaction.atomic
def _take(*, upload: Upload, sent: Sent | None, by: User, on: date, at: datetime) -> Upload:
    held = (
        Upload.objects.select_for_update(of=["self"], no_key=True)
        .select_related("provider")
        .get(pk=upload.pk)
    )
    if held.uploaded_by_id != by.pk or not works_for(by, held.provider):
        raise UnableToTakeUpload("Only whoever uploaded this file can send it.")
    if held.state == UploadState.TAKEN:
        return held
    if held.state != UploadState.READY or sent is None:
        raise UnableToTakeUpload("This file is not kept any more. Nothing was sent. Upload it again.")
    with transaction.atomic():
        result = take_all(sent, provider=held.provider, file=held.name, by=by, on=on)
        is_as_seen = not result.faults and result.outcome == held.outcome
        transaction.set_rollback(not is_as_seen)
    changed = (
        {"state": UploadState.TAKEN, "content": b"", "ended_at": at}
        if is_as_seen
        else standing(result, content=bytes(held.content), at=at)
    )
    Upload.objects.filter(pk=held.pk).update(**changed)
    held.refresh_from_db()
    return held


@transaction.atomic
def forget_uploads(*, at: datetime) -> int:
    """Forget the files that nobody sent within a day of uploading them; gives how many."""
    return _forget(Upload.objects.filter(uploaded_at__lt=at - KEPT), at=at)


def forget_others(*, provider: Provider, by: User, at: datetime) -> None:
    """Forget what the same person uploaded for the provider before and did not send."""
    others = Upload.objects.filter(uploaded_by=by, provider=provider).exclude(state=UploadState.SENDING)
    _forget(others, at=at)


def _forget(uploads: Any, *, at: datetime) -> int:
    count: int = uploads.filter(state__in=KEPT_STATES).update(
        state=UploadState.FORGOTTEN, content=b"", ended_at=at
    )
    return count


def works_for(user: User, provider: Provider) -> bool:
    """Say whether somebody works for a provider."""
    return ProviderStaff.objects.filter(user=user, provider=provider).exists()


def standing(result: Result, *, content: bytes, at: datetime) -> dict[str, Any]:
    """Give what an upload says after it was looked at."""
    is_good = not result.faults
    return {
        "state": UploadState.READY if is_good else UploadState.REFUSED,
        "content": content if is_good else b"",
        "ended_at": None if is_good else at,
        "outcome": result.outcome if is_good else [],
        "faults": [
            {"row": fault.line, "column": fault.column, "words": fault.words} for fault in result.faults
        ],
    }


def take_all(sent: Sent, *, provider: Provider, file: str, by: User, on: date) -> Result:
    """Take in the documents of a file in their order; one that is refused keeps no other from being looked at."""
    _lock_contracts(sent, provider)
    rows = receive_many(
        documents=[(place, placed.document) for place, placed in enumerate(sent.documents)],
        provider=provider,
        council=provider.council,
        on=on,
        by=by.label,
    )
    faults, taken = [], []
    for row, placed in zip(rows, sent.documents, strict=True):
        if row.refusal is not None:
            number, column = place_of(placed, row.refusal.pointer)
            faults.append(Fault(file, number, str(row.refusal), column))
        elif row.invoice is not None:
            taken.append((Taken(row.invoice, row.is_first), placed.rows))
    return Result(outcomes_in_short(taken), faults)


def _lock_contracts(sent: Sent, provider: Provider) -> None:
    """
    Lock the contracts of all documents in the order of their ids, before the first of them is taken in.

    Whoever takes in one document alone locks its contract before the members' money, so nobody waits in a ring.
    """
    hold_open(book_id=provider.council.book_id)
    refs = {placed.document.contract_ref for placed in sent.documents}
    running = Contract.objects.filter(provider=provider, ref__in=refs, state=ContractState.APPROVED)
    list(running.select_for_update(no_key=True).order_by("pk").values_list("pk"))
