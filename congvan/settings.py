"""Settings of the portal: one file. What differs between machines comes from the environment (.env.example)."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.FileAwareEnv()
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))


def required(name: str, embedded: str) -> str:
    """The value of a variable that production has to set; with DEBUG on, the embedded default."""
    value: str = env.str(name, default="")
    if value or DEBUG:
        return value or embedded
    raise ImproperlyConfigured(f"{name} is not set. Set it in the environment or in .env (see .env.example).")


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY: str = env.str("SECRET_KEY", default="")
if len(SECRET_KEY) < 50 or "insecure" in SECRET_KEY or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured("SECRET_KEY is missing or unsafe: it needs at least 50 random characters.")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",") if host.strip()]
if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the portal's hosts; '*' would accept any.")
SITE_URL = required("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
BEHIND_TLS = env.bool("BEHIND_TLS", default=SITE_URL.startswith("https://"))
if not DEBUG and not SITE_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("SITE_URL must be the portal's full address, for example https://chidao.example.vn.")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "congvan.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "import_export",
    "agencies",
    "directives",
    "reports",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; static files come compressed from WhiteNoise
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "agencies.kept_posts.KeptPosts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "congvan.urls"
WSGI_APPLICATION = "congvan.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.l10n"],  # unlocalize: identifiers are not grouped
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agencies.navigation.navigation",
                "directives.views.inbox.bell",
                "congvan.settings.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data -----------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(required("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var/portal.sqlite3'}"))}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    (BASE_DIR / "var").mkdir(exist_ok=True)
    # IMMEDIATE takes the write lock at once, so a second writer waits (timeout, seconds) instead of failing half-way.
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var/media"))
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=20)
REPORT_DRAFT_DAYS = env.int("REPORT_DRAFT_DAYS", default=90)  # drafts of reports are kept so long; 0: for ever
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of form text; files are not counted
FILE_UPLOAD_PERMISSIONS = 0o640

# --- people ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=8) * 3600  # a working day; counted from sign-in
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")
SUPPORT_PHONE = env.str("SUPPORT_PHONE", default="")

# --- deadlines: what each Office decides for itself ------------------------------------------------------------------
BEFORE_IS_DAY_BEFORE = env.bool("BEFORE_IS_DAY_BEFORE", default=True)  # "trước ngày 30/6" ends on 29/6 (DOMAIN §3)
REPORT_WINDOWS = env.str("REPORT_WINDOWS", default="nd09")  # or "calendar": how periods of reports are counted
if REPORT_WINDOWS not in ("nd09", "calendar"):
    raise ImproperlyConfigured("REPORT_WINDOWS is nd09 or calendar.")
EXTENSION_AFTER_DUE = env.bool("EXTENSION_AFTER_DUE", default=False)  # may more time be asked for once the day is past

# --- language and time: one language, written in the templates; Django's own texts in Vietnamese ----------------------
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
NUMBER_GROUPING = 3  # 1.234; Django's Vietnamese formats leave it out

# --- files the browser fetches --------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build/staticfiles"
BUILT_STATIC = BASE_DIR / "build/static"  # filled by scripts/assets.py: the font
STATICFILES_DIRS = [BASE_DIR / "static", *([BUILT_STATIC] if BUILT_STATIC.is_dir() else [])]
HAS_FONTS = (BUILT_STATIC / "css/fonts.css").is_file()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- security -------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = "__Host-sessionid" if BEHIND_TLS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if BEHIND_TLS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True

# --- mail -----------------------------------------------------------------------------------------------------------
_mail = env.email_url_config(required("EMAIL_URL", "consolemail://"))
if _mail["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    _mail["EMAIL_BACKEND"] = "directives.smtp.EmailBackend"  # asks before the last byte (docs/decisions/0007)
vars().update(_mail)
EMAIL_TIMEOUT = 15  # seconds for each answer of the relay
MAIL_LOG = env.str("MAIL_LOG", default="")  # of the Postfix relay; empty: nobody can tell what it took
REMIND_AT_ANY_TIME = env.bool("REMIND_AT_ANY_TIME", default=DEBUG)  # else on working days, in office hours
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"khong-tra-loi@{urlsplit(SITE_URL).hostname}")

# --- to watch it ----------------------------------------------------------------------------------------------------
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # empty: /metrics answers this machine only

# --- Celery: only the clock; the rows are the queue (docs/decisions/0003) ---------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
BROKER_DIR = Path(env.path("BROKER_DIR", default=str(BASE_DIR / "var/broker")))
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost//"
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "visibility_timeout": 300,  # seconds; above the hard time limit, so a task in work is not delivered again
        "unacked_restore_interval": 5,  # with the throttle: what a killed worker held is delivered again in 10 s
        "unacked_restore_throttle": 1,
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "health_check_interval": 10,
        "max_retries": 0,  # of a publisher: a page waits for one time-out, not for three
    }
else:
    CELERY_BROKER_TRANSPORT = "congvan.broker:Transport"
    CELERY_WORKER_POOL = "congvan.pool:TaskPool"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.2,  # seconds between two looks into the folder
    }
    for _folder in ("queue", "control"):
        (BROKER_DIR / _folder).mkdir(parents=True, exist_ok=True)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # a person waits: a broker that is away only delays, the tick finds the row
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_RETRY_ON_WORKER_LOST = True  # three times at most; "reject" would let a poisonous task loop for ever
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10  # seconds to finish in, even when told to stop at once
CELERY_WORKER_ENABLE_REMOTE_CONTROL = bool(REDIS_URL)  # in a folder its questions would only pile up
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

# --- logs -----------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # These two tell of every page and every table of a font.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "weasyprint.progress", "fontTools")},
}


def site(request: object) -> dict[str, object]:
    """Context of every page: what the templates need to know of these settings."""
    return {"has_fonts": HAS_FONTS, "support_phone": SUPPORT_PHONE, "upload_max_mb": UPLOAD_MAX_MB}
