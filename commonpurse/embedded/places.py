"""Where the embedded servers keep their things: one state folder for each checkout, outside version control."""

import json
import os
import secrets
import tempfile
from hashlib import sha256
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROOTS_STATE = Path("/var/lib/common-purse")
# The kernel allows 108 bytes for a socket's whole path, and PostgreSQL adds `.s.PGSQL.5432`.
LONGEST_SOCKET_FOLDER = 80
# What a key begins with that a command made up for itself: nothing that is kept may ever be locked with it.
THROWAWAY = "throwaway-"
SECRETS = ("superuser", "owner", "app", "django", "sealing")


def state_folder() -> Path:
    """
    The folder of this checkout's database, broker, logs and secrets; it need not exist yet.

    Root's is under /var/lib, because PostgreSQL refuses to run as root and its own user cannot reach into /root.
    """
    if given := os.environ.get("COMMONPURSE_STATE"):
        return Path(given).resolve()
    if os.geteuid() == 0:
        return ROOTS_STATE / f"{CHECKOUT.name}-{sha256(bytes(CHECKOUT)).hexdigest()[:8]}"
    return CHECKOUT / ".state"


def make_folder(folder: Path) -> Path:
    """Make a folder that only we can list, and that PostgreSQL's user can pass through when we are root."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return folder


def socket_folder() -> Path:
    """Make a new folder for sockets, with a short name that nobody could have taken before us."""
    parent = tempfile.gettempdir()
    if len(os.fsencode(parent)) + len("/cp-12345678") > LONGEST_SOCKET_FOLDER:
        parent = "/tmp"  # noqa: S108 - mkdtemp makes a fresh folder of ours in it
    return Path(tempfile.mkdtemp(prefix="cp-", dir=parent))


def read_secrets(state: Path) -> dict[str, str]:
    """
    The passwords of the database logins, Django's key and the one that seals: made up at the first start, then kept.

    What a later version of this house asks for besides is made up when it is first asked for.
    """
    file = state / "secrets.json"
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    made_up = {name: secrets.token_urlsafe(48) for name in SECRETS if name not in kept}
    if made_up:
        draft = state / "secrets.new"
        draft.unlink(missing_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writer:
            json.dump(kept | made_up, writer)
        draft.rename(file)
    return kept | made_up
