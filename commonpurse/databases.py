"""Which database, and as whom: read from the environment, in libpq's own grammar."""

from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import conninfo_to_dict

APP_ROLE = "commonpurse_app"
# What the app becomes while somebody asks in the web: the same rights, behind the wall (ADR 34).
WEB_ROLE = "commonpurse_web"
# Reaches nothing, so that a command which needs no database fails plainly if it asks for one after all.
NOWHERE = "postgresql:///commonpurse?host=/no-database-was-started"


def databases(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """
    Django's DATABASES: `default` is the app, which owns nothing; `owner` is for `migrate` alone.

    DATABASE_OWNER_URL falls back to DATABASE_URL. When both are one login, the app gives up its rights as the
    connection starts (`role`), so that it owns nothing even then.
    """
    app_url = environment.get("DATABASE_URL") or ("postgresql://" if "PGHOST" in environment else NOWHERE)
    owner_url = environment.get("DATABASE_OWNER_URL") or app_url
    app = database_from_url(app_url, environment=environment)
    owner = database_from_url(owner_url, environment=environment)
    if app["USER"] == owner["USER"] and app["USER"] != APP_ROLE:
        app["OPTIONS"]["options"] = f"{app['OPTIONS'].get('options', '')} -c role={APP_ROLE}".strip()
    return {"default": app, "owner": owner}


def keep_plans_after(environment: Mapping[str, str]) -> int | None:
    """
    Say after how many askings PostgreSQL keeps the plan of what is asked often (`commonpurse.asked_often`).

    `KEEP_PLANS=false` (none: never) is for a pooler that gives one session to several connections in turn and does not
    know of prepared statements.
    """
    return None if environment.get("KEEP_PLANS", "").lower() in {"false", "no", "off", "0"} else 1


def database_from_url(url: str, *, environment: Mapping[str, str]) -> dict[str, Any]:
    """One Django database. What the address does not say, libpq takes from PGHOST, PGUSER and the others."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", None) or environment.get("PGDATABASE", "commonpurse"),
        "USER": parts.pop("user", None) or environment.get("PGUSER", ""),
        "PASSWORD": parts.pop("password", None) or "",
        "HOST": parts.pop("host", None) or "",
        "PORT": parts.pop("port", None) or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, "prepare_threshold": keep_plans_after(environment)},
    }
