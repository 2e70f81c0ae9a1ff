"""`load_demo`: the made-up council, for looking round."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commonpurse.demo import guide
from commonpurse.demo.load import load

ONLY_IN_THE_DEMO = (
    "The made-up council is only for the demo, and this is not one: it must not stand beside real people. "
    "`make demo` starts a demo and loads it."
)


class Command(BaseCommand):
    """Loads the made-up council, once, and says how to sign in."""

    help = "Load the made-up council of the demo (only where DEMO is set) and say how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the secret for trying out the API is kept from one start to the next."""
        parser.add_argument(
            "--token-file",
            type=Path,
            help="keep the client id and secret for trying out the API in this file",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the progress on standard error, and how to sign in on standard output."""
        if not settings.DEMO:
            raise CommandError(ONLY_IN_THE_DEMO)
        on, address = timezone.localdate(), settings.SITE_ADDRESS.rstrip("/")
        council, is_first = load(on=on, say=self._say)
        self._say(f"{council} is ready." if is_first else f"{council} is there already; nothing was changed.")
        opens = guide.key_for_trying(
            council, kept_in=options["token_file"], is_first=is_first, at=timezone.now()
        )
        self.stdout.write(guide.sign_ins(address))
        if opens is not None:
            self.stdout.write("\nA provider's system sends an invoice like this:\n")
            self.stdout.write(guide.curl_example(address, opens, on=on))

    def _say(self, line: str) -> None:
        """Say one line of progress, at once."""
        self.stderr.write(f"  {line}", style_func=str)
        self.stderr.flush()
