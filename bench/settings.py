"""The settings, with django-hordak beside us: it posts in the same process, on the same server, in its own database."""

import os
from typing import Any

from commonpurse.databases import database_from_url
from commonpurse.settings import *  # noqa: F403
from commonpurse.settings import DATABASES as OURS
from commonpurse.settings import INSTALLED_APPS as OUR_APPS

INSTALLED_APPS = [*OUR_APPS, "mptt", "djmoney", "hordak"]
DATABASES = {**OURS, "hordak": database_from_url(os.environ["HORDAK_URL"], environment=os.environ)}
DATABASE_ROUTERS = ["bench.settings.HordakApart"]
CURRENCIES = ["GBP"]


class HordakApart:
    """Sends hordak to its own database, and nobody else."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Where hordak's models are read."""
        return "hordak" if model._meta.app_label == "hordak" else None  # noqa: SLF001 - as routers do

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Our own migrations leave hordak out."""
        return False if app_label == "hordak" or db == "hordak" else None
