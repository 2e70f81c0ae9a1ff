"""Signing a version of the agreement, and the moment it binds."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.actions.steps import locked_cluster, locked_membership, move_cluster
from clusters.actions.telling import tell_member, tell_members
from clusters.models import Agreement, Cluster, ClusterState, Membership, Signature
from clusters.queries import WITH_A_PART, size_on
from clusters.queries.versions import VersionState, state_of
from people.models import Scope, User
from people.queries import acting_label

# What is said where a version cannot be signed, by how far it is.
NOT_NOW = {
    VersionState.DECIDING: _(
        "The members have not decided on this version yet. You can sign it once they agreed to it."
    ),
    VersionState.NOT_AGREED: _("The members did not agree to this version. The one before it still holds."),
    VersionState.OVERTAKEN: _("There is a newer version. Read that one, and sign it instead."),
    VersionState.REPLACED: _(
        "A newer version has taken the place of this one. Read that one, and sign it instead."
    ),
}


class UnableToSign(Exception):
    """This version cannot be signed by this person, or not now."""


@transaction.atomic
def sign_agreement(*, agreement: Agreement, membership: Membership, by: User, at: datetime) -> Signature:
    """
    Sign a version for one member. With enough signatures it binds, and a forming cluster is agreed.

    Signing twice is the first signature again. How many are enough is the council's policy. The signer is told,
    and everybody once it binds.

    :raises UnableToSign: the membership is of another cluster or not that far, `by` may not act for the member, a
        newer version has taken its place, or it changes one that binds and the members have not decided on it.
    """
    cluster, on = locked_cluster(agreement.cluster), timezone.localdate(at)
    membership = locked_membership(membership)
    if membership.cluster_id != cluster.pk or membership.state not in WITH_A_PART:
        raise UnableToSign(gettext("Only members of this cluster can sign its agreement. Ask to join first."))
    label = acting_label(by, membership.person, scope=Scope.AGREE, on=on)
    if label is None:
        raise UnableToSign(
            gettext("Only the member, or their helper or lead professional for them, can sign.")
        )
    agreement = Agreement.objects.get(pk=agreement.pk)
    signed = agreement.signatures.filter(membership=membership).first()
    if signed is not None:
        return signed
    state = state_of(agreement)
    if state in NOT_NOW:
        raise UnableToSign(str(NOT_NOW[state]))
    signature = Signature.objects.create(
        agreement=agreement, membership=membership, signed_date=on, signed_by=label
    )
    about = reverse("clusters:version", args=[agreement.pk])
    tell_member(membership, "signed", at=at, by=label, key=str(signature.pk), about=about)
    if state == VersionState.SIGNING:
        _bind_if_enough(agreement, cluster=cluster, by=label, at=at)
    return signature


def _bind_if_enough(agreement: Agreement, *, cluster: Cluster, by: str, at: datetime) -> None:
    """Let the version bind once as many have signed as a cluster needs."""
    on = timezone.localdate(at)
    least = size_on(council=cluster.council, on=on).least_members
    if agreement.signatures.count() < least:
        return
    agreement.signed_date = on
    agreement.save(update_fields=["signed_date"])
    if cluster.state == ClusterState.FORMING:
        reason = f"{least} founders signed version {agreement.version} of the agreement"
        move_cluster(cluster, to=ClusterState.AGREED, reason=reason, by=by, at=at)
    about = reverse("clusters:version", args=[agreement.pk])
    tell_members(cluster, "agreement_binds", at=at, by=by, key=str(agreement.pk), about=about, on=on)
