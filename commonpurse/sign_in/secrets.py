"""How the secrets of providers' systems are kept."""

from hashlib import sha256
from hmac import compare_digest
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher


class RandomSecretHasher(BasePasswordHasher):
    """
    Keeps a secret of 256 random bits as its SHA-256.

    What nobody can guess needs no salt and no slow hash: those are for passwords that people think of. So a request
    with a wrong secret costs the server next to nothing.
    """

    algorithm = "random_sha256"

    def encode(self, password: str, salt: str) -> str:
        """Give what is kept of a secret."""
        return f"{self.algorithm}$${sha256(password.encode()).hexdigest()}"

    def verify(self, password: str, encoded: str) -> bool:
        """Tell whether this is the secret, in the same time whatever is sent."""
        return compare_digest(self.encode(password, ""), encoded)

    def safe_summary(self, encoded: str) -> Any:
        """Say how it is kept, and nothing of what."""
        return {"algorithm": self.algorithm}

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Do nothing more: the secret is hard already."""
