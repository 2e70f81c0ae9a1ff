"""What must hold before a contract is approved. Each check is done or not, and shows its evidence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from clusters.models import Agreement, ClusterState, Decision, DecisionKind, DecisionState, SharingTerm
from commissioning.models import Approval, Contract, ContractService
from commissioning.queries.money import ContractMoney, money_for
from commissioning.rules import reserve_pence
from ledger.pennies import in_pounds
from people.models import Council, PolicyValue, RoleKind, User
from people.queries import policies_on
from providers.queries import ethical_score, standing_of

COMMISSIONER = RoleKind.COMMISSIONER
# Codes of policy: pence a year incl. VAT; per cent of the test.
LIGHT_TOUCH_THRESHOLD, ETHICAL_FLOOR = "light_touch_threshold_pence", "ethical_floor_percent"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that must hold: its name, whether it does, and what shows it. `asks`: what would settle it here."""

    name: str
    done: bool
    evidence: str
    asks: str = ""

    @classmethod
    def met(cls, name: str, evidence: str) -> "Check":
        """Say that it holds, and what shows it."""
        return cls(name=name, done=True, evidence=evidence)

    @classmethod
    def unmet(cls, name: str, evidence: str) -> "Check":
        """Say that it does not hold, and why."""
        return cls(name=name, done=False, evidence=evidence)


def approval_limit_pence(*, user: User, council: Council) -> int | None:
    """Give the yearly value a commissioner may approve alone, in pence; none where they are not one there."""
    limits = {
        role.council_id: role.approval_limit_pence for role in user.roles.all() if role.kind == COMMISSIONER
    }
    return limits.get(council.pk)


def checks_of(
    *,
    approval: Approval,
    by: User,
    on: date,
    money: ContractMoney | None = None,
    services: Collection[ContractService] | None = None,
) -> list[Check]:
    """
    Work out every check for one approver, as things stand on a day. A bounded number of queries.

    `money` and `services` of the contract are asked for here where they are not at hand.
    """
    contract = approval.contract
    money = money or money_for(contract=contract)
    agreement = _agreement_in_force(contract)
    policies = policies_on(council=contract.council, codes=[LIGHT_TOUCH_THRESHOLD, ETHICAL_FLOOR], on=on)
    return [
        _decided(contract),
        _limit(approval, by),
        _somebody_else(approval, by),
        _cluster(contract),
        _agreement(agreement, _own(contract) if services is None else services),
        _plans(money),
        _money(money),
        *([_reserve(money, agreement)] if agreement and agreement.reserve_percent else []),
        _ethics(contract, policies.get(ETHICAL_FLOOR), on=on),
        _regulator(contract),
        _procurement(approval, policies.get(LIGHT_TOUCH_THRESHOLD)),
    ]


def _agreement_in_force(contract: Contract) -> Agreement | None:
    """Give what the members signed, and whether they decided to spend their reserve on this."""
    spends = Decision.objects.filter(
        cluster=contract.cluster_id,
        kind=DecisionKind.SPEND_RESERVE,
        state=DecisionState.PASSED,
        subject_id=contract.pk,
    )
    signed = contract.cluster.agreements.filter(signed_date__isnull=False)
    return signed.annotate(spends_reserve=Exists(spends)).order_by("-version").first()


def lacks_reserve(*, contract: Contract) -> bool:
    """Tell whether a contract that waits would take of what the members keep back, and they have not decided to."""
    agreement = _agreement_in_force(contract)
    if agreement is None or not agreement.reserve_percent:
        return False
    return not _reserve(money_for(contract=contract), agreement).done


def services_of(*, contract: Contract) -> list[ContractService]:
    """
    Give the services of a contract and of the one it replaces, in order of their codes; one query.

    Each knows how the members' agreement in force shares it (`agreed_rule`): its own term for the contract first.
    """
    newest = Agreement.objects.filter(
        cluster=OuterRef("agreement__cluster"),
        signed_date__isnull=False,
        version__gt=OuterRef("agreement__version"),
    )
    terms = SharingTerm.objects.filter(
        ~Exists(newest),
        agreement__cluster=contract.cluster_id,
        agreement__signed_date__isnull=False,
        service_code=OuterRef("code"),
        contract_ref__in=[contract.ref, ""],
    )
    both = [pk for pk in (contract.pk, contract.replaces_id) if pk is not None]
    found = ContractService.objects.filter(contract__in=both).order_by("code")
    return list(found.annotate(agreed_rule=Subquery(terms.order_by("-contract_ref").values("rule")[:1])))


def _own(contract: Contract) -> list[ContractService]:
    return [service for service in services_of(contract=contract) if service.contract_id == contract.pk]


def _decided(contract: Contract) -> Check:
    name, decision = "The members decided", contract.decision
    if decision is None:
        return Check.unmet(name, "No decision of the members stands behind it. Ask them to decide first.")
    if decision.state != DecisionState.PASSED or decision.closed_at is None:
        return Check.unmet(name, f"Their decision is at “{decision.get_state_display().lower()}”.")
    day = timezone.localdate(decision.closed_at)
    return Check.met(name, f"Agreed on {day:%-d %B %Y}. {decision.outcome}".strip())


def _limit(approval: Approval, by: User) -> Check:
    name = "Within your limit"
    limit = approval_limit_pence(user=by, council=approval.contract.council)
    if limit is None:
        return Check.unmet(name, "You are not a commissioner of this council.")
    said = f"{in_pounds(approval.estimate_pence)} a year; you may approve up to {in_pounds(limit)}."
    return Check(name=name, done=approval.estimate_pence <= limit, evidence=said)


def _somebody_else(approval: Approval, by: User) -> Check:
    asked_by = approval.requested_by
    name = "Asked for by somebody else"
    if asked_by.pk == by.pk:
        return Check.unmet(name, "You asked for this yourself, so a colleague has to decide.")
    return Check.met(name, f"Asked for by {asked_by}.")


def _cluster(contract: Contract) -> Check:
    cluster = contract.cluster
    return Check(
        name="The cluster is active",
        done=cluster.state == ClusterState.ACTIVE,
        evidence=f"{cluster.name} is {cluster.get_state_display().lower()}.",
    )


def _agreement(agreement: Agreement | None, services: Collection[ContractService]) -> Check:
    name = "The members signed how they share it"
    if agreement is None:
        return Check.unmet(name, "The cluster has no signed agreement.")
    other = sorted(
        service.code
        for service in services
        if service.agreed_rule != service.sharing_rule  # type: ignore[attr-defined]  # see services_of
    )
    said = f"Version {agreement.version}, signed {agreement.signed_date:%-d %B %Y}"
    if other:
        return Check.unmet(name, f"{said}, does not share these so: {', '.join(other)}.")
    return Check.met(name, f"{said}, shares every service as the contract does.")


def _plans(money: ContractMoney) -> Check:
    """Whoever promises money, or is in the pool that a spot contract draws on, has a plan that supports it."""
    without = [payer.ref for payer in money.payers if not payer.is_supported]
    name = "Every paying member's plan supports it"
    if not money.payers:
        return Check.unmet(name, "Nobody is in the pool to pay for it.")
    if without:
        return Check.unmet(name, f"Not agreed by their professional: {', '.join(without)}.")
    count = len(money.payers)
    everybody = f"all {count} paying members" if count > 1 else "the one paying member"
    return Check.met(name, f"Agreed by their professionals for {everybody}.")


def _money(money: ContractMoney) -> Check:
    name = "The pool covers it"
    if money.short_pence:
        missing = in_pounds(money.short_pence)
        return Check.unmet(
            name, f"{missing} is missing: some members promise more than is left of their share."
        )
    if money.contract_pence < money.value_pence:
        missing = in_pounds(money.value_pence - money.contract_pence)
        return Check.unmet(name, f"Nobody has promised {missing} of its {in_pounds(money.value_pence)}.")
    if money.value_pence == 0:
        return Check.met(name, "A spot contract: nothing is promised in advance.")
    return Check.met(name, f"{in_pounds(money.contract_pence)} promised; {in_pounds(money.left_pence)} left.")


def _reserve(money: ContractMoney, agreement: Agreement) -> Check:
    name, percent = "The reserve stays", agreement.reserve_percent
    kept = reserve_pence(pledged_pence=money.pledged_pence, percent=percent)
    said = (
        f"{percent} % of what was put in is {in_pounds(kept)}; {in_pounds(money.left_pence)} would be left."
    )
    if money.left_pence >= kept:
        return Check.met(name, said)
    if agreement.spends_reserve:  # type: ignore[attr-defined]  # see _agreement_in_force
        return Check.met(name, f"{said} The members decided to spend it on this.")
    return Check.unmet(name, f"{said} The members can decide to spend it.")


def _regulator(contract: Contract) -> Check:
    name = "The regulator does not rate the provider Inadequate"
    if not contract.is_regulated:
        return Check.met(name, "This care is not regulated by the CQC.")
    standing = standing_of(provider=contract.provider)
    done = standing.is_registered and not standing.is_inadequate
    return Check(name=name, done=done, evidence=f"{standing}.")


def _ethics(contract: Contract, floor: PolicyValue | None, *, on: date) -> Check:
    """The provider passes as much of the ethical commissioning test as the council asks for (care rules 7)."""
    name = "The provider passes the ethical test"
    if floor is None:
        return Check.unmet(name, "The council has no floor recorded. Ask the administrator to record it.")
    score = ethical_score(provider=contract.provider, on=on)
    said = f"{score}, {score.percent} %; the council asks for {floor.value} %."
    return Check(name=name, done=score.reaches(floor.value), evidence=said)


def _procurement(approval: Approval, threshold: PolicyValue | None) -> Check:
    """The route by value: over the light-touch threshold it has to be published before it is awarded."""
    name, value = "The right way to buy", approval.estimate_pence
    if threshold is None:
        return Check.unmet(name, "The council has no threshold recorded. Ask the administrator to record it.")
    said = f"{in_pounds(value)} a year; the light-touch threshold is {in_pounds(threshold.value)} ({threshold.source})"
    if value <= threshold.value:
        return Check.met(name, f"{said}: it can be awarded directly.")
    if approval.procurement_ref:
        return Check.met(name, f"{said}: published as {approval.procurement_ref}.")
    return Check(
        name=name,
        done=False,
        evidence=f"{said}: publish it first, and write down the reference of the notice.",
        asks="procurement_ref",
    )
