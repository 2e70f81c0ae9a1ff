"""Sealing as a Django application."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class SealingConfig(AppConfig):
    """Columns whose words only the app can read."""

    name = "sealing"

    def ready(self) -> None:
        """Have `check --deploy` look at the key."""
        from sealing.checks import the_key_is_good

        register(the_key_is_good, Tags.security, deploy=True)
