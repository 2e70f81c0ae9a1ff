"""A council's identity provider for tests: a real server that signs what it says with a real key."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from fido2.utils import websafe_encode

CLIENT, SECRET = "common-purse", "only-for-tests"
KEY_NAME = "key-1"


def make_key() -> rsa.RSAPrivateKey:
    """A key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class IdentityProvider:
    """
    What the provider knows and does. Tests change what it says (`claims`, `userinfo`) and how it signs.

    `claims` are put into the signed answer over what a good provider would say; None takes one out.
    """

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    published: rsa.RSAPrivateKey = field(default_factory=make_key)
    signing: rsa.RSAPrivateKey | None = None
    answers_error: str = ""
    is_broken: bool = False
    asked: list[str] = field(default_factory=list)
    challenges: dict[str, str] = field(default_factory=dict)

    def id_token(self) -> str:
        """The signed answer."""
        now = int(time.time())
        usual = {"iss": self.address, "aud": CLIENT, "sub": "staff-1", "iat": now, "exp": now + 300}
        said = {name: value for name, value in (usual | self.claims).items() if value is not None}
        return jwt.encode(said, self.signing or self.published, algorithm="RS256", headers={"kid": KEY_NAME})

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        """Answer one request: status, headers, and what is said."""
        self.asked.append(path)
        if self.is_broken:
            return 500, {}, {"error": "broken"}
        if path == "/authorize":
            return 302, {"Location": self._back(query)}, {}
        if path == "/token":
            return self._token(query)
        said = {
            "/.well-known/openid-configuration": self._description,
            "/keys": self._keys,
            "/userinfo": lambda: self.userinfo,
        }
        return (200, {}, said[path]()) if path in said else (404, {}, {})  # type: ignore[no-untyped-call]

    def _back(self, query: dict[str, str]) -> str:
        back = {"state": query["state"]}
        if self.answers_error:
            back["error"] = self.answers_error
        else:
            assert query["code_challenge_method"] == "S256"
            back["code"] = f"code-{len(self.challenges)}"
            self.challenges[back["code"]] = query["code_challenge"]
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def _token(self, query: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        challenge = self.challenges.pop(query.get("code", ""), None)
        proof = websafe_encode(sha256(query.get("code_verifier", "").encode()).digest())
        knows_us = (query.get("client_id"), query.get("client_secret")) == (CLIENT, SECRET)
        if not knows_us or challenge is None or challenge != proof:
            return 400, {}, {"error": "invalid_grant"}
        return 200, {}, {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()}

    def _description(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _keys(self) -> dict[str, Any]:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self.published.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": KEY_NAME, "use": "sig", "alg": "RS256"}]}


@contextmanager
def running_provider() -> Iterator[IdentityProvider]:
    """Run a provider on a port of its own, until the test is over."""
    provider = IdentityProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._say(*provider.answer(parts.path, _first(parts.query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*provider.answer(self.path, _first(body)))

        def _say(self, status: int, headers: dict[str, str], said: Any) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Type": "application/json"}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing of each request."""

    with ThreadingHTTPServer(("localhost", 0), Handler) as server:
        provider.address = f"http://localhost:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield provider
        server.shutdown()
        thread.join()


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
