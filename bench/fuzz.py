"""
`python -m bench.fuzz [CASES] [SEED]`: throw cases that schemathesis makes at every operation of the API as it is served.

Half of the cases keep to the description and half do not; half ask for things that are there, and good invoices in JSON
add up. Every answer must be one that the description has, in its words, and none a 5xx. Ends with 1 and shows
the smallest case where one is not.
"""

import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from tests.plugin.servers import TEST_SETTINGS, private_servers

CASES, SEED = 10_000, 1
FEW = 200  # of one operation and kind at a time, so that each gets its turn


@dataclass
class Target:
    """What is thrown at: a provider's system, things of its own by the names of parameters, and what was answered."""

    token: str
    contract: Any
    things: dict[str, str]
    seen: Counter[int] = field(default_factory=Counter)

    def lead(self, case: Any, *, name: str, is_good: bool) -> None:
        """Have a case ask for things that are there."""
        from tests.invoices.generated import lead_to, put_right

        lead_to(case, self.things)
        if (
            name == "send_invoice"
            and is_good
            and isinstance(case.body, dict)
            and case.body["type"] == "invoice"
        ):
            number = f"F-{self.seen.total()}"
            case.body = put_right(case.body, self.contract, number=number)
            case.headers["Idempotency-Key"] = number

    def headers(self, *, name: str) -> dict[str, str]:
        """Say who asks, but for a token, which is asked for with a secret."""
        return {} if name == "get_token" else {"Authorization": f"Bearer {self.token}"}


def main() -> int:
    """Throw as many cases as are asked for."""
    cases, seed = [*map(int, sys.argv[1:]), *(CASES, SEED)[len(sys.argv) - 1 :]]
    with private_servers() as variables:
        os.environ.update(TEST_SETTINGS | variables | {"DJANGO_SETTINGS_MODULE": "bench.fuzz_settings"})
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return _throw(cases, seed)


def _throw(cases: int, seed: int) -> int:
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.core.result import Ok

    from bench.api import serving
    from tests.invoices.generated import JSON, SCHEMA

    start, faults = time.monotonic(), 0
    with serving("bench.fuzz_settings") as port:
        address = f"http://127.0.0.1:{port}"
        target = _make_target(address)
        description = schemathesis.openapi.from_url(address + SCHEMA, headers=JSON)
        operations = [one.ok() for one in description.get_all_operations() if isinstance(one, Ok)]
        assert len(operations) == len(list(description.get_all_operations()))
        many = min(FEW, cases // len(operations) // len(GenerationMode) + 1)
        while target.seen.total() < cases and not faults:
            for operation, mode in product(operations, GenerationMode):
                faults += not _is_true(operation, mode, target, many=many, seed=seed)
            seed += 1
    took = time.monotonic() - start
    print(f"{target.seen.total():,} cases, {len(operations)} operations, {took:.0f} s: {faults} with faults")
    print(", ".join(f"{status}: {times:,}" for status, times in sorted(target.seen.items())))
    return 1 if faults else 0


def _is_true(operation: Any, mode: Any, target: Target, *, many: int, seed: int) -> bool:
    """Throw so many cases of one kind at an operation; tells whether all is as described, and shows what is not."""
    from hypothesis import given
    from hypothesis import seed as seeded
    from hypothesis import strategies as st
    from schemathesis import GenerationMode

    from tests.invoices.generated import not_said, usual

    name = operation.definition.raw["operationId"]

    @seeded(seed)
    @usual(cases=many)
    @given(case=operation.as_strategy(generation_mode=mode), is_there=st.booleans())
    def ask(case: Any, is_there: bool) -> None:
        is_good = mode is GenerationMode.POSITIVE
        if is_there or (is_good and name == "send_invoice"):
            target.lead(case, name=name, is_good=is_good)
        answer = case.call(headers=target.headers(name=name))
        target.seen[answer.status_code] += 1
        known = not_said(case, name=name, status=answer.status_code)
        case.validate_response(answer, excluded_checks=known)

    try:
        ask()
    except (Exception, BaseExceptionGroup) as fault:  # each is shown, and the next operation has its turn
        print(f"{name}, {mode.value}:\n{fault}\n", flush=True)
        return False
    return True


def _make_target(address: str) -> Target:
    """Make a provider with something of each kind."""
    import requests

    from invoices.models import Hold, Invoice, Payment
    from tests.invoices.paying import make_desk, make_sent
    from tests.invoices.systems import make_body, make_line_body
    from tests.providers.makers import make_issued, make_token

    desk = make_desk()
    make_sent(desk)
    issued = make_issued(provider=desk.provider)
    token = make_token(client_id=issued.client_id)
    held = make_line_body(service_code="SESSION", unit_rate_pence=1, amount_pence=1, member_ref=None)
    answer = requests.post(
        f"{address}/api/v1/invoices",
        json=make_body(desk.contract, held),
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "held"},
        timeout=60,
    )
    assert answer.ok, answer.text
    things = {
        "invoice_id": str(Invoice.objects.latest("pk").pk),
        "contract_id": str(desk.contract.pk),
        "hold_id": str(Hold.objects.get().pk),
        "payment_id": str(Payment.objects.get().pk),
        "contract_ref": desk.contract.ref,
        "provider_ref": desk.provider.ref,
        "client_id": issued.client_id,
        "client_secret": issued.secret,
    }
    return Target(token, desk.contract, things)


if __name__ == "__main__":
    sys.exit(main())
