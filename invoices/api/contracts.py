"""A provider's contracts: what can be billed under them, what is left, and whose references lines may name."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.models import SharingRule
from invoices.api import examples
from invoices.api.asking import WORD, PagesQuestion, page_shape
from invoices.api.describing import answered, refused
from invoices.api.reads import SystemView, list_of, one_of
from invoices.models import ChangeKind
from invoices.queries.contracts import SHOWN, Billable, billable, contracts_of

READ = "contracts:read"
STATES = [(state.value, str(state.label)) for state in SHOWN]


@extend_schema_serializer(component_name="Service")
class ServiceShape(serializers.Serializer[Any]):
    """A service of a contract: what a line names by its code, what one unit costs, and how many are left."""

    code = serializers.CharField(source="service.code")
    description = serializers.CharField(source="service.description")
    unit = serializers.CharField(source="service.unit")
    unit_rate_pence = serializers.IntegerField(source="service.unit_rate_pence")
    sharing_rule = serializers.ChoiceField(
        source="service.sharing_rule",
        choices=[(rule.value, str(rule.label)) for rule in SharingRule],
        help_text="`by_use`: each line names its member (`member_ref`).",
    )
    max_units = serializers.DecimalField(
        source="service.max_units",
        max_digits=14,
        decimal_places=4,
        normalize_output=True,
        allow_null=True,
        help_text="The most over the whole term; null: no limit.",
    )
    units_used = serializers.DecimalField(
        source="used",
        max_digits=14,
        decimal_places=4,
        normalize_output=True,
        help_text="Accepted so far. What is held does not count yet.",
    )
    units_left = serializers.DecimalField(
        source="left", max_digits=14, decimal_places=4, normalize_output=True, allow_null=True
    )


@extend_schema_serializer(component_name="Member")
class MemberShape(serializers.Serializer[Any]):
    """A member, by reference alone, and the days they can be billed for."""

    ref = serializers.CharField(help_text="What a line names as `member_ref`.")
    from_date = serializers.DateField(source="joined_date")
    last_date = serializers.SerializerMethodField(help_text="Their last day; null while they stay.")

    def get_last_date(self, member: Any) -> str | None:
        """Give the last day they are a member."""
        return str(member.left_date - timedelta(days=1)) if member.left_date else None


@extend_schema_serializer(component_name="Contract")
class ContractShape(serializers.Serializer[Any]):
    """A contract with its services and its members' references. Both its dates are included."""

    id = serializers.UUIDField(source="contract.id")
    ref = serializers.CharField(source="contract.ref", help_text="What an invoice names as `contract_ref`.")
    provider_ref = serializers.CharField(
        source="contract.provider.ref", help_text="Yours: what an invoice names as `provider_ref`."
    )
    title = serializers.CharField(source="contract.title", allow_blank=True)
    state = serializers.ChoiceField(
        source="contract.state", choices=STATES, help_text="Only an approved one can be billed."
    )
    start_date = serializers.DateField(source="contract.start_date")
    last_date = serializers.DateField(source="contract.last_date")
    replaces = serializers.CharField(
        source="contract.replaces.ref",
        default=None,
        allow_null=True,
        help_text="The contract that this one took over from.",
    )
    services = ServiceShape(many=True)
    members = MemberShape(many=True)


class ContractsQuestion(PagesQuestion):
    """Which contracts to list."""

    ref = serializers.RegexField(
        WORD,
        required=False,
        trim_whitespace=False,
        max_length=40,
        help_text="Only the one of this reference.",
    )
    state = serializers.ChoiceField(required=False, choices=STATES)


ContractPage = page_shape("ContractPage", ContractShape)


def _write(rows: list[Any]) -> list[Any]:
    return list(ContractShape(billable(rows), many=True).data)


def _chosen(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: asked[name] for name in ("ref", "state") if name in asked}


class ContractsView(SystemView):
    """A provider's contracts."""

    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(
        operation_id="list_contracts",
        tags=["Contracts"],
        summary="List your contracts",
        description="With their services, what is left of each, and the references of their members. Ask with "
        "`updated_since=0` and follow `next`, then now and then with the `updated_since` you were given.",
        parameters=[ContractsQuestion],
        responses={
            **answered(200, ContractPage, "A page of contracts", examples.CONTRACT_PAGE),
            **refused("invalid_parameter"),
        },
    )
    def get(self, request: Request) -> Response:
        """List contracts."""
        return list_of(
            request,
            rows=contracts_of,
            kind=ChangeKind.CONTRACT,
            write=_write,
            question=ContractsQuestion,
            chosen=_chosen,
        )


class ContractView(SystemView):
    """One of a provider's contracts."""

    scopes = {"GET": READ, "HEAD": READ}

    @extend_schema(
        operation_id="look_at_contract",
        tags=["Contracts"],
        summary="Look at one contract",
        description="As it stands now, with what is left of each service.",
        responses={
            **answered(200, ContractShape, "A contract", examples.CONTRACT),
            **refused("unknown_contract"),
        },
    )
    def get(self, request: Request, contract_id: UUID) -> Response:
        """Look at a contract."""
        contract = one_of(request, contracts_of, contract_id, code="unknown_contract")
        one: Billable = billable([contract])[0]
        return Response(ContractShape(one).data)
