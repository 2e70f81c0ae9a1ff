"""`manage.py issue_key COUNCIL PROVIDER_REF --name NAME`: a token for a provider's system, shown once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from providers.actions import UnableToIssueKey, issue_key
from providers.actions.keys import SCOPES
from providers.models import Provider


class Command(BaseCommand):
    """Give a provider's system a key."""

    help = "Give a provider's system a key and print its token. The token is shown once and cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose system it is, a name for it, and what it may do."""
        parser.add_argument("council", metavar="COUNCIL", help="code of the council, such as FAI")
        parser.add_argument(
            "provider", metavar="PROVIDER_REF", help="reference of the provider, such as PR-001"
        )
        parser.add_argument("--name", required=True, help="which system it is, such as Rostering")
        parser.add_argument(
            "--scope", action="append", choices=SCOPES, help="what it may do; without any, everything"
        )

    def handle(
        self, *args: Any, council: str, provider: str, name: str, scope: list[str] | None, **options: Any
    ) -> None:
        """Issue the key and print the token alone on standard output, so that it can be kept by a program."""
        found = Provider.objects.filter(council__code=council, ref=provider).first()
        if found is None:
            raise CommandError(f"Council {council} has no provider with the reference {provider}.")
        try:
            key, token = issue_key(provider=found, name=name, scopes=scope or SCOPES, by="system:issue_key")
        except UnableToIssueKey as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(token)
        self.stderr.write(
            f"{found.ref} may use this token for {' and '.join(key.scopes)}. Keep it now: it is not shown again."
        )
