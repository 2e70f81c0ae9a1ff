"""The project: settings, addresses, Celery, embedded servers and `up`. No rule of the domain is in it."""

from commonpurse.celery import app as celery_app

__all__ = ["celery_app"]
