"""The whole house on one machine: it comes up, mends itself, and goes without a trace."""

import os
import re
import signal
import urllib.request
from collections.abc import Iterator

import pytest

from tests.commonpurse.houses import NewHouse, wait_until

STRAY_PORT = "18321"  # out of the way of a demo that runs beside the tests


class LivedIn(NewHouse):
    """A house that is up."""

    def __init__(self, *, like: NewHouse | None = None) -> None:
        super().__init__(like=like)
        self.up = self.start("up", "--port", STRAY_PORT)
        self.said: list[str] = []
        self.listen_until("Ctrl-C stops everything.")

    @property
    def address(self) -> str:
        """Where it says it is."""
        found = re.search(r"Common Purse is at (\S+)", "".join(self.said))
        assert found, self.said
        return found[1]

    def listen_until(self, words: str) -> None:
        """Read what it says until these words."""
        assert self.up.stdout is not None
        for line in self.up.stdout:
            self.said.append(line)
            if words in line:
                return
        pytest.fail(f"it never said {words!r}: {self.said}")

    def answers(self) -> bool:
        """Whether the first page comes."""
        try:
            with urllib.request.urlopen(f"{self.address}/health/", timeout=10) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except OSError:
            return False


@pytest.fixture(scope="module")
def house() -> Iterator[LivedIn]:
    """One house for the file, in the order of the tests; the one about Ctrl-C ends it."""
    lived_in = LivedIn()
    yield lived_in
    if lived_in.up.poll() is None:
        lived_in.up.send_signal(signal.SIGINT)
        lived_in.up.communicate(timeout=60)
    lived_in.demolish()


def test_answers_where_it_says(house: LivedIn) -> None:
    assert house.answers()


def test_says_that_it_is_already_running_and_where(house: LivedIn) -> None:
    code, said = house.run("up")
    assert code == 1
    assert f"already running at {house.address} (process {house.up.pid})" in said


def test_other_commands_use_its_servers(house: LivedIn) -> None:
    before = house.process_of("database")
    code, said = house.run("showmigrations", "sessions")
    assert code == 0, said
    assert "[X] 0001_initial" in said
    assert house.process_of("database") == before


def test_gives_its_parts_no_password_but_the_apps(house: LivedIn) -> None:
    with open(f"/proc/{house.process_of('web')}/environ") as environ:
        assert "commonpurse_owner" not in environ.read()


@pytest.mark.parametrize("part", ["worker", "beat", "web", "broker"])
def test_starts_a_part_again_that_died(house: LivedIn, part: str) -> None:
    before = house.process_of(part)
    os.kill(before, signal.SIGKILL)
    house.listen_until("had died and was started again")
    assert house.process_of(part) != before


def test_takes_the_next_port_when_one_is_taken(house: LivedIn, settled: NewHouse) -> None:
    wait_until(house.answers, "the web is back")
    second = NewHouse(like=settled)
    process = second.start("up", "--port", STRAY_PORT)
    assert process.stdout is not None
    said = []
    for (
        line
    ) in process.stdout:  # until it stands: stopped in the middle of a migration, that one tells of it too
        said.append(line)
        if line.startswith("Common Purse is at"):
            break
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=60)
    assert f"Port {STRAY_PORT} is taken; using {int(STRAY_PORT) + 1}.\n" in said
    assert rest.endswith("Stopped.\n")
    assert second.processes() == []
    second.demolish()


def test_stops_everything_on_ctrl_c(house: LivedIn) -> None:
    house.up.send_signal(signal.SIGINT)
    house.up.send_signal(signal.SIGINT)  # an impatient second one must not disturb the clearing up
    said, _ = house.up.communicate(timeout=60)
    assert said.endswith("Stopped.\n")
    assert house.up.returncode == 0
    assert house.processes() == []
    assert not (house.state / "running.json").exists()


def test_stops_with_a_plain_message_when_the_database_dies(settled: NewHouse) -> None:
    house = LivedIn(like=settled)
    os.kill(house.process_of("database"), signal.SIGKILL)
    said, _ = house.up.communicate(timeout=60)
    assert "The database has ended with code -9" in said
    assert house.up.returncode == 1
    wait_until(lambda: house.processes() == [], "everything has gone")
    house.demolish()


def test_leaves_nothing_running_when_it_is_killed(settled: NewHouse) -> None:
    house = LivedIn(like=settled)
    house.up.kill()
    house.up.communicate()
    wait_until(lambda: house.processes() == [], "everything has gone")
    house.demolish()
