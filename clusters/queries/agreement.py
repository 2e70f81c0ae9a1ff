"""What a cluster is held to: its council's policy, and its agreement in force."""

from datetime import date

from django.db.models import Exists, OuterRef

from clusters.models import Agreement, Cluster, ClusterPolicy, Membership, Signature
from clusters.rules import USUAL_SIZE, Size
from commonpurse.asked_often import AskedOften
from people.models import Council


def size_on(*, council: Council, on: date) -> Size:
    """Give how few and how many members a cluster of this council may have on a day."""
    policy = (
        ClusterPolicy.objects.filter(council=council, effective_date__lte=on)
        .order_by("-effective_date")
        .first()
    )
    return Size(policy.least_members, policy.most_members, policy.source) if policy else USUAL_SIZE


def agreement_in_force(*, cluster: Cluster) -> Agreement | None:
    """Give the latest agreement that its founders have signed."""
    agreement = next(iter(IN_FORCE(cluster=cluster.pk)), None)
    if agreement is not None:
        agreement.cluster = cluster
    return agreement


IN_FORCE = AskedOften(
    lambda cluster: Agreement.objects.filter(cluster=cluster, signed_date__isnull=False).order_by("-version")[
        :1
    ],
    cluster="uuid",
)


# Of a membership: whether a version of the agreement that binds, or bound, carries its member's own signature.
IS_SIGNED = Exists(Signature.objects.filter(membership=OuterRef("pk"), agreement__signed_date__isnull=False))


def has_signed(*, membership: Membership) -> bool:
    """Tell whether a version of the agreement that binds, or bound, carries this member's own signature."""
    return Signature.objects.filter(membership=membership, agreement__signed_date__isnull=False).exists()
