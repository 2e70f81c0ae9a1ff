"""The real `manage.py` with servers of its own in a new state folder, as a newcomer would run it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from commonpurse.embedded.places import make_folder

ROOT = Path(__file__).resolve().parents[2]
GIVEN = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_SUPERUSER_URL",
    "REDIS_URL",
    "CACHE_URL",
    "PGHOST",
    "SECRET_KEY",
    "SEALING_KEY",
)
PATIENCE_SECONDS = 60
IN_ITS_COMMAND = {
    "web": b"gunicorn",
    "worker": b"\0worker\0",
    "beat": b"\0beat\0",
    "broker": b"valkey-server",
    "database": b"bin/postgres\0",
}


class NewHouse:
    """A state folder nobody has used, and commands that run on it; or one with another's database, which is at rest."""

    def __init__(self, *, like: "NewHouse | None" = None) -> None:
        self.state = Path(tempfile.mkdtemp(prefix="cp-house-"))
        if like is not None:  # with `cp`, because the data folder belongs to PostgreSQL's own user
            kept = [like.state / "database", like.state / "secrets.json"]
            subprocess.run(["cp", "--archive", *kept, self.state], check=True)
        self.environment = {name: value for name, value in os.environ.items() if name not in GIVEN}
        # The sockets inside it too, so that whatever runs here has the folder's name about it.
        self.sockets = make_folder(make_folder(self.state) / "tmp")
        self.environment |= {
            "COMMONPURSE_STATE": str(self.state),
            "TMPDIR": str(self.sockets),
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a command and go on. It is out of reach of the Ctrl-C of whoever runs the tests."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def type(self, process: subprocess.Popen[str], line: str = "") -> None:
        """Type a line for a command that waits for one."""
        assert process.stdin is not None
        process.stdin.write(f"{line}\n")
        process.stdin.flush()

    def hear(self, process: subprocess.Popen[str]) -> str:
        """The next line a command says."""
        assert process.stdout is not None
        return process.stdout.readline()

    def run(self, *command: str) -> tuple[int, str]:
        """Run a command to its end. Gives its exit code and all it said."""
        process = self.start(*command)
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
        return process.returncode, said

    def processes(self) -> list[int]:
        """Every process whose command line or surroundings name this house, the commands themselves included."""
        mark = bytes(self.state)
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                named = mark in (folder / "cmdline").read_bytes() or mark in (folder / "environ").read_bytes()
            except OSError:
                continue  # it has just ended
            if named:
                found.append(int(folder.name))
        return found

    def process_of(self, part: str) -> int:
        """The first process of one part of the house: `web`, `worker`, `beat`, `broker` or `database`."""
        commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in self.processes()}
        return min(pid for pid, command in commands.items() if IN_ITS_COMMAND[part] in command)

    def demolish(self) -> None:
        """Remove what it kept."""
        shutil.rmtree(self.state, ignore_errors=True)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait for something that is going to happen."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)
