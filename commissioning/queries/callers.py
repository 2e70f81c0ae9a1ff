"""Who calls for what: a member's cluster, what its agreement shares, and its calls."""

from django.db.models import Count, Q, QuerySet

from clusters.models import Agreement, Cluster, Membership
from commissioning.models import Call, OfferState
from people.models import Person


def clusters_of(person: Person) -> QuerySet[Cluster]:
    """Give the clusters somebody has a part in: as a member, or as a founder while it forms."""
    own = (Membership.objects.with_a_say() | Membership.objects.in_the_pool()).filter(person=person)
    return Cluster.objects.filter(pk__in=own.values("cluster")).select_related("council")


def shared_codes(*, cluster: Cluster) -> list[str]:
    """Give the kinds of help that the agreement in force says how to share, in order of their code; two queries."""
    agreement = (
        Agreement.objects.filter(cluster=cluster, signed_date__isnull=False).order_by("-version").first()
    )
    if agreement is None:
        return []
    return sorted(set(agreement.sharing_terms.filter(contract_ref="").values_list("service_code", flat=True)))


def names_in(*, cluster: Cluster) -> list[str]:
    """Give the names of everybody in a cluster, which do not belong into what strangers read."""
    return list(cluster.memberships.current().values_list("person__name", flat=True))


def calls_of(*, cluster: Cluster) -> QuerySet[Call]:
    """Give the calls of a cluster, newest first, each with how many offers stand (`open_offers`)."""
    standing = Count("offers", filter=Q(offers__state=OfferState.OPEN))
    return Call.objects.filter(cluster=cluster).annotate(open_offers=standing).order_by("-called_at", "-pk")
