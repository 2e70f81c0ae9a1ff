"""`manage.py check_books [CODE]`: proves every penny from the rows, and says which row is wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.queries import proven
from people.models import Council
from reconciliation.queries.faults import faults

SHOWN = 50


class Command(BaseCommand):
    """Work out again everything the books say, and name the rows that do not agree."""

    help = "Prove the books of a council, or of all, from their rows; ends with 1 and names the rows that are wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the council's code; without one, all councils are looked at."""
        parser.add_argument("code", metavar="CODE", nargs="?")

    def handle(self, *args: Any, code: str | None, **options: Any) -> None:
        """Look at everything, print the first faults, and say the result in a last line."""
        council = Council.objects.filter(code=code).first() if code else None
        if code and council is None:
            raise CommandError(f"There is no council with the code {code}. Nothing was checked.")
        wrong = 0
        for wrong, fault in enumerate(faults(council=council), 1):
            if wrong <= SHOWN:
                self.stdout.write(str(fault))
        if wrong > SHOWN:
            self.stdout.write(f"... and {wrong - SHOWN:,} more.")
        if wrong:
            raise CommandError(
                "1 row is wrong." if wrong == 1 else f"{wrong:,} rows are wrong.", returncode=1
            )
        whose = f"The books of {council.name} are" if council else "All books are"
        seen = proven(book_id=council.book_id if council else None)
        self.stdout.write(
            f"{whose} right: {seen.transfers:,} transfers, {seen.entries:,} entries, "
            f"{seen.accounts:,} accounts, {seen.periods:,} closed periods."
        )
