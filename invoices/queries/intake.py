"""What is asked of every document that comes in: whether it came before, and which contract it is for."""

from uuid import UUID

from commissioning.models import Contract, ContractService, ContractState
from commonpurse.asked_often import AskedOften, ask, found_with
from invoices.models import IdempotentRequest, Invoice
from providers.models import Provider

HOLD_REQUEST = "SELECT pg_try_advisory_xact_lock(hashtextextended(%(name)s, 12))"
HOLD_NUMBER = "SELECT pg_advisory_xact_lock(hashtextextended(%(name)s, 11))"
EARLIER = AskedOften(
    lambda system_key, key: IdempotentRequest.objects.filter(system_key=system_key, key=key).select_related(
        "invoice"
    ),
    system_key="uuid",
    key="text",
)
ANSWERS = AskedOften(
    lambda invoice: (
        IdempotentRequest.objects.filter(invoice=invoice)
        .order_by("answered_at", "id")
        .values_list("answer", flat=True)
    ),
    invoice="uuid",
)
OF_NUMBER = AskedOften(
    lambda provider, number: Invoice.objects.filter(provider=provider, number=number),
    provider="uuid",
    number="text",
)
RUNNING = AskedOften(
    lambda provider, ref: Contract.objects.select_related("council", "provider").filter(
        provider=provider, ref=ref, state=ContractState.APPROVED
    ),
    provider="uuid",
    ref="text",
)
SERVICES = AskedOften(lambda contract: ContractService.objects.filter(contract=contract), contract="uuid")
HOLD_RUNNING = AskedOften(
    lambda contract: (
        Contract.objects.select_for_update(no_key=True)
        .filter(pk=contract, state=ContractState.APPROVED)
        .values_list("pk")
    ),
    contract="uuid",
)


def hold_request(*, system_key_id: UUID, key: str) -> bool:
    """Let nobody else work under an Idempotency-Key until the transaction ends; tells whether nobody does yet."""
    [(is_ours,)] = ask(HOLD_REQUEST, {"name": f"{system_key_id}:{key}"})
    return bool(is_ours)


def earlier_request(*, system_key_id: UUID, key: str) -> IdempotentRequest | None:
    """Give what was answered under an Idempotency-Key before, with the invoice it wrote."""
    return next(iter(EARLIER(system_key=system_key_id, key=key)), None)


def first_answer(*, invoice: Invoice) -> str | None:
    """Give what was answered when an invoice came in; none where it did not come by REST."""
    return next(iter(ANSWERS(invoice=invoice.pk)), None)


def hold_number(*, provider: Provider, number: str) -> None:
    """Let nobody else take in a document of this number until the transaction ends, whichever contract it is for."""
    ask(HOLD_NUMBER, {"name": f"{provider.pk}:{number}"})


def invoice_of_number(*, provider: Provider, number: str) -> Invoice | None:
    """Give the document of this number that a provider has sent before."""
    return next(iter(OF_NUMBER(provider=provider.pk, number=number)), None)


def running_contract(*, provider: Provider, ref: str) -> Contract | None:
    """Give a provider's running contract with its services, its council and its provider."""
    contract = next(iter(RUNNING(provider=provider.pk, ref=ref)), None)
    if contract is not None:
        found_with(contract, "services", SERVICES(contract=contract.pk))
    return contract
