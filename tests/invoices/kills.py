"""
Common Purse while its parts are killed: systems post invoices and hear of them, and nothing is lost or done twice.

The house is kept as `up` keeps it, on this process's database, with a broker of its own. It mends itself without end
here; `up` gives up where a part dies five times in a minute.
"""

import json
import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple

from django.test import override_settings

from clusters.models import SharingRule
from commissioning.models import Contract
from commonpurse.embedded.broker import broker_url, cache_url
from commonpurse.embedded.places import make_folder, socket_folder
from commonpurse.embedded.servers import Servers
from commonpurse.embedded.supervisor import House, free_port, parts_of_the_house, wait_for_the_first_page
from invoices.models import Delivery, DeliveryState, IdempotentRequest, Invoice, InvoiceLine, WebhookEvent
from jobs.models import Job
from ledger.actions import AccountName
from ledger.models import Entry
from ledger.queries import balance_pence
from providers.models import Provider
from reconciliation.queries.faults import faults
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.hearing import Listener, listening, make_endpoint
from tests.invoices.systems import INVOICES, make_body, make_line_body
from tests.providers.makers import make_key, make_provider

HOST, FIRST_PORT = "127.0.0.1", 18500
MORTAL = ("web", "worker", "broker")
CLIENTS = LINES = 3
PENCE = 10  # a line: three members share it, so that there is an odd penny each time
REFUSED_AT_FIRST = 10  # the listener is out of order for one message in so many
QUIET_SECONDS = 15.0  # in which nothing happened: then the next kill waits no longer
LOOK_SECONDS = 0.05
CALM_SECONDS = 300.0
PATIENCE_SECONDS = 60
STOP_SECONDS = 10


@dataclass
class Sender:
    """A system that posts its invoices one after another, each until it is answered, under one Idempotency-Key."""

    port: int
    token: str
    bodies: Mapping[str, bytes]
    answers: dict[str, bytes] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)

    def send_all(self) -> None:
        """Send everything, whatever becomes of the other side."""
        for key, body in self.bodies.items():
            while key not in self.answers:
                status, raw = self._ask(key, body)
                self.statuses[status] += 1
                if status in {"200", "201"}:
                    self.answers[key] = raw
                else:
                    time.sleep(LOOK_SECONDS)

    def hears_the_same(self, key: str) -> bool:
        """Send once more what was answered; tells whether the answer is the same, letter for letter."""
        return self._ask(key, self.bodies[key]) == ("200", self.answers[key])

    def _ask(self, key: str, body: bytes) -> tuple[str, bytes]:
        """Post once, on a connection of its own; gives the status, or how it ended without one."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        }
        line = HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)
        try:
            line.request("POST", INVOICES, body, headers)
            answer = line.getresponse()
            return str(answer.status), answer.read()
        except ConnectionRefusedError:
            return "nobody there", b""
        except (OSError, HTTPException):
            return "cut off", b""
        finally:
            line.close()


class Outcome(NamedTuple):
    """What came of it: who was killed, how clients were answered, what is wrong, and how long it took to be calm."""

    kills: Counter[str]
    statuses: Counter[str]
    heard_again: int
    wrong: list[str]
    calm_seconds: float


@dataclass
class Scene:
    """A provider that bills clusters of three, its systems, and who listens."""

    provider: Provider
    senders: list[Sender]
    listener: Listener
    many: int

    @property
    def progress(self) -> int:
        """How many invoices were answered and how many messages arrived."""
        return sum(len(sender.answers) for sender in self.senders) + len(self.listener.taken)


@contextmanager
def house_standing(environment: Mapping[str, str]) -> Iterator[tuple[House, int]]:
    """Put up the web, the worker and the beat as `up` does, and a broker of their own; gives the house and its port."""
    state, sockets = make_folder(Path(tempfile.mkdtemp(prefix="cp-kills-"))), socket_folder()
    servers = Servers(state, sockets, "kills")
    make_folder(servers.logs)
    port = free_port(HOST, random.randint(FIRST_PORT, FIRST_PORT + 400))
    own = {"REDIS_URL": broker_url(sockets), "CACHE_URL": cache_url(sockets), "WEBHOOKS_TO_PRIVATE": "1"}
    house = House(servers, {**environment, **own}, restarts=deque(maxlen=0))
    try:
        servers.start_broker()
        for part in parts_of_the_house(servers, host=HOST, port=port):
            house.start(part)
        wait_for_the_first_page(house, f"http://{HOST}:{port}")
        yield house, port
    finally:
        house.stop()
        servers.children["broker"].stop(within_seconds=STOP_SECONDS)
        shutil.rmtree(state, ignore_errors=True)
        shutil.rmtree(sockets, ignore_errors=True)


def strike(*, kills: int, invoices: int, environment: Mapping[str, str], seed: int = 1) -> Outcome:
    """
    Kill parts of the house while invoices are posted and told of, evenly over both; then let it be calm, and look.

    `environment`: the variables with which other processes find this one's database.
    """
    dice = random.Random(seed)
    with listening() as listener, house_standing(environment) as (house, port):
        scene = _make_scene(port, listener, invoices)
        with ThreadPoolExecutor(len(scene.senders)) as threads:
            sending = [threads.submit(sender.send_all) for sender in scene.senders]
            killed = _shoot(house, scene, kills, dice)
            while not all(one.done() for one in sending):
                _mend(house)
        for one in sending:
            one.result()
        calm_seconds = _wait_for_calm(house, scene)
        wrong = list(_wrong(scene))
    statuses = sum((sender.statuses for sender in scene.senders), Counter[str]())
    return Outcome(killed, statuses, len(listener.heard) - invoices, wrong, calm_seconds)


def _make_scene(port: int, listener: Listener, many: int) -> Scene:
    provider = make_provider()
    with override_settings(WEBHOOKS_TO_PRIVATE=True):
        _, listener.secret = make_endpoint(
            provider=provider, url=listener.url, events=[WebhookEvent.INVOICE_ACCEPTED]
        )
    listener.answers = [503 if n % REFUSED_AT_FIRST == 0 else 204 for n in range(1, many + 1)] + [204]
    senders = []
    for nth in range(CLIENTS):
        contract = _contract_of_three(provider)
        numbers = [f"K{nth}-{n}" for n in range(nth, many, CLIENTS)]
        bodies = {number: json.dumps(_body(contract, number)).encode() for number in numbers}
        senders.append(Sender(port, make_key(provider=provider)[1], bodies))
    return Scene(provider, senders, listener, many)


def _contract_of_three(provider: Provider) -> Contract:
    cluster = make_cluster(council=provider.council)
    for ref in ("M-1", "M-2", "M-3"):
        make_member(cluster=cluster, ref=ref)
    cheap = [make_service(code="SESSION", rule=SharingRule.EQUAL, unit_rate_pence=PENCE)]
    return make_contract(cluster=cluster, provider=provider, services=cheap)


def _body(contract: Contract, number: str) -> dict[str, object]:
    lines = [
        make_line_body(
            line_number=n, service_code="SESSION", unit_rate_pence=PENCE, amount_pence=PENCE, member_ref=None
        )
        for n in range(1, LINES + 1)
    ]
    return make_body(contract, *lines, number=number)


def _shoot(house: House, scene: Scene, kills: int, dice: random.Random) -> Counter[str]:
    """Kill one part after another, whenever as much again has happened; gives how often each was killed."""
    killed = Counter[str]()
    for nth in range(1, kills + 1):
        mark, quiet_since, seen = nth * 2 * scene.many // (kills + 1), time.monotonic(), scene.progress
        while scene.progress < mark and time.monotonic() - quiet_since < QUIET_SECONDS:
            _mend(house)
            if scene.progress > seen:
                quiet_since, seen = time.monotonic(), scene.progress
        time.sleep(dice.random() * LOOK_SECONDS)
        name = dice.choice(MORTAL)
        running = {part.name: child for part, child in house.running.items()} | house.servers.children
        os.killpg(running[name].process.pid, signal.SIGKILL)
        running[name].process.wait()
        killed[name] += 1
        _mend(house)
    return killed


def _mend(house: House) -> None:
    house.mend()
    time.sleep(LOOK_SECONDS)


def _wait_for_calm(house: House, scene: Scene) -> float:
    """Wait until all messages arrived and no work is left, but no longer than five minutes; gives the seconds."""
    start = time.monotonic()
    while time.monotonic() - start < CALM_SECONDS:
        _mend(house)
        if Delivery.objects.filter(state=DeliveryState.DELIVERED).count() < scene.many:
            continue
        if not Job.objects.unfinished().exists():
            break
    return time.monotonic() - start


def _wrong(scene: Scene) -> Iterator[str]:
    """Say what is not as it should be: each invoice once, each line posted once, each message heard, nothing lost."""
    ours = Invoice.objects.filter(contract__provider=scene.provider)
    lines = InvoiceLine.objects.filter(invoice__in=ours)
    payable = AccountName("payable", scene.provider.pk, "council").id_in(scene.provider.council.book_id)
    told = [json.loads(body)["data"]["number"] for body in scene.listener.taken.values()]
    sent = sorted(key for sender in scene.senders for key in sender.bodies)
    replays = [sender.hears_the_same(key) for sender in scene.senders for key in sender.bodies]
    expected = {
        "invoices": (sorted(ours.values_list("number", flat=True)), sent),
        "lines posted": (
            lines.filter(entry__isnull=False).values("entry").distinct().count(),
            len(sent) * LINES,
        ),
        "entries": (Entry.objects.filter(kind="invoice").count(), len(sent) * LINES),
        "pence owed": (balance_pence(account_id=payable), len(sent) * LINES * PENCE),
        "answers kept": (IdempotentRequest.objects.count(), len(sent)),
        "answers that stay the same": (sum(replays), len(sent)),
        "messages": (Delivery.objects.count(), len(sent)),
        "messages that wait or failed": (Delivery.objects.exclude(state=DeliveryState.DELIVERED).count(), 0),
        "told, each by one id": (sorted(told), sent),
        "messages that were not ours": (scene.listener.forged, 0),
        "work left": (Job.objects.unfinished().count(), 0),
        "faults of the books": ([str(fault) for fault in faults()], []),
    }
    for what, (found, due) in expected.items():
        if found != due:
            yield f"{what}: {found}, not {due}"
