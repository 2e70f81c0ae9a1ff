"""A system that listens to webhooks, for tests: on this machine, and as friendly as it is told to be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from invoices.actions.webhooks import add_endpoint
from invoices.models import Endpoint, WebhookEvent
from providers.models import Provider
from tests.providers.makers import KEY_MADE_AT


@dataclass
class Listener:
    """
    What was heard, each as its headers and body; and what to answer, the last for ever.

    With a `secret` it looks who speaks: `taken` are the ids of messages it took, with their bodies, and `forged` how
    many were not signed with the secret.
    """

    port: int = 0
    secret: str = ""
    answers: list[int] = field(default_factory=lambda: [204])
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    taken: dict[str, bytes] = field(default_factory=dict)
    forged: int = 0

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hooks?council=1"

    def answer(self) -> int:
        """What to answer this time."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def hear(self, headers: dict[str, str], body: bytes) -> int:
        """Hear a message, and say how it is answered."""
        self.heard.append((headers, body))
        if self.secret:
            try:
                Webhook(self.secret).verify(body, headers)
            except WebhookVerificationError:
                self.forged += 1
                return 401
        status = self.answer()
        if status in range(200, 300):
            self.taken[headers.get("webhook-id", "")] = body
        return status


@contextmanager
def listening() -> Iterator[Listener]:
    """Somebody who listens, for as long as the test lasts."""
    listener = Listener()

    class Hear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = listener.hear({name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", listener.url)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Hear) as server:
        listener.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield listener
        finally:
            server.shutdown()
            thread.join()


def make_endpoint(
    *,
    provider: Provider,
    url: str = "https://hooks.example.org/purse",
    events: list[str] | None = None,
    is_sandbox: bool = False,
) -> tuple[Endpoint, str]:
    """Where a system of a provider listens, to everything unless it is said to what; and its secret."""
    return add_endpoint(
        provider=provider,
        url=url,
        events=events or WebhookEvent.values,
        is_sandbox=is_sandbox,
        by="system:tests",
        at=KEY_MADE_AT,
    )
