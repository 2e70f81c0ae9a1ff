"""`manage.py import_cqc FILE`: the regulator's directory with ratings."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from providers.actions.import_cqc import UnableToImport, import_cqc


class Command(BaseCommand):
    """Import the care directory with ratings that the Care Quality Commission publishes."""

    help = (
        "Import the CQC care directory with ratings from a CSV file. It may be run again with a newer file."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Import the good rows, and say what was done and what was left out."""
        try:
            imported = import_cqc(data=file.read_bytes(), file=file.name)
        except OSError as trouble:
            raise CommandError(
                f"{file} cannot be read: {trouble.strerror}. Nothing was imported."
            ) from trouble
        except UnableToImport as refusal:
            raise CommandError(f"Nothing was imported.\n{refusal}") from refusal
        self.stdout.write(
            f"{imported.row_count:,} rows imported: {imported.new_locations} new locations and "
            f"{imported.changed_locations} changed, {imported.new_ratings:,} new ratings and "
            f"{imported.changed_ratings} changed."
        )
        if imported.faults:
            listed = "\n".join(str(fault) for fault in imported.faults)
            raise CommandError(f"All other rows are in, but {len(imported.faults)} were left out:\n{listed}")
