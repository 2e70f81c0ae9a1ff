"""Which database, and as whom."""

from commonpurse.databases import databases


def test_the_app_and_the_owner_are_two_logins() -> None:
    both = databases(
        {
            "DATABASE_URL": "postgresql://commonpurse_app:p%40ss@db:5433/purse?sslmode=require",
            "DATABASE_OWNER_URL": "postgresql://commonpurse_owner:word@db:5433/purse",
        }
    )
    app, owner = both["default"], both["owner"]
    assert (app["USER"], app["PASSWORD"], app["HOST"], app["PORT"]) == (
        "commonpurse_app",
        "p@ss",
        "db",
        "5433",
    )
    assert app["OPTIONS"]["sslmode"] == "require"
    assert owner["USER"] == "commonpurse_owner"


def test_one_login_for_both_gives_up_its_rights_as_the_app() -> None:
    both = databases({"DATABASE_URL": "postgresql://me@/purse?options=-c%20jit%3Doff"})
    assert both["default"]["OPTIONS"]["options"] == "-c jit=off -c role=commonpurse_app"
    assert both["owner"]["OPTIONS"]["options"] == "-c jit=off"


def test_an_app_without_the_owners_password_stays_the_app() -> None:
    both = databases({"DATABASE_URL": "postgresql://commonpurse_app@/purse"})
    assert both["default"] == both["owner"]


def test_pghost_is_enough() -> None:
    app = databases({"PGHOST": "db", "PGUSER": "me", "PGDATABASE": "purse"})["default"]
    assert (app["HOST"], app["USER"], app["NAME"]) == ("", "me", "purse"), "libpq reads the rest itself"


def test_without_a_word_there_is_no_database() -> None:
    assert databases({})["default"]["HOST"] == "/no-database-was-started"


def test_plans_are_kept_unless_a_pooler_would_mix_them_up() -> None:
    assert databases({"PGHOST": "db"})["default"]["OPTIONS"]["prepare_threshold"] == 1
    assert (
        databases({"PGHOST": "db", "KEEP_PLANS": "false"})["default"]["OPTIONS"]["prepare_threshold"] is None
    )
