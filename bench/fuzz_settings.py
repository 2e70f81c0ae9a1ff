"""The settings of the site without its limits on how often one may ask: they would answer nearly every case themselves."""

from commonpurse.settings import *  # noqa: F403
from commonpurse.settings import ACCOUNT_RATE_LIMITS as OURS

API_REQUESTS_A_MINUTE = 1_000_000
ACCOUNT_RATE_LIMITS = {name: rate for name, rate in OURS.items() if not name.startswith("system_token")}
