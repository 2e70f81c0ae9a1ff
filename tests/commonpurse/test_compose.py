"""Production is the same house: same engines, same parts, same roles."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from commonpurse.embedded.postgres import APP, INITDB_OPTIONS, OWNER

ROOT = Path(__file__).resolve().parents[2]


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
