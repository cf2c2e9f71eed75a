"""Settings of the site: a few come from the environment, the rest is fixed here.

- `DONBAY_HOME`: the folder of the installation (database, files, packs, secret);
  default `donbay-home` in the current folder.
- `DONBAY_DATABASE`: `sqlite:///PATH` (default, in the home) or
  `postgresql://user:password@host:port/name`; `?host=/run/postgresql` for a socket.
- `DONBAY_DATA_LICENCE`: the licence of the public data, and in
  `DONBAY_DATA_LICENCE_ADDRESS` where it can be read.
- `DONBAY_HOSTS`: names under which the site is reached, comma-separated.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

HOME = Path(os.environ.get("DONBAY_HOME", "donbay-home")).absolute()
DEMO = os.environ.get("DONBAY_DEMO") == "1"
WEB = Path(__file__).parent


def _secret() -> str:
    """Made once for each installation and kept in its home, readable by its owner."""
    path = HOME / "secret"
    if not path.is_file():
        HOME.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()


def _database(address: str) -> dict[str, object]:
    url = urlsplit(address)
    if url.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": address.removeprefix("sqlite:///"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or parse_qs(url.query).get("host", [""])[0],
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # A third of what the database does for an approval is planning the same again.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
    }


DATABASES = {
    "default": _database(
        os.environ.get("DONBAY_DATABASE", f"sqlite:///{HOME / 'donbay.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = _secret()
DEBUG = False
SECURE = os.environ.get("DONBAY_HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("DONBAY_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if SECURE else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "donbay.web.look",  # before allauth: its templates are told in our frame and words
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "donbay.web.journal",
    "donbay.web.files",
    "donbay.web.territory",
    "donbay.web.programmes",
    "donbay.web.offices",
    "donbay.web.ledger",
    "donbay.web.acts",
    "donbay.web.results",
    "donbay.web.submissions",
    "donbay.web.reorganisations",
    "donbay.web.quality",
    "donbay.web.imports",
    "donbay.web.evidence",
    "donbay.web.publications",
    "donbay.web.desk",
    "donbay.web.portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "donbay.web.look.middleware.content_security",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "donbay.web.look.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "donbay.web.look.middleware.still_places",
    "donbay.web.look.middleware.closed_by_default",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "donbay.web.urls"
WSGI_APPLICATION = "donbay.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "donbay.web.look.context.frame",
            ],
            "builtins": [
                "donbay.web.look.templatetags.words",
                "donbay.web.look.templatetags.parts",
                "donbay.web.look.templatetags.fields",
            ],
        },
    }
]

# --- people and sign-in ------------------------------------------------------------

AUTH_USER_MODEL = "offices.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
CSRF_FAILURE_VIEW = "donbay.web.look.views.form_expired"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:work"
ACCOUNT_LOGOUT_REDIRECT_URL = "desk:start"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_ADAPTER = "donbay.web.offices.sign_in.Adapter"
SOCIALACCOUNT_ADAPTER = "donbay.web.offices.sign_in.OutsideAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_ONLY = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "donbay.web.look.views.locked_out"
_OIDC = {
    name: os.environ.get(f"DONBAY_OIDC_{name.upper()}", "")
    for name in ("server", "client", "secret", "name")
}
# A browser holds the way to the provider for a part of the form that leads there.
FORMS_LEAD_TO = (
    ["{0.scheme}://{0.netloc}".format(urlsplit(_OIDC["server"]))]
    if _OIDC["server"]
    else []
)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": _OIDC["name"] or "OIDC",
                "client_id": _OIDC["client"],
                "secret": _OIDC["secret"],
                "settings": {"server_url": _OIDC["server"]},
            }
        ]
        if _OIDC["server"]
        else [],
    }
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"

# --- jobs, files, mail -------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
FILES = HOME / "files"
PACKS = HOME / "packs"
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
LARGEST_FILE = 20 << 20
EMAIL_BACKEND = os.environ.get(
    "DONBAY_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = os.environ.get("DONBAY_EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("DONBAY_EMAIL_FROM", "donbay@localhost")

# --- the public --------------------------------------------------------------------

DATA_LICENCE = os.environ.get("DONBAY_DATA_LICENCE", "")
DATA_LICENCE_ADDRESS = os.environ.get("DONBAY_DATA_LICENCE_ADDRESS", "")

# --- languages, time, static files -------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [
    ("vi", "Tiếng Việt"),
    ("en", "English"),
    ("fr", "Français"),
    ("ar", "العربية"),
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
STATIC_URL = "static/"
# What draws charts is shipped once, for pages and for print.
STATICFILES_DIRS = [("charts", WEB.parent / "reports" / "vendor")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"donbay": {"level": "INFO"}},
}
