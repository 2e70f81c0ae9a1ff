"""Where messages never go: private networks, under whichever name."""

import socket
from threading import Thread

import pytest

from invoices.actions.webhooks import post
from invoices.actions.webhooks.post import post_safely
from invoices.rules.webhooks import UnfitAddress, is_public, read_target
from tests.invoices.hearing import listening

HEADERS = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_knows_an_address_that_is_not_of_the_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111"])
def test_knows_an_address_of_the_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.org/", "ftp://example.org/", "example.org", "//example.org", "https://", ""),
        *("https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1:8443/", "https://[::ffff:10.0.0.1]/"),
        *("https://localhost/", "https://LOCALHOST./", "https://db.internal/", "https://printer.local/"),
        *("https://user:word@example.org/", "https://user@example.org/", "https://example.org/#part"),
        *("https://example.org:22/", "https://example.org:99999/", "https://example.org:x/"),
        *(
            "https://exam\nple.org/",
            "https://exämple.org/",
            "https://example.org/" + "x" * 500,
            "https://[::1",
        ),
    ],
)
def test_refuses_an_address_that_could_lead_inside(url: str) -> None:
    with pytest.raises(UnfitAddress):
        read_target(url)


def test_reads_an_address_with_its_parts() -> None:
    assert read_target("https://Hooks.example.org/a/b?c=1") == ("https", "hooks.example.org", 443, "/a/b?c=1")
    assert read_target("https://example.org:8443") == ("https", "example.org", 8443, "/")


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localtest"])
def test_sends_nothing_to_a_name_that_leads_to_this_machine(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are looked up as the system does; one that only looks like the internet's leads nowhere."""
    if host == "localtest":  # as a name server of somebody else's would answer
        inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inside)
    with listening() as listener:
        answer = post_safely(f"https://{host}:{listener.port}/", headers=HEADERS, body=b"{}")
    assert answer.status is None
    assert "private network" in answer.problem
    assert listener.heard == []


def test_sends_nothing_when_only_one_of_several_addresses_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("1.1.1.1", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: mixed)
    answer = post_safely("https://example.org/", headers=HEADERS, body=b"{}")
    assert (answer.status, "private network" in answer.problem) == (None, True)


def test_follows_nobody_to_another_address() -> None:
    with listening() as listener:
        listener.answers = [302]
        answer = post_safely(listener.url, headers=HEADERS, body=b"{}", may_be_private=True)
    assert (answer.status, len(listener.heard)) == (302, 1)
    assert not answer.is_taken
    assert "We do not follow" in answer.problem


def test_waits_for_nobody_who_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "ALL_IN_ALL_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answer = post_safely(
            f"http://127.0.0.1:{silent.getsockname()[1]}/", headers=HEADERS, body=b"{}", may_be_private=True
        )
    assert answer.status is None
    assert answer.problem


def test_waits_for_nobody_who_never_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "ALL_IN_ALL_SECONDS", 0.3)

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            try:
                while True:
                    connection.sendall(b"HTTP/1.1 1")
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=drip, args=[server])
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        answer = post_safely(address, headers=HEADERS, body=b"{}", may_be_private=True)
        thread.join()
    assert (answer.status, bool(answer.problem)) == (None, True)


def test_says_that_nobody_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    answer = post_safely(f"http://127.0.0.1:{port}/", headers=HEADERS, body=b"{}", may_be_private=True)
    assert answer.problem == "The connection failed (ConnectionRefusedError)."
