"""Starting and stopping processes that never outlive us."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from commonpurse.embedded.programs import SystemUser

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LAST_LINES = 15


class UnableToStart(Exception):
    """A process did not come up. The message says which, and the last lines it wrote."""


@dataclass
class Child:
    """A process of ours, the signal that ends it in good order, and where it writes."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    log: Path

    @property
    def has_ended(self) -> bool:
        """Whether it is no longer running."""
        return self.process.poll() is not None

    def stop(self, *, within_seconds: float) -> None:
        """End it in good order; after `within_seconds`, end it and everything it started."""
        if not self.has_ended:
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(within_seconds)
        # It leads a session of its own, so the group is it and what it started.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self) -> str:
        """The end of its log, for a person who has to find out what went wrong."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-LAST_LINES:])


def start_child(
    name: str,
    arguments: Sequence[str | Path],
    *,
    log: Path,
    stop_signal: signal.Signals = signal.SIGTERM,
    user: SystemUser | None = None,
    environment: Mapping[str, str] | None = None,
) -> Child:
    """
    Start a process in a session of its own, so that Ctrl-C reaches us first and we choose the order of ending.

    On Linux the kernel sends it `stop_signal` if we die without saying so. Call it from the main thread: that is
    whose death the kernel watches.
    """
    with open(log, "ab") as writer:
        process = subprocess.Popen(
            [str(argument) for argument in arguments],
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=subprocess.STDOUT,
            cwd=log.parent if user else None,
            env=environment,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
            start_new_session=True,
            preexec_fn=_ends_with(os.getpid(), stop_signal),  # noqa: PLW1509 - no threads of ours run yet
        )
    return Child(name, process, stop_signal, log)


def is_running(pid: int, *, mark: str) -> bool:
    """Whether the process is there and its command line has `mark` in it; a reused number does not count."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return mark.encode() in command


def _ends_with(parent: int, stop_signal: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)

    def prepare() -> None:
        library.prctl(PR_SET_PDEATHSIG, int(stop_signal))
        if os.getppid() != parent:  # it died before we asked
            os.kill(os.getpid(), signal.SIGKILL)

    return prepare
