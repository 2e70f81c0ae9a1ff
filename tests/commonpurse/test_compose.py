"""Production is the same house: same engines, same parts, same roles."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from commonpurse.embedded.postgres import APP, INITDB_OPTIONS, OWNER

ROOT = Path(__file__).resolve().parents[2]

# What an operator has no reason to set: it is for one's own machine, or says how often beat looks.
NOT_FOR_OPERATORS = {
    *("DEBUG", "DEMO", "OVER_TLS", "SECURE_SSL_REDIRECT", "RTL_TRIAL", "WEBHOOKS_TO_PRIVATE"),
    *("STATIC_ROOT", "HASHED_STATIC", "MEDIA_ROOT"),
    *("JOBS_SWEEP_SECONDS", "JOBS_RING_AGAIN_SECONDS", "DECISIONS_LOOK_SECONDS", "WEBHOOKS_LOOK_SECONDS"),
}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """What docker-compose.yml starts, with its shared pieces put in."""
    compose: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return dict(compose["services"])


def test_has_every_part(services: dict[str, Any]) -> None:
    assert set(services) == {"database", "broker", "migrate", "web", "worker", "beat"}


def test_gives_the_owners_password_to_the_migrations_alone(services: dict[str, Any]) -> None:
    holders = [name for name, service in services.items() if OWNER in str(service.get("environment"))]
    assert holders == ["migrate"]


def test_runs_the_app_as_the_app(services: dict[str, Any]) -> None:
    for part in ("web", "worker", "beat"):
        assert services[part]["environment"]["DATABASE_URL"].startswith(f"postgresql://{APP}:")


def test_sorts_text_as_the_embedded_database_does(services: dict[str, Any]) -> None:
    options = services["database"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    assert set(INITDB_OPTIONS) <= set(options)


def test_hands_every_setting_of_an_operator_on(services: dict[str, Any]) -> None:
    settings = (ROOT / "commonpurse" / "settings.py").read_text()
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", settings)) | {"KEEP_PLANS", "DATABASE_URL"}
    assert {"SECRET_KEY", "OIDC_ISSUER", "LOG_LEVEL"} < read
    for part in ("web", "worker", "beat", "migrate"):
        assert read - NOT_FOR_OPERATORS - services[part]["environment"].keys() == set()


def test_says_in_the_example_what_can_be_filled_in() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    said = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked == said
