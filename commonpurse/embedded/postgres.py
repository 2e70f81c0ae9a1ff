"""PostgreSQL on a Unix socket, with the three roles of ADR 2."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from commonpurse.databases import WEB_ROLE
from commonpurse.embedded.children import Child, UnableToStart, is_running, start_child
from commonpurse.embedded.programs import database_user, postgres_programs

SUPERUSER, OWNER, APP = "postgres", "commonpurse_owner", "commonpurse_app"
# Nobody signs in as them until an administrator gives them a password: reports of one's own, and backups (ADR 2).
READERS = {"commonpurse_report": "NOLOGIN", "commonpurse_backup": "NOLOGIN BYPASSRLS"}
DATABASE = "commonpurse"
# The same in docker-compose.yml, so that text sorts alike everywhere.
INITDB_OPTIONS = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
START_SECONDS = 120
LEFTOVER_SECONDS = 20
# Twenty times faster inserts, and a test database need not survive a power cut.
FAST_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL: where its data and its socket are, the passwords of its roles, and how careful it is."""

    data: Path
    sockets: Path
    passwords: Mapping[str, str]
    settings: Mapping[str, str]

    def url(self, role: str, *, database: str = DATABASE) -> str:
        """The address for one of the three roles."""
        password = quote(self.passwords[{SUPERUSER: "superuser", OWNER: "owner", APP: "app"}[role]], safe="")
        return f"postgresql://{role}:{password}@/{database}?{urlencode({'host': str(self.sockets)})}"


def start_postgres(cluster: Cluster, *, log: Path) -> Child:
    """
    Start PostgreSQL, making its data folder, roles and database where they are missing.

    The caller holds the lock of the state folder, so a process left from before is ours to end.

    :raises UnableToStart: it ended, or did not answer within two minutes.
    """
    programs = postgres_programs()
    _end_leftover(cluster.data)
    if not cluster.data.exists():
        _make_data_folder(cluster, programs=programs, log=log)
    user = database_user()
    if user:
        os.chown(cluster.sockets, user.uid, user.gid)
        cluster.sockets.chmod(0o711)  # we are root and pass anyway; the password keeps the others out
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.sockets),
        "max_connections": "100",
        "shared_buffers": "256MB",
        "log_min_messages": "warning",
        "timezone": "UTC",
        "lc_messages": "C",
        **cluster.settings,
    }
    arguments = [f"--{name}={value}" for name, value in options.items()]
    child = start_child(
        "database",
        [programs / "postgres", "-D", cluster.data, *arguments],
        log=log,
        stop_signal=signal.SIGINT,
        user=user,
    )
    try:
        _wait_until_it_answers(cluster, child)
        _make_roles_and_database(cluster)
    except BaseException:
        child.stop(within_seconds=LEFTOVER_SECONDS)
        raise
    return child


def _make_data_folder(cluster: Cluster, *, programs: Path, log: Path) -> None:
    """Made under another name first, so that a start broken off half-way is not taken for a database."""
    user = database_user()
    half_made = cluster.data.with_name(f"{cluster.data.name}.new")
    shutil.rmtree(half_made, ignore_errors=True)
    half_made.mkdir(mode=0o700)
    password_file = cluster.data.with_name("password.new")
    password_file.unlink(missing_ok=True)
    with open(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writer:
        writer.write(cluster.passwords["superuser"])
    if user:
        os.chown(half_made, user.uid, user.gid)
        os.chown(password_file, user.uid, user.gid)
    sync = [] if cluster.settings.get("fsync") == "on" else ["--no-sync"]
    child = start_child(
        "initdb",
        [
            programs / "initdb",
            f"--pgdata={half_made}",
            f"--username={SUPERUSER}",
            "--auth=scram-sha-256",
            f"--pwfile={password_file}",
            *INITDB_OPTIONS,
            *sync,
        ],
        log=log,
        user=user,
    )
    try:
        if child.process.wait(START_SECONDS) != 0:
            raise UnableToStart(f"PostgreSQL could not make its data folder.\n{child.last_words()}")
    except subprocess.TimeoutExpired as late:
        child.stop(within_seconds=0)
        raise UnableToStart(
            f"PostgreSQL took over {START_SECONDS} seconds to make its data folder."
        ) from late
    finally:
        password_file.unlink()
    half_made.rename(cluster.data)


def _wait_until_it_answers(cluster: Cluster, child: Child) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if child.has_ended:
            raise UnableToStart(f"PostgreSQL ended as it started. Its log ends with:\n{child.last_words()}")
        try:
            psycopg.connect(cluster.url(SUPERUSER, database="postgres"), connect_timeout=2).close()
        except psycopg.OperationalError as refusal:
            if "password authentication failed" in str(refusal):
                raise UnableToStart(
                    f"The passwords do not fit the database in {cluster.data}; `make clean` starts anew."
                ) from refusal
            time.sleep(0.03)
        else:
            return
    raise UnableToStart(f"PostgreSQL did not answer within {START_SECONDS} seconds.")


def _make_roles_and_database(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(SUPERUSER, database="postgres"), autocommit=True) as connection:
        roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role, password in ((OWNER, cluster.passwords["owner"]), (APP, cluster.passwords["app"])):
            if role not in roles:
                statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
                connection.execute(statement.format(sql.Identifier(role), sql.Literal(password)))
        for role, terms in READERS.items():
            if role not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(terms)))
        if WEB_ROLE not in roles:
            # Nobody signs in as it: the app becomes it while somebody asks in the web (ADR 34).
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(WEB_ROLE)))
            becomes = sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE")
            connection.execute(becomes.format(sql.Identifier(WEB_ROLE), sql.Identifier(APP)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            make_database(connection, DATABASE)
        readers = sql.SQL(", ").join(map(sql.Identifier, READERS))
        enter = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
        connection.execute(enter.format(sql.Identifier(DATABASE), readers))


def make_database(connection: psycopg.Connection, name: str) -> None:
    """Make a database that belongs to the owner, and that the app may only enter."""
    database, owner, app = sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(APP)
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, app))


def _end_leftover(data: Path) -> None:
    """End a PostgreSQL that still holds our data folder, left by a supervisor that was killed."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().split("\n", 1)[0])
    deadline = time.monotonic() + LEFTOVER_SECONDS
    if is_running(pid, mark=str(data)):
        os.kill(pid, signal.SIGINT)
    while is_running(pid, mark=str(data)):
        if time.monotonic() > deadline:
            raise UnableToStart(f"An earlier PostgreSQL (process {pid}) still holds {data} and does not end.")
        time.sleep(0.05)
