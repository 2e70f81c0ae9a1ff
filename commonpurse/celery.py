"""The bell: wakes workers. What there is to do is a row in PostgreSQL (see `jobs` and ADR 3)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonpurse.settings")

app = Celery("commonpurse")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
