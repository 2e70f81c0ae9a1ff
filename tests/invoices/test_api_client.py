"""The clients of providers: our example through a restart of the server, and one made of the API's description."""

import csv
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from invoices.models import Invoice, Payment
from ledger.models import Entry
from providers.actions import issue_key
from providers.actions.keys import SCOPES
from providers.models import Provider
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.conftest import Address
from tests.invoices.paying import make_desk, make_sent
from tests.invoices.systems import make_body, make_system

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "provider_client.py"
PATIENCE_SECONDS = 120
CONTRACTS = 4
COLUMNS = ("contract_ref", "service_code", "service_date", "units", "member_ref")


@contextmanager
def serving(listening: socket.socket, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Serve on a socket that stays open whatever becomes of the server: who connects meanwhile waits."""
    number = listening.fileno()
    command = ["-m", "gunicorn", "commonpurse.wsgi", "--bind", f"fd://{number}", "--no-control-socket"]
    server = subprocess.Popen(
        [sys.executable, *command, "--threads", "4", "--log-level", "critical"],
        env=environment,
        pass_fds=[number],
        start_new_session=True,
    )
    try:
        yield server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def make_bills(provider: Provider, file: Path) -> None:
    """Contracts of a provider, and a CSV with two visits for each."""
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        for _ in range(CONTRACTS):
            cluster = make_cluster(council=provider.council)
            make_member(cluster=cluster, ref="M-7")
            contract = make_contract(cluster=cluster, provider=provider)
            rows.writerow([contract.ref, "HC-HOUR", "2026-05-04", "1.5", "M-7"])
            rows.writerow([contract.ref, "HC-HOUR", "2026-05-05", "0.25", "M-7"])


def wait_for_first_invoice(before: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while Invoice.objects.count() == before:
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_bills_a_month_once_though_the_server_is_killed_in_the_middle(
    test_environment: dict[str, str], tmp_path: Path
) -> None:
    desk = make_desk()
    make_sent(desk)
    file, before = tmp_path / "visits.csv", Invoice.objects.count()
    make_bills(desk.provider, file)
    issued = issue_key(
        provider=desk.provider, name="Rostering", scopes=SCOPES, by="system:tests", at=timezone.now()
    )
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        address = "http://{}:{}".format(*listening.getsockname()[:2])
        command = [sys.executable, str(EXAMPLE), address, issued.client_id, issued.secret, str(file)]
        with serving(listening, test_environment):
            client = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            wait_for_first_invoice(before)
        with serving(
            listening, test_environment
        ):  # the first one was killed, in the middle of whatever it did
            printed, _ = client.communicate(timeout=PATIENCE_SECONDS)
            again = subprocess.run(
                command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True
            )

    payment = Payment.objects.get()
    assert client.returncode == 0, printed
    assert printed.count("3500p accepted, 0p held") == CONTRACTS
    assert f"{payment.reference} planned: {payment.amount_pence}p for " in printed
    assert again.stdout == printed
    assert Invoice.objects.count() - before == CONTRACTS
    assert Entry.objects.filter(kind="invoice", key__contains="2026-05:").count() == 2 * CONTRACTS


@pytest.mark.django_db(transaction=True)
def test_can_be_spoken_to_by_a_client_made_of_its_description(
    served: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema, config = tmp_path / "schema.json", tmp_path / "config.yml"
    call_command("spectacular", "--format", "openapi-json", "--file", str(schema))
    config.write_text("post_hooks: []\npackage_name_override: made_client\n")
    maker = Path(sys.executable).parent / "openapi-python-client"
    command = [str(maker), "generate", "--path", str(schema), "--config", str(config), "--meta", "none"]
    made = subprocess.run(
        [*command, "--output-path", str(tmp_path / "made_client")],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert "Unable to process schema" not in made.stdout
    assert "removal" not in made.stdout
    monkeypatch.syspath_prepend(str(tmp_path))
    client_of = importlib.import_module("made_client.client")
    models = importlib.import_module("made_client.models")
    send = importlib.import_module("made_client.api.invoices.send_invoice")
    look = importlib.import_module("made_client.api.invoices.look_at_invoice")

    system = make_system()
    body = make_body(system.contract, number="MADE-1")
    kind = next(
        one
        for name, one in vars(models).items()
        if name.startswith("SendInvoice") and name.endswith("Type0") and hasattr(one, "from_dict")
    )
    address = "http://{}:{}".format(*served)
    with client_of.AuthenticatedClient(base_url=address, token=system.token) as client:
        sent = send.sync_detailed(client=client, body=kind.from_dict(body), idempotency_key="made-1")
        assert sent.status_code == 201, json.loads(sent.content)
        shown = look.sync(client=client, invoice_id=Invoice.objects.get().pk)
    assert (shown.number, shown.accepted_pence) == ("MADE-1", 2000)
