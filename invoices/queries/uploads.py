"""What an uploaded file would do, or did, as people read it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from invoices.models import HoldReason, InvoiceKind, Upload, UploadState
from invoices.rules.next_steps import what_to_do
from jobs.models import Job

Outcome = Sequence[Mapping[str, Any]]  # as Upload.outcome keeps it


class WouldHold(NamedTuple):
    """A line that would be held: where it is, how much, why, and what to do. `row`: of the file, where there is one."""

    number: str
    row: int | None
    line: int
    amount_pence: int
    reason: str
    next_step: str


class WouldBecome(NamedTuple):
    """What would become of one document of a file, pence. `is_first`: false where it came in before."""

    number: str
    kind: str
    contract: str
    is_first: bool
    lines: int
    held_lines: int
    total_pence: int
    held_pence: int

    @property
    def accepted_pence(self) -> int:
        """What would be accepted at once."""
        return self.total_pence - self.held_pence


class Looked(NamedTuple):
    """A file that was looked at: its documents, the lines that would be held, and how much is new of all, pence."""

    documents: list[WouldBecome]
    held: list[WouldHold]
    new: int
    accepted_pence: int
    held_pence: int


def work_on(upload: Upload) -> Job | None:
    """Give the work that a worker does for a long file at this moment; none where nobody waits for it."""
    kinds = {UploadState.LOOKING: "invoices.look_at_upload", UploadState.SENDING: "invoices.send_upload"}
    kind = kinds.get(UploadState(upload.state))
    if kind is None:
        return None
    return Job.objects.filter(kind=kind, key__startswith=str(upload.pk)).order_by("asked_at").last()


def has_changed(upload: Upload) -> bool:
    """Say whether a worker was asked to send a file, and left it because it would have become something else."""
    sent = Job.objects.filter(kind="invoices.send_upload", key__startswith=str(upload.pk))
    return upload.state == UploadState.READY and sent.exists()


def looked_at(outcome: Outcome) -> Looked:
    """Give what would become of documents, as they were judged."""
    documents = [
        WouldBecome(
            number=said["number"],
            kind=InvoiceKind(said["kind"]).label,
            contract=said["contract"],
            is_first=said["is_first"],
            lines=said["lines"],
            held_lines=len(said["held"]),
            total_pence=said["total_pence"],
            held_pence=said["held_pence"],
        )
        for said in outcome
    ]
    new = [document for document in documents if document.is_first]
    return Looked(
        documents=documents,
        held=list(_held(outcome)),
        new=len(new),
        accepted_pence=sum(document.accepted_pence for document in new),
        held_pence=sum(document.held_pence for document in new),
    )


def error_rows(upload: Upload) -> Iterator[tuple[int | None, str, str]]:
    """Give row, column and what is wrong: every fault of a file, or the lines of it that would be held."""
    for fault in upload.faults:
        yield fault["row"], fault["column"], fault["words"]
    for held in _held(upload.outcome):
        words = f"Line {held.line} of {held.number} would be held: {held.reason}. {held.next_step}"
        yield held.row, "", words


def _held(outcome: Outcome) -> Iterator[WouldHold]:
    for said in outcome:
        for held in said["held"]:
            reason = HoldReason(held["reason"])
            yield WouldHold(
                number=said["number"],
                row=held["row"],
                line=held["line"],
                amount_pence=held["amount_pence"],
                reason=reason.label,
                next_step=what_to_do(reason),
            )
