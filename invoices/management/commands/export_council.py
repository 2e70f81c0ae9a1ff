"""`manage.py export_council CODE DIR`: a council's shares, holds, balances and spend as CSV files."""

import csv
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from invoices.queries.export import export_files
from people.models import Council


class Command(BaseCommand):
    """Write a council's figures into a folder."""

    help = "Write shares.csv, held.csv, left.csv and spent-YYYY-MM.csv of a council into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the council's code and the folder."""
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *args: Any, code: str, folder: Path, **options: Any) -> None:
        """Write all files beside the folder first, and move them in only when all are whole."""
        council = Council.objects.filter(code=code).first()
        if council is None:
            raise CommandError(f"There is no council with the code {code}. Nothing was written.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder) as waiting:
                counts = _write(council, Path(waiting))
                for name in counts:
                    (Path(waiting) / name).replace(folder / name)
        except OSError as trouble:
            raise CommandError(f"{folder} cannot be written to: {trouble.strerror}.") from trouble
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count} rows")
        self.stdout.write(f"{council.name} ({council.code}) is exported to {folder}.")


@transaction.atomic
def _write(council: Council, folder: Path) -> dict[str, int]:
    """Write each file as it is read, and say how many rows it got."""
    counts = {}
    for file in export_files(council=council):
        with (folder / file.name).open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(file.columns)
            counts[file.name] = 0
            for row in file.rows:
                writer.writerow(row)
                counts[file.name] += 1
    return counts
