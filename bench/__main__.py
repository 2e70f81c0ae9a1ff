"""
`python -m bench [small|middle|full] [measurement ...]`: on a private server, one line a figure.

Without names all are measured.
"""

import os
import subprocess
import sys
from importlib import import_module

import psycopg
from psycopg.conninfo import make_conninfo

from tests.plugin.servers import TEST_SETTINGS, private_servers

SIZES = ("small", "middle", "full")
MEASUREMENTS = ("ledger_posting", "month", "pages", "ubl", "api", "kills", "allocation")
# As much as a server of this size would be given; the floor runs on the same.
ROOMY = {"shared_buffers": "2GB", "max_wal_size": "8GB", "maintenance_work_mem": "512MB"}


def make_hordaks_database() -> None:
    """A database of its own for django-hordak, migrated by a process of its own."""
    with psycopg.connect(os.environ["DATABASE_SUPERUSER_URL"], autocommit=True) as connection:
        connection.execute("CREATE DATABASE hordak OWNER commonpurse_app")
    os.environ["HORDAK_URL"] = make_conninfo(os.environ["DATABASE_URL"], dbname="hordak")
    alone = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.hordak_settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], env=alone, check=True)


def main() -> int:
    """Run every measurement, or those that are named; exits 1 when a figure misses its target."""
    size, *names = sys.argv[1:] or ["small"]
    if size not in SIZES:
        sys.exit(f"There is no size {size}. Choose one of {', '.join(SIZES)}.")
    if unknown := set(names) - set(MEASUREMENTS):
        sys.exit(f"Nothing measures {', '.join(unknown)}. Choose among {', '.join(MEASUREMENTS)}.")
    with private_servers(**ROOMY) as variables:
        os.environ.update(TEST_SETTINGS | variables | {"DJANGO_SETTINGS_MODULE": "bench.settings"})
        make_hordaks_database()
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        misses = 0
        for name in names or MEASUREMENTS:
            for row in import_module(f"bench.{name}").measure(size):
                print(row, flush=True)
                misses += not row.is_met
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
