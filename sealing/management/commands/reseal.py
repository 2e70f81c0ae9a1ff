"""`reseal`: everything that is sealed, with the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sealing.actions import UnableToReseal, reseal
from sealing.models import our_keys


class Command(BaseCommand):
    """Seals anew whatever an older key sealed. Run it after SEALING_KEY was changed; run again, it goes on."""

    help = (
        "Seal with SEALING_KEY what keys among SEALING_KEY_FALLBACKS sealed, so that those can be put away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say for each table how many rows were sealed anew, and in the end how many altogether."""
        rows = tables = 0
        try:
            for done in reseal():
                tables += 1
                rows += done.rows
                if done.rows:
                    self.stdout.write(f"{done.table}: {done.rows:,} rows sealed anew")
            newest = our_keys().newest.name
        except UnableToReseal as refusal:
            raise CommandError(f"{refusal} What was sealed anew before that stays so.") from refusal
        self.stdout.write(
            f"Everything in {tables} tables is sealed with key {newest}; {rows:,} rows were sealed anew."
        )
