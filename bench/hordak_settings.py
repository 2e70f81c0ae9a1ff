"""Settings for hordak alone: its migrations speak to the default database, whichever they are run on."""

import os

from commonpurse.databases import database_from_url

SECRET_KEY = os.environ["SECRET_KEY"]
USE_TZ = True
INSTALLED_APPS = ["django.contrib.contenttypes", "mptt", "djmoney", "hordak"]
DATABASES = {"default": database_from_url(os.environ["HORDAK_URL"], environment=os.environ)}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
CURRENCIES = ["GBP"]
