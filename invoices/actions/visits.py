"""Recording visits: each is kept once, and those that meet another are told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Prefetch, Q

from clusters.models import Membership
from commissioning.models import Contract, ContractService, ContractState
from invoices.models import Visit
from invoices.rules.visits import VisitRecord
from providers.models import Provider

Placed = tuple[int, VisitRecord]


class UnableToRecord(Exception):
    """One record is refused. `code`: which rule; `field`: what is wrong with it."""

    def __init__(self, message: str, *, code: str, field: str) -> None:
        super().__init__(message)
        self.code, self.field = code, field


class VisitTaken(NamedTuple):
    """What became of one record: the visit that stands, whether it is new, whom it meets, or why it was refused."""

    place: int
    visit: Visit | None
    is_first: bool
    overlaps: list[str]
    refusal: UnableToRecord | None


@transaction.atomic
def record_visits(*, records: Sequence[Placed], provider: Provider, by: str) -> list[VisitTaken]:
    """
    Keep records of visits in their order; gives a row for each. The same record again changes nothing.

    A record of the same service, member and times under another id is refused as a duplicate. One that overlaps another
    visit of the same member (of the same service, where it is shared) is kept and says which: two may come at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 13))", [str(provider.pk)])
    if not records:
        return []
    desk = _lay_out(records, provider)
    return [desk.take(place, record, by=by) for place, record in records]


@dataclass(kw_only=True)
class _Desk:
    """What records are held against: contracts with their services and members, and the visits of those days."""

    provider: Provider
    contracts: dict[str, Contract]
    members: dict[tuple[UUID, str], list[Membership]]
    by_ref: dict[str, Visit]
    near: list[Visit]

    def take(self, place: int, record: VisitRecord, *, by: str) -> VisitTaken:
        """Keep one record, or say why not."""
        stands = self.by_ref.get(record.ref)
        try:
            if stands is not None:
                _check_same(stands, record)
                _check_stands(stands)
                return VisitTaken(place, stands, is_first=False, overlaps=[], refusal=None)
            service = self._service(record)
            member = self._member(record, service)
            visit = _visit(record, service, member, by=by)
            overlaps = self._meets(visit)
        except UnableToRecord as refusal:
            return VisitTaken(place, None, is_first=False, overlaps=[], refusal=refusal)
        visit.save(force_insert=True)
        self.by_ref[record.ref] = visit
        self.near.append(visit)
        return VisitTaken(place, visit, is_first=True, overlaps=overlaps, refusal=None)

    def _service(self, record: VisitRecord) -> ContractService:
        contract = self.contracts.get(record.contract_ref)
        if contract is None:
            raise UnableToRecord(
                f"You have no contract {record.contract_ref}.", code="unknown_contract", field="contract_ref"
            )
        found = next((one for one in contract.services.all() if one.code == record.service_code), None)
        if found is None:
            words = f"Contract {contract.ref} has no service {record.service_code}."
            raise UnableToRecord(words, code="wrong_visit", field="service_code")
        if not contract.start_date <= record.service_date < contract.end_date:
            words = f"Contract {contract.ref} does not run on {record.service_date}."
            raise UnableToRecord(words, code="wrong_visit", field="service_date")
        found.contract = contract
        return found

    def _member(self, record: VisitRecord, service: ContractService) -> Membership | None:
        if not record.member_ref:
            if service.sharing_rule == "by_use":
                words = "Say whose visit it was: each member pays for their own."
                raise UnableToRecord(words, code="wrong_visit", field="member_ref")
            return None
        there = self.members.get((service.contract.cluster_id, record.member_ref), [])
        for one in there:
            if one.joined_date is None or one.joined_date > record.service_date:
                continue
            if one.left_date is None or record.service_date < one.left_date:
                return one
        words = f"Nobody of the reference {record.member_ref} was a member on {record.service_date}."
        raise UnableToRecord(words, code="wrong_visit", field="member_ref")

    def _meets(self, visit: Visit) -> list[str]:
        """Give the ids of the visits that this one overlaps, and refuse one that is there under another id."""
        meets = [
            other
            for other in self.near
            if other.withdrawn_at is None
            and other.started_at < visit.ended_at
            and visit.started_at < other.ended_at
            and _is_of_the_same(other, visit)
        ]
        for other in meets:
            same = (other.service_id, other.started_at, other.ended_at)
            if same == (visit.service_id, visit.started_at, visit.ended_at):
                words = f"This visit is recorded as {other.ref} already."
                raise UnableToRecord(words, code="duplicate_visit", field="ref")
        return sorted(other.ref for other in meets)


def _is_of_the_same(other: Visit, visit: Visit) -> bool:
    """Tell whether two visits are of one member, or of one shared service."""
    if visit.membership_id is not None:
        return other.membership_id == visit.membership_id
    return other.membership_id is None and other.service_id == visit.service_id


def _lay_out(records: Sequence[Placed], provider: Provider) -> _Desk:
    """Fetch what records are held against; four queries however many there are."""
    refs = {record.contract_ref for _, record in records}
    shown = [ContractState.APPROVED, ContractState.ENDED]
    contracts = Contract.objects.filter(provider=provider, ref__in=refs, state__in=shown).prefetch_related(
        Prefetch("services", ContractService.objects.order_by("code"))
    )
    by_ref = {contract.ref: contract for contract in contracts}
    members: dict[tuple[UUID, str], list[Membership]] = {}
    clusters = {contract.cluster_id for contract in by_ref.values()}
    for one in Membership.objects.filter(cluster__in=clusters, joined_date__isnull=False):
        members.setdefault((one.cluster_id, one.ref), []).append(one)
    days = [record.service_date.toordinal() for _, record in records]
    first, last = max(min(days) - 1, 1), min(max(days) + 1, date.max.toordinal())
    around = Q(service_date__range=(date.fromordinal(first), date.fromordinal(last)))
    own = Visit.objects.filter(provider=provider)
    known = own.filter(Q(ref__in={record.ref for _, record in records}) | around)
    visits = list(known)
    return _Desk(
        provider=provider,
        contracts=by_ref,
        members=members,
        by_ref={visit.ref: visit for visit in visits},
        near=visits,
    )


def _visit(record: VisitRecord, service: ContractService, member: Membership | None, *, by: str) -> Visit:
    contract = service.contract
    return Visit(
        council_id=contract.council_id,
        provider_id=contract.provider_id,
        contract=contract,
        service=service,
        membership=member,
        ref=record.ref,
        service_date=record.service_date,
        started_at=record.started_at,
        ended_at=record.ended_at,
        units=record.units,
        body_hash=record.body_hash,
        received_by=by,
    )


def _check_stands(stands: Visit) -> None:
    if stands.withdrawn_at is not None:
        raise UnableToRecord(
            f"You withdrew {stands.ref}. If it took place after all, send it under another id.",
            code="visit_is_withdrawn",
            field="ref",
        )


def _check_same(stands: Visit, record: VisitRecord) -> None:
    if bytes(stands.body_hash) != record.body_hash:
        raise UnableToRecord(
            f"The id {record.ref} came with another visit before. Give each visit an id of its own.",
            code="visit_ref_used",
            field="ref",
        )
