"""A real month over HTTP: eight clients at once, some documents twice, and every penny where it belongs."""

import csv
import json
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from invoices.actions.load import load_council
from invoices.models import Invoice, InvoiceLine
from invoices.queries.export import export_files
from people.models import Council
from providers.models import Provider
from tests.invoices.conftest import Address
from tests.invoices.systems import System
from tests.invoices.test_api_served import Answer, post
from tests.providers.makers import make_key

FAIRHOLME = Path(__file__).parents[3] / "shared" / "data" / "fairholme"
CLIENTS = 8
TRIES = 200

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not FAIRHOLME.is_dir(), reason="The shared data folder is not beside the repository."),
]


class Sending(NamedTuple):
    """A document on its way: by which system, under which key."""

    system: System
    body: dict[str, Any]
    key: str


def rows(name: str) -> list[dict[str, str]]:
    """One of the files with the answers."""
    with (FAIRHOLME / name).open(newline="") as file:
        return list(csv.DictReader(file))


def load_without_invoices() -> Council:
    files = {file.name: file.read_bytes() for file in FAIRHOLME.iterdir() if file.is_file()}
    loaded = load_council(
        files=files | {"invoices.jsonl": b""}, at=timezone.now(), by="system:test", say=lambda _: None
    )
    return loaded.council


def sendings(documents: Iterable[dict[str, Any]]) -> list[Sending]:
    """Every document once, every second one again under the same key, every third under another, all shuffled."""
    systems: dict[str, System] = {}
    for provider in Provider.objects.all():
        key, token = make_key(provider=provider)
        systems[provider.ref] = System(token=token, key=key, contract=provider.contracts.all()[0])
    planned = []
    for nth, body in enumerate(documents):
        keys = [f"first-{nth}"] + [f"first-{nth}"] * (nth % 2 == 0) + [f"again-{nth}"] * (nth % 3 == 0)
        planned += [Sending(systems[body["provider_ref"]], body, key) for key in keys]
    Random(8).shuffle(planned)
    return planned


def send_until_answered(served: Address, sending: Sending) -> Answer:
    """Send as a careful system would: again while it is being dealt with, a credit once its invoice is in."""
    for _ in range(TRIES):
        answer = post(served, sending.system, sending.body, key=sending.key)
        if answer.code not in {"still_working", "unknown_corrected_invoice"}:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{sending.body['number']} was never taken in: {answer.raw!r}")


def shares_of(council: Council) -> dict[tuple[str, str], set[tuple[str, str, int]]]:
    """The shares in the books by invoice and line: member, stream, pence."""
    [file] = (file for file in export_files(council=council) if file.name == "shares.csv")
    shares: dict[tuple[str, str], set[tuple[str, str, int]]] = {}
    for number, line, member, stream, pence in file.rows:
        shares.setdefault((number, str(line)), set()).add((member, stream, int(pence)))
    return shares


def expected_shares() -> dict[tuple[str, str], set[tuple[str, str, int]]]:
    shares: dict[tuple[str, str], set[tuple[str, str, int]]] = {}
    for row in rows("expected/shares.csv"):
        place = (row["invoice_number"], row["line_number"])
        shares.setdefault(place, set()).add((row["membership_ref"], row["stream"], int(row["share_pence"])))
    return shares


def test_takes_a_real_month_from_eight_clients_at_once(served: Address) -> None:
    council = load_without_invoices()
    documents = [json.loads(line) for line in (FAIRHOLME / "invoices.jsonl").read_text().splitlines()]
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = list(clients.map(lambda sending: send_until_answered(served, sending), sendings(documents)))

    assert Counter(answer.status for answer in answers)[201] == len(documents) == Invoice.objects.count()
    assert {answer.status for answer in answers} == {200, 201}
    assert len({answer.raw for answer in answers}) == len(documents)
    assert InvoiceLine.objects.count() == sum(len(document["lines"]) for document in documents)

    contract_of = {document["number"]: document["contract_ref"] for document in documents}
    held = rows("expected/held.csv")
    ran_out = {contract_of[r["invoice_number"]] for r in held if r["reason"] == "insufficient_funds"}
    found, expected = shares_of(council), expected_shares()
    # Where money runs out, who comes first decides which line is held; everywhere else nothing depends on it.
    assert len(ran_out) < len(set(contract_of.values()))
    assert {p: s for p, s in found.items() if contract_of[p[0]] not in ran_out} == {
        p: s for p, s in expected.items() if contract_of[p[0]] not in ran_out
    }
    both = found.keys() & expected.keys()
    assert len(both) > len(expected) / 2
    assert {place: found[place] for place in both} == {place: expected[place] for place in both}
    check_pledges_are_spent_or_left(council, found)


def check_pledges_are_spent_or_left(
    council: Council, found: dict[tuple[str, str], set[tuple[str, str, int]]]
) -> None:
    """What each member pledged from each stream is spent or left, to the penny."""
    pledged: Counter[tuple[str, str]] = Counter()
    for row in rows("pledges.csv"):
        pledged[row["membership_ref"], row["stream"]] += int(row["amount_pence"])
    spent: Counter[tuple[str, str]] = Counter()
    for shares in found.values():
        for member, stream, pence in shares:
            spent[member, stream] += pence
    [file] = (file for file in export_files(council=council) if file.name == "left.csv")
    left = {(member, stream): int(pence) for member, stream, pence in file.rows}
    assert left == {place: pence - spent[place] for place, pence in pledged.items()}
    assert all(pence >= 0 for pence in left.values())
