"""The settings of the site, with a bare page beside its own to measure them against."""

from commonpurse.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare_page"
