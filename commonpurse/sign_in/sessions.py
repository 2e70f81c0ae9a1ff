"""Sessions lie in the database, as Django keeps them; every page asks for one, so its words are kept."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as KeptByDjango
from django.contrib.sessions.models import Session
from django.utils import timezone

from commonpurse.asked_often import AskedOften

STANDING = AskedOften(
    lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at), key="text", at="timestamptz"
)


class SessionStore(KeptByDjango):
    """Django's own, asked for in kept words."""

    def _get_session_from_db(self) -> Any:
        """Give the session as it stands; where there is none any more, Django does what it does then."""
        found = STANDING(key=str(self.session_key), at=timezone.now())
        return found[0] if found else super()._get_session_from_db()  # type: ignore[misc]
