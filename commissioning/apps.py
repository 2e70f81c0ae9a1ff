"""Commissioning as a Django application."""

from django.apps import AppConfig

from clusters.rules import again


class CommissioningConfig(AppConfig):
    """Calls, offers, contracts, and leaving."""

    name = "commissioning"

    def ready(self) -> None:
        """Let votes say again, in the language that is read, what an offer would mean."""
        from commissioning.rules.again import meaning_again  # words need the applications first

        again.FURTHER_UP.append(meaning_again)
