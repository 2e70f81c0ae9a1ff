"""A provider's records of visits, as they stand."""

from hashlib import sha256

from django.db.models import QuerySet

from invoices.models import Visit
from people.models import User


def tag_of_visit(visit: Visit) -> str:
    """Give a tag that differs whenever a record does (an ETag, without its quotes)."""
    return sha256(f"{visit.pk}|{visit.withdrawn_at}".encode()).hexdigest()[:32]


def own_visits(user: User) -> QuerySet[Visit]:
    """Give the records of one's employers, the newest day first."""
    return (
        Visit.objects.filter(provider__staff__user=user)
        .select_related("contract", "service", "membership", "provider")
        .order_by("-service_date", "-started_at", "-pk")
    )
