"""`manage.py take_in_invoices CODE FILE`: a whole month's documents at once."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from invoices.actions import BATCH, Refused, receive_batch
from invoices.rules import Document, Problem, UnreadableDocument, parse_document, read_json
from jobs.actions import work_off
from jobs.models import Job
from jobs.queries import Progress
from people.models import Council

BY = "system:take_in_invoices"


class Command(BaseCommand):
    """Take in a file of documents, one a line, in the JSON of the API."""

    help = "Take in a file of invoices and credit notes (JSON, one a line): good ones are posted, wrong ones listed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the council's code and the file."""
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, code: str, file: Path, **options: Any) -> None:
        """Put the documents into the inbox, work it off, and say what became of them."""
        council = Council.objects.filter(code=code).first()
        if council is None:
            raise CommandError(f"There is no council with code {code}.")
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        batch = _name_of(file)
        if Job.objects.filter(kind=BATCH, key=f"{council.pk}:{batch}").exists():
            self.stdout.write("This very file has been taken in already. Nothing was changed.")
            return
        unreadable: list[Refused] = []
        asked, refused = receive_batch(
            council=council, batch=batch, documents=_read(file, unreadable), asked_by=BY
        )
        job = work_off(asked, on_progress=self._say)
        late = [
            Refused(place, number, Problem("", "refused", words))
            for place, number, words in job.result["refused"]
        ]
        self._end(sorted([*unreadable, *refused, *late]), job)

    def _say(self, progress: Progress) -> None:
        self.stdout.write(f"{progress.done} of {progress.total} parts done")

    def _end(self, refused: list[Refused], job: Job) -> None:
        """Say how it ended; documents that were refused are an error, the others stay taken in."""
        if job.error:
            raise CommandError(job.error)
        for one in refused:
            self.stderr.write(f"Line {one.place} {one.number}: {one.problem.pointer} {one.problem.detail}")
        if refused:
            raise CommandError(f"{len(refused)} documents were refused; all others are taken in.")
        self.stdout.write("All documents are taken in.")


def _name_of(file: Path) -> str:
    """Name a batch after what the file says, so that the same file is known again."""
    with file.open("rb") as stream:
        digest = sha256()
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _read(file: Path, unreadable: list[Refused]) -> Iterator[tuple[int, Document]]:
    """Read documents line by line; what cannot be read is set aside with its line."""
    with file.open("rb") as stream:
        for place, raw in enumerate(stream, start=1):
            if not raw.strip():
                continue
            try:
                yield place, parse_document(read_json(raw))
            except UnreadableDocument as trouble:
                unreadable.append(Refused(place, "", trouble.problems[0]))
