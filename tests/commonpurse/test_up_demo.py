"""`up --demo` as a newcomer meets it: the made-up council, how to sign in, and the same again the next time."""

import re
import signal
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar

import pytest

from tests.commonpurse.houses import NewHouse

STRAY_PORT = "18421"  # out of the way of a demo that runs beside the tests
READY = "Ctrl-C stops everything."
LONG_ENOUGH_SECONDS = 60


class Demo(NewHouse):
    """A house that shows the made-up council whenever it is started."""

    def __init__(self) -> None:
        super().__init__()
        self.environment.pop("EMAIL_URL", None)  # the tests' own mail would win over the demo's
        self.running: list[subprocess.Popen[str]] = []

    def begin(self) -> subprocess.Popen[str]:
        """Start it; it ends with the test, whatever happens."""
        self.running.append(self.start("up", "--demo", "--port", STRAY_PORT))
        return self.running[-1]


@pytest.fixture
def house() -> Iterator[Demo]:
    """A house nobody has lived in."""
    new = Demo()
    yield new
    for process in new.running:
        if process.poll() is None:
            end(process)
    new.demolish()


def listen_until(process: subprocess.Popen[str], words: str) -> str:
    """All that a command says, up to these words."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return "".join(said)
    return pytest.fail(f"it never said {words!r}: {''.join(said)}")


def end(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C; gives the rest of what it says."""
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=LONG_ENOUGH_SECONDS)
    return said


def ask_for_a_code(address: str, email: str) -> None:
    """Ask for a sign-in code, as a browser would."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{address}/sign-in/", timeout=20).read().decode()
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', form))
    answers = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "email": email}).encode()
    browser.open(f"{address}/sign-in/", data=answers, timeout=20).close()


def test_shows_the_made_up_council_once_and_catches_its_mail(house: Demo) -> None:
    first = house.begin()
    said = listen_until(first, READY)
    assert "Thornvale Borough Council is ready." in said
    address = f"http://localhost:{STRAY_PORT}"
    ask_for_a_code(address, "grace@example.org")
    caught = [letter.read_text() for letter in (house.state / "mail").glob("*.log")]
    to_her = [letter for letter in caught if "To: grace@example.org" in letter]
    assert sum("Your code for Common Purse" in letter for letter in to_her) == 1
    assert end(first).endswith("Stopped.\n")

    second = house.begin()
    again = listen_until(second, READY)
    end(second)
    assert "Thornvale Borough Council is there already; nothing was changed." in again
    assert re.findall("-u 'cp_.*", again) == re.findall("-u 'cp_.*", said) != []


def test_stops_quietly_while_it_is_still_loading(house: Demo) -> None:
    loading = house.begin()
    listen_until(loading, "Clusters: founded")
    assert "Traceback" not in end(loading)
    assert loading.returncode == 0
    assert house.processes() == []
