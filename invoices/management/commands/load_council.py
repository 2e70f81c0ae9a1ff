"""`manage.py load_council DIR`: a council from its folder, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from invoices.actions.load import UnableToLoad, load_council
from invoices.rules.folder import FILES


class Command(BaseCommand):
    """Load a council's people, budgets, clusters, contracts and invoices from a folder."""

    help = "Load a council from a folder of CSV files and invoices.jsonl: all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Read the folder, load it, and say what was done."""
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}. Nothing was loaded.")
        files, unreadable = _read(folder)
        try:
            loaded = load_council(
                files=files,
                unreadable=unreadable,
                at=timezone.now(),
                by="system:load_council",
                say=self.stdout.write,
            )
        except UnableToLoad as refusal:
            raise CommandError(f"Nothing was loaded. What is wrong:\n{refusal}") from refusal
        named = f"{loaded.council.name} ({loaded.council.code})"
        if not loaded.is_first:
            self.stdout.write(f"{named} is loaded already from this very folder. Nothing was changed.")
            return
        self.stdout.write(
            f"{named} is loaded. People: {loaded.council.people.count()}. Clusters: {loaded.council.clusters.count()}. "
            f"Documents: {loaded.document_count}. Lines accepted: {loaded.accepted_count}, held: {loaded.held_count}."
        )


def _read(folder: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """Give what the files of a folder say, and of those that are there and cannot be read, why."""
    files: dict[str, bytes] = {}
    unreadable: dict[str, str] = {}
    for name in FILES:
        place = folder / name
        try:
            if place.is_file():
                files[name] = place.read_bytes()
            elif place.exists() or place.is_symlink():
                unreadable[name] = "is no file that can be read."
        except OSError as trouble:
            unreadable[name] = f"cannot be read: {trouble.strerror}."
    return files, unreadable
