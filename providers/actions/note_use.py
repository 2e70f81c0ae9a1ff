"""Noting that a provider's system has used its key."""

from datetime import datetime, timedelta

from django.db.models import Q

from providers.models import SystemKey

NOTED_EVERY = timedelta(minutes=1)


def note_use(*, key: SystemKey, at: datetime) -> bool:
    """
    Note when a key was last used, to the minute; tells whether anything was written.

    A busy system costs one small write a minute, however much it asks.
    """
    before = at - NOTED_EVERY
    if key.last_used_at is not None and key.last_used_at > before:
        return False
    stale = SystemKey.objects.filter(Q(last_used_at__isnull=True) | Q(last_used_at__lte=before), pk=key.pk)
    return bool(stale.update(last_used_at=at))
