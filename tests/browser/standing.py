"""A house that stands still: it gives a browser one written page at a time, and the files that pages link to."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from tests.browser.every_page import Shelf, Written

# A browser that keeps a stylesheet need not read it anew for each of some fifteen hundred looks.
FOR_EVER = {"Cache-Control": "max-age=31536000, immutable"}


class House(ThreadingHTTPServer):
    """Serves what is on a shelf: wherever a window goes, it comes to `page`."""

    daemon_threads = True
    page: Written

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.shelf = shelf

    @property
    def address(self) -> str:
        """Where it stands: an address that browsers trust as they trust https."""
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: House
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        files, path = self.server.shelf.files, urlsplit(self.path).path
        if self.headers["Sec-Fetch-Mode"] == "navigate":
            page = self.server.page
            self._say(200, {**page.headers, "Cache-Control": "no-store"}, page.html.encode())
        elif path in files:
            kind, content = files[path]
            self._say(200, {"Content-Type": kind, **FOR_EVER}, content)
        else:  # a job's progress, asked for again
            self._say(204, {}, b"")

    def do_POST(self) -> None:
        """Nothing is sent to pages that are only looked at, but for what their scripts send by themselves."""
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self._say(204, {}, b"")

    def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name != "Content-Length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Keep quiet."""


@contextmanager
def standing(shelf: Shelf) -> Iterator[House]:
    """A house with these pages, while they are looked at."""
    with House(shelf) as house:
        Thread(target=house.serve_forever, daemon=True).start()
        yield house
        house.shutdown()
