"""Drafting the agreement page by page, and putting it to the members."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.actions.agreement.write import UnableToWrite, write_agreement
from clusters.actions.decisions import UnableToOpen, open_decision
from clusters.actions.steps import locked_cluster
from clusters.actions.telling import tell_members
from clusters.models import Agreement, AgreementDraft, Cluster, DecisionKind
from clusters.queries import agreement_in_force, part_label
from clusters.queries.versions import answers_of, fields_in, is_complete, open_draft, sharing_in
from clusters.rules.again import DO_WE_CHANGE, written
from people.models import Person, Scope, User


class UnableToDraft(Exception):
    """The draft is not theirs to write, was put to the members already, or is not complete."""


@transaction.atomic
def begin_draft(*, cluster: Cluster, by: User, at: datetime) -> AgreementDraft:
    """
    Begin to write the next version, from what the newest one says. Where a draft is open already, that one it is.

    :raises UnableToDraft: `by` has no part in this cluster and acts for nobody who has.
    """
    cluster = locked_cluster(cluster)
    label = _label(cluster, by=by, at=at)
    draft = open_draft(cluster=cluster)
    if draft is not None:
        return draft
    newest = agreement_in_force(cluster=cluster) or cluster.agreements.order_by("-version").first()
    return AgreementDraft.objects.create(
        cluster=cluster,
        answers=answers_of(newest) if newest else {},
        begun_at=at,
        begun_by=label,
        saved_at=at,
        saved_by=label,
    )


@transaction.atomic
def save_draft(
    *, draft: AgreementDraft, answers: Mapping[str, Any], by: User, at: datetime
) -> AgreementDraft:
    """
    Keep the answers of one page; what other pages said stays.

    :raises UnableToDraft: it was put to the members already, or `by` has no part in this cluster.
    """
    draft = _locked(draft)
    label = _label(draft.cluster, by=by, at=at)
    draft.answers = {**draft.answers, **answers}
    draft.saved_at, draft.saved_by = at, label
    draft.save(update_fields=["answers", "saved_at", "saved_by"])
    return draft


@transaction.atomic
def put_draft(
    *, draft: AgreementDraft, why: str, by: User, at: datetime, person: Person | None = None
) -> Agreement:
    """
    Put a draft to the members as the next version; from here on it stays as it is.

    Where no version binds yet they are asked to sign it. Where one does, they decide first whether to change it:
    a vote opens, as the agreement in force says. Either way everybody is told. `person`: for whom `by` acts.

    :raises UnableToDraft: something is not answered yet, it was put already, or it cannot be put to the vote now.
    """
    draft = _locked(draft)
    cluster = draft.cluster
    label = _label(cluster, by=by, at=at)
    if not is_complete(draft.answers):
        raise UnableToDraft(
            _("Something is not answered yet. Answer every question, then put it to the members.")
        )
    changes_one = agreement_in_force(cluster=cluster) is not None
    try:
        agreement = write_agreement(
            cluster=cluster,
            words=str(draft.answers.get("words", "")),
            sharing=sharing_in(draft.answers),
            by=by,
            at=at,
            choices=fields_in(draft.answers),
        )
        draft.put_as = agreement
        draft.save(update_fields=["put_as"])
        if changes_one:
            _ask_members(agreement, why=why, by=by, at=at, person=person)
    except (UnableToWrite, UnableToOpen) as refusal:
        raise UnableToDraft(str(refusal)) from refusal
    if not changes_one:
        about = reverse("clusters:version", args=[agreement.pk])
        tell_members(cluster, "agreement_put", at=at, by=label, key=str(agreement.pk), about=about)
    return agreement


def _ask_members(agreement: Agreement, *, why: str, by: User, at: datetime, person: Person | None) -> None:
    """Open the vote on whether this version takes the place of the one in force."""
    open_decision(
        cluster=agreement.cluster,
        kind=DecisionKind.CHANGE_AGREEMENT,
        question=written(DO_WE_CHANGE, version=agreement.version),
        why=why,
        subject_id=agreement.pk,
        by=by,
        at=at,
        person=person,
    )


def _locked(draft: AgreementDraft) -> AgreementDraft:
    """Give the draft as it stands now, if it is still a draft."""
    cluster = locked_cluster(draft.cluster)
    draft = AgreementDraft.objects.get(pk=draft.pk)
    if draft.put_as_id is not None:
        raise UnableToDraft(_("This was put to the members already. Begin another version to change it."))
    draft.cluster = cluster
    return draft


def _label(cluster: Cluster, *, by: User, at: datetime) -> str:
    """Say under which name they write."""
    label = part_label(cluster=cluster, by=by, scope=Scope.AGREE, at=at)
    if label is None:
        raise UnableToDraft(
            _("Only members of the cluster, or their helper for them, can write its agreement.")
        )
    return label
