"""
Settings, all from the environment; what has no variable here is the same everywhere.

`manage.py` and the tests set DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL, SECRET_KEY and SEALING_KEY for the embedded
servers before this file is read (ADR 1); in production the environment gives them.
"""

import os
from pathlib import Path

import django_stubs_ext
import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

from commonpurse.api_settings import API_DESCRIPTION
from commonpurse.databases import databases
from commonpurse.logs import log_settings
from commonpurse.sign_in.providers import council_sign_in

# Before any model is read: Django's own fields and admin classes then take type parameters.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# ---- Where this runs -------------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
# The demo shows caught mail on a page and works without TLS on this machine. Never set it for real people's data.
DEMO = env.bool("DEMO", default=False)
# Off only on one's own machine: `up`, the tests, and whatever else runs on the embedded servers.
OVER_TLS = env.bool("OVER_TLS", default=not (DEBUG or DEMO))
SECRET_KEY = env.str("SECRET_KEY", default="")
# Older ones, which the secrets of second steps may still be locked with.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# What is said about people's health, safety and money is sealed with the first; the others still open (ADR 35).
SEALING_KEYS = [env.str("SEALING_KEY", default=""), *env.list("SEALING_KEY_FALLBACKS", default=[])]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_FAILURE_VIEW = "commonpurse.views.refused_as_forged"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://localhost:8000")

# ---- Apps ------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # Highest first, as in docs: imports among these go down this list only.
    "commonpurse",
    "reports",
    "community",
    "reconciliation",
    "invoices",
    "commissioning",
    "moving",
    "clusters",
    "providers",
    "budgets",
    "plans",
    "people",
    "jobs",
    "ledger",
    "sealing",
    # Before allauth and admin, so that our own templates win.
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",  # so that forms are written by our own templates
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.idp.oidc",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_structlog",
    "csp",
]

MIDDLEWARE = [
    "commonpurse.problems.ProblemsUnderApi",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "commonpurse.wall.BehindTheWall",  # from here on, whatever is read is read behind the wall
    "commonpurse.sign_in.leaving.NothingStays",
    "commonpurse.sign_in.here.WhoWasHere",
    "commonpurse.sign_in.kept.KeepText",  # before strangers are sent away, so that their text is not
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "commonpurse.sign_in.second_factor.SecondFactorFirst",
    "commonpurse.acting.WhosePage",
    "commonpurse.looks.WhoLooked",
    "commonpurse.reading.AsReadersLike",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "commonpurse.request_log.PathOnly",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "commonpurse.urls"
WSGI_APPLICATION = "commonpurse.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "commonpurse.pages.shell",
            ],
            "builtins": ["django.templatetags.i18n"],  # every template speaks its reader's language
        },
    },
]

FORM_RENDERER = "commonpurse.form_renderer.HouseForms"

# ---- Database and broker ---------------------------------------------------------------------------------------

# "default" is the app's role: it owns nothing. "owner" is for migrations only (ADR 2).
DATABASES = databases(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by the web processes, because the limits on guessing a sign-in code are counted in it (ADR 4).
CACHE_URL = env.str("CACHE_URL", default="")
SHARED_CACHE = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
OWN_CACHE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": SHARED_CACHE if CACHE_URL else OWN_CACHE}

CELERY_BROKER_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A lost ring is harmless, because the sweep rings again; so a rung bell need not wait an hour to be heard again.
# No task may last longer than a quarter of this.
# Whoever rings does not wait for a broker that is down: two quick tries to reach it, and the sweep does the rest.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 240,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "socket_connect_timeout": 2,
}
CELERY_TIMEZONE = "Europe/London"
JOBS_SWEEP_SECONDS = env.float("JOBS_SWEEP_SECONDS", default=10.0)
# After the last ring for the same job.
JOBS_RING_AGAIN_SECONDS = env.float("JOBS_RING_AGAIN_SECONDS", default=30.0)
# How often it is looked which votes are over: a vote ends on the minute.
DECISIONS_LOOK_SECONDS = env.float("DECISIONS_LOOK_SECONDS", default=60.0)
# Who knows what a decision would mean for somebody, where clusters do not: a reader for each kind of decision.
WHAT_DECISIONS_MEAN = {
    "choose_offer": "commissioning.queries.for_me.offers_for_me",
    "vary_contract": "commissioning.queries.for_me.change_for_me",
    "end_contract": "commissioning.queries.for_me.end_for_me",
}
# How often it is looked what providers' systems have to be told.
WEBHOOKS_LOOK_SECONDS = env.float("WEBHOOKS_LOOK_SECONDS", default=5.0)
# Whether they may listen on private addresses and without TLS: on one's own machine, and nowhere else.
WEBHOOKS_TO_PRIVATE = env.bool("WEBHOOKS_TO_PRIVATE", default=False)
CELERY_BEAT_SCHEDULE = {
    "clusters-look-at-decisions": {
        "task": "clusters.look_at_decisions",
        "schedule": DECISIONS_LOOK_SECONDS,
        "options": {"expires": DECISIONS_LOOK_SECONDS},
    },
    "jobs-sweep": {
        "task": "jobs.sweep",
        "schedule": JOBS_SWEEP_SECONDS,
        "options": {"expires": JOBS_SWEEP_SECONDS},
    },
    "invoices-look-at-webhooks": {
        "task": "invoices.look_at_webhooks",
        "schedule": WEBHOOKS_LOOK_SECONDS,
        "options": {"expires": WEBHOOKS_LOOK_SECONDS},
    },
    "people-find-lost-notices": {"task": "people.find_lost_notices", "schedule": 300.0},
    "commissioning-look-at-calls": {"task": "commissioning.look_at_calls", "schedule": 60.0},
    # So that the last count of a month, which somebody waits for, has little left to do: what moved is counted soon,
    # and each night whatever else there is.
    "reconciliation-count-what-is-new": {"task": "reconciliation.count_what_is_new", "schedule": 900.0},
    "reconciliation-count-open-months": {
        "task": "reconciliation.count_open_months",
        "schedule": crontab(hour=2, minute=15),
    },
    "reconciliation-prove-all-books": {
        "task": "reconciliation.prove_all_books",
        "schedule": crontab(hour=2, minute=45),
    },
    "budgets-meter-care-accounts": {"task": "budgets.meter_care_accounts", "schedule": 3600.0},
    "plans-end-lapsed-consents": {"task": "plans.end_lapsed_consents", "schedule": 3600.0},
    # What is due is due by the day; asking for it every hour does no harm.
    "commissioning-settle-leavers": {"task": "commissioning.settle_leavers", "schedule": 3600.0},
    "invoices-forget-uploads": {"task": "invoices.forget_uploads", "schedule": 3600.0},
    "invoices-tidy": {"task": "invoices.tidy", "schedule": crontab(hour=3, minute=40)},
}

# ---- People signing in -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["commonpurse.accounts.Accounts"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# A code by e-mail and no password. Accounts are made by the council, so nobody can sign up.
ACCOUNT_ADAPTER = "commonpurse.accounts.CouncilMadeAccounts"
ACCOUNT_FORMS = {
    "request_login_code": "commonpurse.forms.AskForCode",
    "confirm_login_code": "commonpurse.forms.GiveCode",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # allauth's 3 minutes are too short for many of our users
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# 1234-5678: easy to read and write
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Guesses are counted by account ("key") and by address ("ip"), in the cache that all web processes share. A whole
# council may come from one address.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "60/m/ip,3/m/key,15/h/key",
    "give_code": "60/m/ip,10/5m/key,30/h/key",
    "login_failed": "60/m/ip,5/5m/key",  # the second step
    "invitation": "30/5m/ip",  # codes with which somebody asks to join a cluster
    "system_token": "30/m/key",  # tokens for one client id that showed the right secret
    "system_token_refused": "20/m/ip",  # and wrong secrets, whoever's they may be
}
ACCOUNT_EMAIL_NOTIFICATIONS = True

# A second step: staff must have one, everybody else may.
MFA_ADAPTER = "commonpurse.accounts.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_TOTP_TOLERANCE = 1  # half a minute before and after: clocks differ, and some people write slowly
MFA_FORMS = {
    "authenticate": "commonpurse.forms.GiveSecondCode",
    "reauthenticate": "commonpurse.forms.GiveCodeAgain",
    "activate_totp": "commonpurse.forms.TieApp",
    "add_webauthn": "commonpurse.forms.NamePasskey",
    "edit_webauthn": "commonpurse.forms.RenamePasskey",
}

# Council staff with the account their council gave them. Without these variables there is no such way in.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", default="your council")
# Levels (`acr`) that the council's provider gives only after a second factor; `amr` with "mfa" counts anyway.
OIDC_STRONG_LEVELS = env.list("OIDC_STRONG_LEVELS", default=[])
SOCIALACCOUNT_ADAPTER = "commonpurse.sign_in.council.KnownStaffOnly"
SOCIALACCOUNT_PROVIDERS = council_sign_in(
    issuer=OIDC_ISSUER,
    name=OIDC_NAME,
    client_id=env.str("OIDC_CLIENT_ID", default=""),
    secret=env.str("OIDC_CLIENT_SECRET", default=""),
    over_tls=OVER_TLS,
)

# Providers' systems: a client id and a secret, for a token that lasts this long (ADR 18). Nobody else signs in so.
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 15 * 60
# Secrets of systems are random and long: one SHA-256 keeps them, where a password would need a slow hash.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "commonpurse.sign_in.secrets.RandomSecretHasher",
]

SESSION_ENGINE = "commonpurse.sign_in.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# ---- Language, time, files -------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
# A language that reads from right to left, with hardly a word of its own: it proves the other stylesheet.
RTL_TRIAL = env.bool("RTL_TRIAL", default=DEMO)
# Each in its own words: who needs it must be able to find it. No native reader has read the Welsh yet (ADR 16).
LANGUAGES = [
    ("en-gb", "English"),
    ("cy", "Cymraeg"),
    *([("ar-xb", "Right to left, as a trial")] if RTL_TRIAL else []),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
# What was chosen before signing in; whoever has signed in has settings.
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Names with a hash of the content in them, so that browsers may keep them for ever; they need `collectstatic`.
# Squeezing them takes twenty seconds: worth it on a server, not for the first page on one's own machine.
SQUEEZED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
HASHED = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STATIC = env.bool("HASHED_STATIC", default=not DEBUG)
STATIC_STORAGE = (SQUEEZED if OVER_TLS else HASHED) if HASHED_STATIC else PLAIN
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "media"))

# ---- Mail ------------------------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 30  # seconds to wait for the mail server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Common Purse <noreply@localhost>")

# ---- REST ------------------------------------------------------------------------------------------------------

# How many requests a provider's system may make a minute with one key; "0" would let nobody ask.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", default=1200)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # each view names its own: nobody comes in by default
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],  # bodies are read by invoices.api.reading, with a cap before any parsing
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "commonpurse.problems.answer_with_problem",
    "URL_FORMAT_OVERRIDE": None,  # ?format= is a parameter we do not know, like any other
}
SPECTACULAR_SETTINGS = API_DESCRIPTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# ---- Safety ----------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

SESSION_COOKIE_SECURE = OVER_TLS
CSRF_COOKIE_SECURE = OVER_TLS
LANGUAGE_COOKIE_SECURE = OVER_TLS
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=OVER_TLS)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if OVER_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = OVER_TLS
SECURE_HSTS_PRELOAD = OVER_TLS
if env.bool("BEHIND_PROXY", default=False):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ---- Logs ------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # where somebody sits is nobody's business
LOGGING = log_settings(level=LOG_LEVEL, as_json=not (DEBUG or DEMO))
