"""`python -m commonpurse.embedded.forget`: remove this checkout's embedded database and all that it holds."""

import fcntl
import shutil
import sys

from commonpurse.embedded.places import state_folder


def main() -> int:
    """Remove the state folder, unless something is using it."""
    state = state_folder()
    if not state.exists():
        return 0
    with open(state / "running.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write(f"Common Purse is running from {state}; stop it first.\n")
            return 1
        shutil.rmtree(state)
    sys.stdout.write(f"Removed {state}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
