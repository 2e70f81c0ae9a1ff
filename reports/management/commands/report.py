"""`manage.py report CODE YYYY-MM --pdf FILE --csv FILE`: the commissioning report of a month, into files."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from clusters.models import Cluster
from commonpurse.pdf import UnableToDraw
from people.models import Council
from reports import actions
from reports.queries import Wanted
from reports.rules.csv_file import csv_of
from reports.rules.forecast import Span
from reports.rules.months import in_words, month_from
from reports.rules.sections.proof import standing_words


class Command(BaseCommand):
    """Write a council's commissioning report of a month, or one cluster's, as PDF, CSV or both."""

    help = "Write the commissioning report of a month as PDF, CSV or both; both say the same figures."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the council, the month, the files, and the cluster where it is about one."""
        parser.add_argument("code", metavar="CODE", help="the council's code")
        parser.add_argument("month", metavar="YYYY-MM", help="the month, like 2026-04")
        parser.add_argument("--pdf", metavar="FILE", type=Path, help="where the tagged PDF goes")
        parser.add_argument("--csv", metavar="FILE", type=Path, help="where the figures go")
        parser.add_argument("--cluster", metavar="REF", help="one cluster, with its members by reference")

    def handle(
        self,
        *args: Any,
        code: str,
        month: str,
        pdf: Path | None,
        csv: Path | None,
        cluster: str | None,
        **options: Any,
    ) -> None:
        """Make the report once and write it into every file that was named, or into none."""
        if pdf is None and csv is None:
            raise CommandError(
                "Say where the report goes: --pdf FILE, --csv FILE, or both. Nothing was written."
            )
        wanted = _wanted(code, month, cluster)
        with transaction.atomic():
            report = wanted.made(on=timezone.localdate())
        contents: dict[Path, bytes] = {}
        if csv is not None:
            contents[csv] = csv_of(report).encode()
        if pdf is not None:
            if pdf in contents:
                raise CommandError(f"{pdf} cannot be both the PDF and the CSV file. Nothing was written.")
            try:
                contents[pdf] = actions.pdf_of(report)
            except UnableToDraw as refusal:
                raise CommandError(f"{refusal} Nothing was written.") from refusal
        _write(contents)
        self.stdout.write(standing_words(report))
        files = " and ".join(str(file) for file in contents)
        self.stdout.write(f"The report of {report.subject.name} for {in_words(wanted.month)} is in {files}.")


def _wanted(code: str, month: str, cluster_ref: str | None) -> Wanted:
    """Find whose report of which month is meant."""
    council = Council.objects.filter(code=code).first()
    if council is None:
        raise CommandError(f"There is no council with the code {code}. Nothing was written.")
    cluster = None
    if cluster_ref is not None:
        cluster = Cluster.objects.filter(council=council, ref=cluster_ref).select_related("council").first()
        if cluster is None:
            raise CommandError(f"{council.name} has no cluster {cluster_ref}. Nothing was written.")
    return Wanted(council=council, cluster=cluster, person=None, month=_month(month))


def _month(words: str) -> Span:
    """Read the month; one that has not begun has nothing to report."""
    try:
        month = month_from(words)
    except ValueError as trouble:
        raise CommandError(f"{words} is not a month. {trouble} Nothing was written.") from trouble
    if month.start > timezone.localdate():
        raise CommandError(f"{in_words(month)} has not begun yet. Nothing was written.")
    return month


def _write(contents: dict[Path, bytes]) -> None:
    """Write every file whole beside its place first, and move them there only when all are written."""
    waiting: dict[Path, Path] = {}
    try:
        for file, content in contents.items():
            if file.is_dir():
                raise CommandError(f"{file} is a folder; name a file in it. Nothing was written.")
            with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".report-", delete=False) as written:
                waiting[file] = Path(written.name)
                written.write(content)
            waiting[file].chmod(0o644)
        for file, written_file in waiting.items():
            written_file.replace(file)
    except OSError as trouble:
        raise CommandError(f"{file} cannot be written: {trouble.strerror}. Nothing was written.") from trouble
    finally:
        for left_over in waiting.values():
            left_over.unlink(missing_ok=True)
