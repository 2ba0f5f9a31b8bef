"""Django's settings, in one file. What an operator can set is in `env.py`."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from kumppani.config.env import ROOT, SETTINGS, read_environment

ENVIRONMENT = read_environment()
PUBLIC = urlsplit(ENVIRONMENT.public_url)

SECRET_KEY = ENVIRONMENT.secret_key or secrets.token_urlsafe(48)
SECRET_LASTS = bool(ENVIRONMENT.secret_key)
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.secret_key_fallbacks)
DEBUG = False
ALLOWED_HOSTS = [PUBLIC.hostname or "", "127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "kumppani.config.apps.KumppaniConfig",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "kumppani.domain.journal",
    "kumppani.domain.programmes",
    "kumppani.domain.sources",
    "kumppani.domain.parties",
    "kumppani.domain.notices",
    "kumppani.domain.documents",
    "kumppani.domain.bodies",
    "kumppani.domain.agreements",
    "kumppani.domain.ecosystems",
    "kumppani.domain.rounds",
    "kumppani.domain.publishing",
    "kumppani.domain.dialogue",
    "kumppani.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kumppani.api.middleware.OpenDataMiddleware",
    "kumppani.web.middleware.ReaderMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kumppani.config.urls"
WSGI_APPLICATION = "kumppani.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "kumppani" / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": ["django.template.context_processors.request", "kumppani.web.context.everywhere"],
            "builtins": [
                "kumppani.web.templatetags.work",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kumppani.web.templatetags.kumppani",
                "kumppani.web.templatetags.parts",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    given = ENVIRONMENT.database
    if given.engine == "sqlite":
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        # Tests use a file as well: threads do not share a database in memory the way they share a file.
        test = {"NAME": str(ENVIRONMENT.data_folder / "test.sqlite3")}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": given.name, "OPTIONS": options, "CONN_MAX_AGE": None, "TEST": test}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.name,
        "USER": given.user,
        "PASSWORD": given.password,
        "HOST": given.host,
        "PORT": given.port,
        # JIT compiles small queries for seconds; see docs/decisions.
        "OPTIONS": {"options": "-c jit=off"},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "parties.User"
# The first refuses who has tried too often, before any other looks at a secret.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "kumppani.web.signin.backend.CodeBackend",
    "kumppani.web.signin.backend.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["login"]}},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60

ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "kumppani.web.signin.keeping.KeptSecrets"

# Five failed tries close a login for a quarter of an hour: docs/decisions/009.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["password", "again", "code", "csrfmiddlewaretoken"]
# The sign-in page says itself that it is closed for a while; the middleware of django-axes would answer in its place.
# Its warning that the address is not counted is answered in the same decision.
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W006"]

# A working day; reading public pages opens no session.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_SECURE = ENVIRONMENT.production
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data_folder / "static"
STATICFILES_DIRS = [ROOT / "kumppani" / "web" / "static", ROOT / "var" / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False

# No inline script or style anywhere; hds-core draws some icons with data: images.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = ENVIRONMENT.production
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.production
SECURE_HSTS_PRELOAD = ENVIRONMENT.production
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.production else None
CSRF_COOKIE_SECURE = ENVIRONMENT.production
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]
CSRF_FAILURE_VIEW = "kumppani.web.errors.csrf_failure"
# A clause in three languages, as browsers send it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 600_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

REFERENCE_FOLDER = ROOT / "reference"
FILES_FOLDER = ENVIRONMENT.data_folder / "files"
JOBS_FOLDER = ENVIRONMENT.data_folder / "jobs"
SNAPSHOT_FOLDER = ENVIRONMENT.data_folder / "snapshots"
DEFAULT_PROGRAMME = ENVIRONMENT.default_programme
ROOT_FOLDER = ROOT
ENVIRONMENT_SETTINGS = SETTINGS
PUBLIC_URL = ENVIRONMENT.public_url
OPERATOR = ENVIRONMENT.operator
DATA_LICENCE = ENVIRONMENT.data_licence
MAIL_SERVER = ENVIRONMENT.mail_server
MAIL_FROM = ENVIRONMENT.mail_from
JOURNAL_KEY = ENVIRONMENT.journal_key
PRODUCTION = ENVIRONMENT.production
PERSONAS = not ENVIRONMENT.production
PROVIDERS = ENVIRONMENT.providers

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "kumppani.config.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
