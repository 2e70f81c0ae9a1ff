"""Adopting a later version: the members decided on it, and now it waits for their signatures."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.actions.decisions import UnableToUse, use_decision
from clusters.actions.steps import locked_cluster
from clusters.actions.telling import tell_members
from clusters.models import Agreement, Decision, DecisionKind


@transaction.atomic
def adopt(*, decision: Decision, by: str, at: datetime) -> Agreement:
    """
    Use the members' decision for the version it is about; from here on they can sign it, and are asked to.

    It takes the place of the one in force with the signatures of as many members as a cluster needs.

    :raises UnableToUse: the decision has not passed, is about something else, or is used already.
    """
    cluster = locked_cluster(decision.cluster)
    agreement = cluster.agreements.filter(pk__in=[decision.subject_id]).first()
    if agreement is None:
        raise UnableToUse(_("The members decided on something else than the agreement."))
    use_decision(
        decision=decision,
        kind=DecisionKind.CHANGE_AGREEMENT,
        subject_id=agreement.pk,
        act="adopt",
        by=by,
        at=at,
    )
    about = reverse("clusters:version", args=[agreement.pk])
    tell_members(cluster, "agreement_decided", at=at, by=by, key=str(agreement.pk), about=about)
    return agreement
