"""Reports as a Django application."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class ReportsConfig(AppConfig):
    """Commissioning reports, and what the machine needs to draw them."""

    name = "reports"

    def ready(self) -> None:
        """Let `manage.py check` look for the library that PDFs are drawn with."""
        from reports.checks import pdf_can_be_drawn  # the registry must be ready first

        register(Tags.compatibility)(pdf_can_be_drawn)
