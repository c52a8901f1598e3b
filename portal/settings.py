"""All settings of the portal, from the environment (docs/deploy/environment.md lists them)."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from portal import env

BASE_DIR = Path(__file__).resolve().parent.parent

# --- what this process is ---------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")  # demo accounts on the sign-in page and a banner on every page
SECRET_KEY = env.require("SECRET_KEY", "signs sessions and forms")
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.listed("CSRF_TRUSTED_ORIGINS")
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "portal",
    "residents",
    "disability",
    "servicecenter",
    "volunteers",
    "sanitation",
    "portal.office",
    "reports",
]

# Order matters: session and user are read before the transaction of RequestScope begins.
MIDDLEWARE = [
    "portal.running.requests.Measured",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.compression.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "portal.audit.requests.RequestId",
    "portal.middleware.KnownMethods",
    "portal.running.starting.WallFirst",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.NoStore",
    "portal.accounts.session_middleware.SessionLimits",
    "portal.accounts.second_factor_middleware.SecondFactorFirst",
    "portal.middleware.RequestScope",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.middleware.FirstPassword",
    "portal.middleware.SubmitOnce",
    "portal.middleware.Corrections",
]

# --- database ---------------------------------------------------------------------------------
# `default` is the web role, which owns nothing; `owner` exists only where migrations run.
DATABASES = {
    "default": environ.Env.db_url_config(
        env.require("DATABASE_URL", "PostgreSQL 15+ as the web role, postgres://user:pw@host/db")
    )
    | {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
}
if env.optional("DATABASE_OWNER_URL"):
    DATABASES["owner"] = environ.Env.db_url_config(env.optional("DATABASE_OWNER_URL"))
# Answers reads that lag by no more than this, where there is one (portal/replica.py).
if env.optional("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = environ.Env.db_url_config(env.optional("DATABASE_REPLICA_URL")) | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
REPLICA_LAG_SECONDS = env.whole_number("REPLICA_LAG_SECONDS", 15)
# A database that is down, hung or out of reach is noticed within three seconds (portal/database).
for _database in DATABASES.values():
    _database["ENGINE"] = "portal.database"
    _database.setdefault("OPTIONS", {}).update(
        connect_timeout=2,
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
        tcp_user_timeout=5000,  # ms
    )
DATABASE_AUDIT_ROLE = env.optional("DATABASE_AUDIT_ROLE", "portal_audit")
DATABASE_PUBLIC_ROLE = env.optional("DATABASE_PUBLIC_ROLE", "portal_public")
DATABASE_BACKUP_ROLE = env.optional("DATABASE_BACKUP_ROLE", "portal_backup")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- keys for personal data -------------------------------------------------------------------
FIELD_KEYS = env.numbered_keys("FIELD_KEYS", "encrypts ID and phone numbers; keep a copy apart")
HASH_KEY = env.secret_key_bytes("HASH_KEY", "makes encrypted numbers findable; keep a copy apart")
CODE_KEY = env.further_key_bytes("CODE_KEY") or HASH_KEY  # codes on paper, links, phones
HASH_KEY_NEXT = env.further_key_bytes("HASH_KEY_NEXT")  # of `manage.py keys rehash` alone

# --- sign-in ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backend.AccountBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    *(
        {"NAME": f"portal.accounts.password_rules.{rule}"}
        for rule in ("Length", "Composition", "Common", "NotAboutOwner", "NotUsedBefore")
    ),
]
SESSION_ENGINE = "portal.accounts.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60

# --- transport --------------------------------------------------------------------------------
# HTTPS is decided by the proxy in front; the default run is plain HTTP on the loopback address.
HTTPS = env.flag("HTTPS")
# Printed in QR codes; where a request asks, its own address is taken instead.
PORTAL_URL = env.web_address("PORTAL_URL", ALLOWED_HOSTS, https=HTTPS)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^ready/$", "^metrics/$"]  # asked on this machine, past the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
IMPORT_APPROVAL_ROWS = env.whole_number("IMPORT_APPROVAL_ROWS", 500)  # more need a second person

# --- pages without sign-in --------------------------------------------------------------------
# How many proxies of our own stand in front: so many entries of X-Forwarded-For are believed.
PROXIES = env.whole_number("PROXIES", 1 if HTTPS else 0)
PUBLIC_TRIES = env.whole_number("PUBLIC_TRIES", 10)  # questions of one address in ten minutes
PUBLIC_TRIES_PER_NUMBER = env.whole_number("PUBLIC_TRIES_PER_NUMBER", 30)  # a day, for one number
PUBLIC_LETTERS_PER_DAY = env.whole_number("PUBLIC_LETTERS_PER_DAY", 10)  # sent in from one address

# --- language, time, pages --------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
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
                "portal.context.page",
            ],
        },
    }
]

# --- files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = Path(env.optional("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))  # sealed files
FONT_DIR = env.optional("FONT_DIR")  # an office's own licensed fonts, used before ours

# --- backups ----------------------------------------------------------------------------------
DATABASE_BACKUP_URL = env.optional("DATABASE_BACKUP_URL")  # the backup role; not for web and worker
BACKUP_DIR = env.optional("BACKUP_DIR", str(BASE_DIR / "var" / "backups"))
BACKUP_RECIPIENT = env.optional("BACKUP_RECIPIENT")  # public key; the private one is elsewhere
BACKUP_STATUS = env.optional("BACKUP_STATUS", str(BASE_DIR / "var" / "backup-status.json"))

# --- exports ----------------------------------------------------------------------------------
FIGURE_CELLS = env.flag("FIGURE_CELLS", default=True)  # read stored sums of figures (ADR 55)
PRINT_ROWS_AT_ONCE = env.whole_number("PRINT_ROWS_AT_ONCE", 300)  # longer registers are jobs
PRINT_ROWS_MOST = env.whole_number("PRINT_ROWS_MOST", 5000)  # the rest is left to the workbook
PRINT_APART = env.flag("PRINT_APART")  # lay out in a confined process of its own (ADR 54)
PRINT_SECONDS = env.whole_number("PRINT_SECONDS", 20)  # of processor time, for one paper
PRINT_MEMORY_MB = env.whole_number("PRINT_MEMORY_MB", 1024)  # besides the renderer's own
TAKE_OVER_LOOKS_PER_DAY = env.whole_number("TAKE_OVER_LOOKS_PER_DAY", 20)  # by whole ID, a user
CERTIFICATE_NOTICE_DAYS = env.whole_number("CERTIFICATE_NOTICE_DAYS", 5)  # working days of 公示
CASE_YELLOW_DAYS = env.whole_number("CASE_YELLOW_DAYS", 1)  # working days left: the light is yellow
CASE_YELLOW_PERCENT = env.share("CASE_YELLOW_PERCENT", 20)  # or so much of the time
CASE_RISK_PERCENT = env.share("CASE_RISK_PERCENT", 80)  # so much of the time used: at risk
CASE_REOPEN_DAYS = env.whole_number("CASE_REOPEN_DAYS", 30)  # natural days after the reply
RATING_LINK_DAYS = env.whole_number("RATING_LINK_DAYS", 30)  # that a link rates its case
REDRESS_DAYS = env.whole_number("REDRESS_DAYS", 5)  # working days to make good a bad rating
SUPERVISION_REPLY_DAYS = env.whole_number("SUPERVISION_REPLY_DAYS", 2)  # working days to answer
SUPERVISION_STEP_DAYS = env.whole_number("SUPERVISION_STEP_DAYS", 3)  # then one level up
EXPORT_VALID_HOURS = env.whole_number("EXPORT_VALID_HOURS", 24)  # of an approval for full numbers
EXPORT_DOWNLOADS_MOST = env.whole_number("EXPORT_DOWNLOADS_MOST", 3)

# --- running ----------------------------------------------------------------------------------
METRICS_TOKEN = env.optional("METRICS_TOKEN")  # asked of /metrics/; without one nobody may read it

# --- audit ------------------------------------------------------------------------------------
# The head of the change log's chain; on a disk that the database cannot write.
AUDIT_HEAD_FILE = Path(
    env.optional("AUDIT_HEAD_FILE", str(BASE_DIR / "var" / "audit" / "heads.jsonl"))
)

# --- log --------------------------------------------------------------------------------------
LOG_FORMAT = env.one_of("LOG_FORMAT", "text", ("text", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "portal.logs.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "portal.running.json_lines.JsonFormatter"},
    },
    "filters": {"expected": {"()": "portal.logs.WithoutExpectedTracebacks"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_FORMAT == "json" else "line",
            "filters": ["expected"],
        }
    },
    "root": {"handlers": ["console"], "level": env.optional("LOG_LEVEL", "INFO")},
    "loggers": {
        # WeasyPrint's subsetting chatter, pikepdf's greeting and procrastinate's heartbeat are not news.
        "fontTools": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
        # A line for each request is for programs; people see those that failed or were slow.
        "portal.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
    },
}
