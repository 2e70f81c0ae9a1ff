"""The versions of an agreement: how far each is, what a draft of one says so far, and each in plain lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, TextChoices
from django.utils.translation import gettext_lazy as _

from clusters.models import (
    Agreement,
    AgreementDraft,
    Cluster,
    Decision,
    DecisionKind,
    DecisionState,
    DecisionUse,
    Membership,
    SharingRule,
)

# The fields of an agreement that a draft answers, and those that are numbers.
WORDS = ("leaving_words", "joining_words", "unhappy_words", "surplus_words")
CHOSEN = ("on_holiday", "on_illness", "admit_method", "money_method", "change_method")
NUMBERS = ("quorum_votes", "quorum_of", "voting_days", "notice_days", "reserve_percent")
SHARING = "share-"  # an answer on how one service is shared is called by its code


class VersionState(TextChoices):
    """How far a version is."""

    DECIDING = "deciding", _("The members are deciding")
    NOT_AGREED = "not_agreed", _("The members did not agree")
    SIGNING = "signing", _("Waits for signatures")
    OVERTAKEN = "overtaken", _("Never signed: there is a newer version")
    IN_FORCE = "in_force", _("This is what we agreed")
    REPLACED = "replaced", _("Was replaced by a newer version")


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version as its members see it: how far it is, who has signed, and whether one has oneself."""

    agreement: Agreement
    state: VersionState
    decision: Decision | None
    signed_by: tuple[str, ...]
    has_signed: bool

    @property
    def may_be_signed(self) -> bool:
        """Whether one's own signature is still to come."""
        return self.state in (VersionState.SIGNING, VersionState.IN_FORCE) and not self.has_signed


def open_draft(*, cluster: Cluster) -> AgreementDraft | None:
    """Give the draft that somebody is writing; none where nobody is."""
    return cluster.agreement_drafts.filter(put_as__isnull=True).first()


def state_of(agreement: Agreement) -> VersionState:
    """Tell how far one version is."""
    versions = list(Agreement.objects.filter(cluster=agreement.cluster_id).order_by("-version"))
    decisions = _decisions([agreement.pk])
    return _state(agreement, versions, decisions.get(agreement.pk))


def versions_of(*, cluster: Cluster, membership: Membership | None) -> list[Version]:
    """Give every version that was put to the members, the newest first; four queries."""
    versions = list(cluster.agreements.order_by("-version").prefetch_related("sharing_terms"))
    ids = [version.pk for version in versions]
    decisions = _decisions(ids)
    signed: dict[UUID, list[tuple[UUID, str]]] = {pk: [] for pk in ids}
    found = Membership.objects.filter(signatures__agreement__in=ids).order_by("person__name")
    for agreement_id, member_id, name in found.values_list("signatures__agreement", "pk", "person__name"):
        if agreement_id in signed:
            signed[agreement_id].append((member_id, name))
    return [
        Version(
            agreement=version,
            state=_state(version, versions, decisions.get(version.pk)),
            decision=decisions.get(version.pk),
            signed_by=tuple(name for _, name in signed[version.pk]),
            has_signed=membership is not None
            and any(member == membership.pk for member, _ in signed[version.pk]),
        )
        for version in versions
    ]


def answers_of(agreement: Agreement) -> dict[str, Any]:
    """Give what a version says, as the answers of a draft."""
    said = {name: getattr(agreement, name) for name in ("words", *WORDS, *CHOSEN, *NUMBERS, "is_secret")}
    terms = agreement.sharing_terms.filter(contract_ref="").order_by("service_code")
    shares = {f"{SHARING}{term.service_code}": term.rule for term in terms}
    return said | shares | {"services": [term.service_code for term in terms]}


def sharing_in(answers: Mapping[str, Any]) -> dict[str, SharingRule]:
    """Give how a draft shares each service, by its code; what is not bought together is left out."""
    chosen = answers.get("services", [])
    return {
        code: SharingRule(answers[f"{SHARING}{code}"]) for code in chosen if answers.get(f"{SHARING}{code}")
    }


def is_complete(answers: Mapping[str, Any]) -> bool:
    """Tell whether a draft has an answer to everything that an agreement needs one for."""
    needed = ("words", "unhappy_words", "surplus_words", *CHOSEN, *NUMBERS, "is_secret")
    services = answers.get("services", [])
    return (
        all(answers.get(name) not in (None, "") for name in needed)
        and bool(services)
        and len(sharing_in(answers)) == len(services)
    )


def fields_in(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of an agreement that a draft has answered."""
    return {name: answers[name] for name in (*WORDS, *CHOSEN, *NUMBERS, "is_secret") if name in answers}


def _decisions(ids: list[UUID]) -> dict[UUID, Decision]:
    """Give the newest decision on each version that was put to the vote, and whether it was acted on."""
    acted_on = Exists(DecisionUse.objects.filter(subject_id=OuterRef("subject_id")))
    found = Decision.objects.filter(kind=DecisionKind.CHANGE_AGREEMENT, subject_id__in=ids).annotate(
        is_used=acted_on
    )
    return {decision.subject_id: decision for decision in found.order_by("opened_at") if decision.subject_id}


def _state(agreement: Agreement, versions: list[Agreement], decision: Decision | None) -> VersionState:
    """Tell how far a version is among all of its cluster, the newest first."""
    is_used = decision is not None and decision.is_used  # type: ignore[attr-defined]  # see _decisions
    binding = next((version for version in versions if version.signed_date), None)
    if agreement.signed_date:
        return VersionState.IN_FORCE if agreement == binding else VersionState.REPLACED
    if binding is not None and binding.version > agreement.version:
        return VersionState.OVERTAKEN
    if binding is not None and not is_used:
        ended = decision is not None and decision.state in (DecisionState.NOT_PASSED, DecisionState.STOPPED)
        return VersionState.NOT_AGREED if ended else VersionState.DECIDING
    if is_used or versions[0] == agreement:
        return VersionState.SIGNING
    return VersionState.OVERTAKEN
