"""How often a provider's system may ask: so many requests a minute for each key, told with every answer."""

import logging
import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from providers.models import SystemKey

logger = logging.getLogger(__name__)
WINDOW_SECONDS = 60


class KeyLimit(BaseThrottle):
    """A fixed window of a minute for each key, counted in the cache that all web processes share."""

    seconds_left: int = 0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count a request. Where nothing can be counted, everybody may ask: a limit is no lock."""
        if not isinstance(request.auth, SystemKey):
            return True
        most = settings.API_REQUESTS_A_MINUTE
        minute, gone = divmod(int(time.time()), WINDOW_SECONDS)
        self.seconds_left = WINDOW_SECONDS - gone
        name = f"api-limit:{request.auth.pk}:{minute}"
        try:
            cache.add(name, 0, timeout=2 * WINDOW_SECONDS)
            asked = cache.incr(name)
        except Exception:  # whatever a cache may raise: it is not worth an answer
            logger.exception("Requests cannot be counted")
            return True
        request.limit_headers = {  # type: ignore[attr-defined]  # told by `tell_limit` with the answer
            "RateLimit-Limit": str(most),
            "RateLimit-Remaining": str(max(most - asked, 0)),
            "RateLimit-Reset": str(self.seconds_left),
        }
        return bool(asked <= most)

    def wait(self) -> float:
        """Say in how many seconds to ask again."""
        return float(self.seconds_left)


def tell_limit(request: Request, response: Response) -> Response:
    """Say with an answer how many requests are left in this minute."""
    for name, value in getattr(request, "limit_headers", {}).items():
        response[name] = value
    return response
