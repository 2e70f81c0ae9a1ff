"""Writing a version of the agreement, as it is put to the members."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions.steps import locked_cluster
from clusters.models import Agreement, Cluster, ClusterState, SharingRule, SharingTerm
from clusters.queries import part_label
from people.models import Scope, User
from people.queries import works_for

WRITTEN_IN = (ClusterState.FORMING, ClusterState.AGREED, ClusterState.ACTIVE, ClusterState.FROZEN)


class UnableToWrite(Exception):
    """The agreement cannot be written by this person, or not like this."""


@transaction.atomic
def write_agreement(
    *,
    cluster: Cluster,
    words: str,
    sharing: Mapping[str, SharingRule],
    by: User,
    at: datetime | None = None,
    choices: Mapping[str, Any] | None = None,
) -> Agreement:
    """
    Write the next version of a cluster's agreement: its words, how each service (by code) is shared, its choices.

    `choices` are fields of the agreement by name; what is not among them is as an agreement says by itself. It
    binds nobody until its members have signed; from the first signature on PostgreSQL refuses to change it.
    `at`: when it was written (none: now).

    :raises UnableToWrite: `by` is neither a member (or acts for one) nor of the council, no service is shared, or
        the cluster is ending.
    """
    cluster, at = locked_cluster(cluster), at or timezone.now()
    label = part_label(cluster=cluster, by=by, scope=Scope.AGREE, at=at)
    if label is None and not works_for(by, cluster.council):
        raise UnableToWrite(_("Only members of the cluster can write its agreement."))
    if cluster.state not in WRITTEN_IN:
        raise UnableToWrite(_("%(cluster)s is ending. Its agreement stays as it is.") % {"cluster": cluster})
    if not sharing:
        raise UnableToWrite(_("Say for at least one service how its cost is shared."))
    last = cluster.agreements.aggregate(last=Max("version"))["last"] or 0
    agreement = Agreement.objects.create(
        cluster=cluster,
        version=last + 1,
        words=words,
        written_at=at,
        written_by=label or by.label,
        **(choices or {}),
    )
    SharingTerm.objects.bulk_create(
        SharingTerm(agreement=agreement, service_code=code, rule=rule)
        for code, rule in sorted(sharing.items())
    )
    return agreement
