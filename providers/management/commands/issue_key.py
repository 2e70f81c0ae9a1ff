"""`manage.py issue_key COUNCIL PROVIDER_REF --name NAME`: what a provider's system signs in with, shown once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from providers.actions import UnableToIssueKey, issue_key
from providers.actions.keys import SCOPES
from providers.models import Provider


class Command(BaseCommand):
    """Give a provider's system a key."""

    help = "Give a provider's system a key and print its client id and secret. They are shown once and not again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose system it is, a name for it, what it may do, and whether it only practises."""
        parser.add_argument("council", metavar="COUNCIL", help="code of the council, such as FAI")
        parser.add_argument(
            "provider", metavar="PROVIDER_REF", help="reference of the provider, such as PR-001"
        )
        parser.add_argument("--name", required=True, help="which system it is, such as Rostering")
        parser.add_argument(
            "--scope", action="append", choices=SCOPES, help="what it may do; without any, everything"
        )
        parser.add_argument(
            "--sandbox", action="store_true", help="only to practise with: it never moves money"
        )

    def handle(
        self,
        *args: Any,
        council: str,
        provider: str,
        name: str,
        scope: list[str] | None,
        sandbox: bool,
        **options: Any,
    ) -> None:
        """Issue the key and print what it opens with alone on standard output, so that a program can keep it."""
        found = Provider.objects.filter(council__code=council, ref=provider).select_related("council").first()
        if found is None:
            raise CommandError(f"Council {council} has no provider with the reference {provider}.")
        try:
            issued = issue_key(
                provider=found,
                name=name,
                scopes=scope or SCOPES,
                is_sandbox=sandbox,
                by="system:issue_key",
                at=timezone.now(),
            )
        except UnableToIssueKey as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"CLIENT_ID={issued.client_id}\nCLIENT_SECRET={issued.secret}")
        allowed = ", ".join(issued.key.scopes)
        only = ", in the sandbox only" if sandbox else ""
        self.stderr.write(
            f"{found.ref} may use this key for {allowed}{only}. Keep it now: it is not shown again."
        )
