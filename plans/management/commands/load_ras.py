"""`manage.py load_ras COUNCIL`: take in a resource allocation system, by default our open one."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from people.models import Council
from people.rules.words import day_words
from plans.actions.ras import UnableToLoadRas, UnableToPublishRas, load_ras, publish_ras
from plans.models import RasKind

BY = "system:load_ras"


class Command(BaseCommand):
    """Take in a resource allocation system for a council, as a draft or published."""

    help = (
        "Take in a resource allocation system: our open one, or a council's own from a file (docs/ras.md). It is a "
        "draft until it is published."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the council, whose needs it asks about, the file, and from when it is used."""
        parser.add_argument("council", metavar="COUNCIL", help="code of the council, such as FAI")
        parser.add_argument(
            "--kind", choices=RasKind.values, default=RasKind.ADULT, help="whose needs it asks about"
        )
        parser.add_argument("--file", type=Path, help="another one than our open one")
        parser.add_argument(
            "--publish-from",
            type=date.fromisoformat,
            metavar="DATE",
            help="publish it at once, for assessments from this day (2026-05-04); nobody can change it then",
        )

    def handle(
        self,
        *args: Any,
        council: str,
        kind: str,
        file: Path | None,
        publish_from: date | None,
        **options: Any,
    ) -> None:
        """Load it, publish it if asked to, all or nothing, and say what there is now."""
        found = Council.objects.filter(code=council).first()
        if found is None:
            raise CommandError(f"There is no council with the code {council}.")
        now = timezone.now()
        try:
            text = file.read_text(encoding="utf-8") if file else None
            with transaction.atomic():
                version = load_ras(council=found, kind=RasKind(kind), by=BY, at=now, text=text)
                if publish_from is not None:
                    publish_ras(version=version, effective_date=publish_from, by=BY, at=now)
        except (OSError, UnicodeDecodeError) as trouble:
            raise CommandError(f"{file} cannot be read. Nothing was loaded.") from trouble
        except (UnableToLoadRas, UnableToPublishRas) as refusal:
            raise CommandError(str(refusal)) from refusal
        when = f"published, used from {day_words(publish_from)}" if publish_from else "a draft"
        self.stdout.write(
            f"{version} ({version.get_kind_display()}) is there, with {version.questions.count()} questions: {when}."
        )
