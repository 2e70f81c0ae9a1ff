"""The settings of the site, with a bare intake beside its own to measure it against."""

from commonpurse.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare_intake"
API_REQUESTS_A_MINUTE = 1_000_000
