"""The ledger as a Django application."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Accounts, entries, transfers and periods."""

    name = "ledger"
