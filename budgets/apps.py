"""Budgets as a Django application."""

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    """Budgets by stream, what people pay, and direct payments."""

    name = "budgets"

    def ready(self) -> None:
        """Let the page of a plan lead on to its budget."""
        from budgets.queries.onward import onward_from  # models need the registry first
        from plans.queries import ONWARD_FURTHER_UP

        ONWARD_FURTHER_UP.append(onward_from)
