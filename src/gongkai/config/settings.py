"""Settings of one installation, all from the environment; ``docs/operate/settings.md`` lists them.

Nothing here needs a file to be written by hand: with no variable set it is the demo on SQLite in ``var/``.
"""

from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from gongkai.config import environment as env

DATA_DIR = Path(env.text("GONGKAI_DATA", "var")).resolve()
PRODUCTION = env.flag("GONGKAI_PRODUCTION")
DEBUG = env.flag("GONGKAI_DEBUG")
SECRET_KEY = env.secret("GONGKAI_SECRET_KEY", DATA_DIR / "secret.key")
# Wraps the per-person keys under which personal data is sealed; apart from SECRET_KEY so that either can be rotated.
GONGKAI_MASTER_KEY = env.secret("GONGKAI_MASTER_KEY", DATA_DIR / "master.key")
# Keys that still open what they wrapped, until `gongkai keys rotate` has wrapped it under the present one.
GONGKAI_OLD_MASTER_KEYS = env.text("GONGKAI_OLD_MASTER_KEYS").split()
GONGKAI_CIPHERS = env.choice("GONGKAI_CIPHERS", ("aes", "sm4"))
GONGKAI_CITY_HOST = env.text("GONGKAI_CITY_HOST", "localhost")
GONGKAI_REQUIRE_TOTP = env.flag("GONGKAI_REQUIRE_TOTP", PRODUCTION)
# Prepared pages carry whole addresses: the port under which the public reaches the sites (none: the scheme's own).
GONGKAI_PUBLIC_PORT = env.text("GONGKAI_PUBLIC_PORT")
GONGKAI_PREPARED_PAGES = env.flag("GONGKAI_PREPARED_PAGES", True)
GONGKAI_PAGES_MAX_BYTES = env.whole_number("GONGKAI_PAGES_MAX_MB", 20_000) * 1024 * 1024
ALLOWED_HOSTS = env.words("GONGKAI_HOSTS", ("localhost", ".localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.words("GONGKAI_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_prose_editor",
    "js_asset",
    "axes",
    "gongkai.ledger",
    "gongkai.pages",
    "gongkai.interfaces",
    "gongkai.agencies",
    "gongkai.telling",
    "gongkai.catalog",
    "gongkai.publishing",
    "gongkai.applications",
    "gongkai.search",
    "gongkai.oversight",
    "gongkai.ui",
    "gongkai.config",
    "gongkai.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.pages.middleware.KeepingMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongkai.catalog.portal.mirror.MirrorMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongkai.agencies.sites.SiteMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "gongkai.agencies.sites.site_context",
                "gongkai.agencies.navigation.desk_context",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'gongkai.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Deferred transactions lose most concurrent writes to "database is locked"; NORMAL may lose the last commits
    # on power loss, and a receipt that was shown must not be lost.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
# Of each web process. A limit that is forgotten because many others ask meanwhile would be none: Django keeps 300
# entries unless told otherwise. The rail's numbers (agencies.navigation) push nothing out, having a place of their own.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": entries},
    }
    for name, entries in (("default", 100_000), ("rail", 2_000))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/desk/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "gongkai.agencies.signin.locked_out"
AXES_ENABLE_ADMIN = False
OTP_TOTP_ISSUER = "Gongkai"

SESSION_COOKIE_AGE = env.whole_number("GONGKAI_SESSION_HOURS", 10) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION and not env.flag("GONGKAI_BEHIND_PLAIN_PROXY")
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        # The rich-text editor positions its menus through style attributes; scripts stay under nonce.
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATETIME_FORMAT = "Y-m-d H:i"
DATE_FORMAT = "Y-m-d"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Served straight from the packages: nothing to collect before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = "/media-is-never-served/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "gongkai.interfaces.uploads.spooling.SealedUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
GONGKAI_UPLOAD_MAX_BYTES = env.whole_number("GONGKAI_UPLOAD_MAX_MB", 100) * 1024 * 1024

# LibreOffice, which prints Office files to PDF before they are redacted; "" takes what is on the path.
GONGKAI_SOFFICE = env.text("GONGKAI_SOFFICE")

# How many years after its end a case keeps its people; then their data is erased, what statistics count stays 【忆】.
GONGKAI_APPLICATION_YEARS = env.whole_number("GONGKAI_APPLICATION_YEARS", 10)

# What the public sends: one file, what one address has waiting here, what all have.
GONGKAI_PUBLIC_UPLOAD_MAX_BYTES = env.whole_number("GONGKAI_PUBLIC_UPLOAD_MAX_MB", 200) * 1024 * 1024
GONGKAI_UPLOADS_PER_ADDRESS_BYTES = env.whole_number("GONGKAI_UPLOADS_PER_ADDRESS_MB", 1_000) * 1024 * 1024
GONGKAI_UPLOADS_MAX_BYTES = env.whole_number("GONGKAI_UPLOADS_MAX_MB", 20_000) * 1024 * 1024
GONGKAI_CLAMD = env.scanner("GONGKAI_CLAMD")
GONGKAI_CAPTCHA_BITS = min(env.whole_number("GONGKAI_CAPTCHA_BITS", 16), 28)  # more keeps a telephone busy for minutes

# Requests of one address, and of one token, within a minute.
GONGKAI_API_PER_MINUTE = env.whole_number("GONGKAI_API_PER_MINUTE", 240)
GONGKAI_API_TOKEN_PER_MINUTE = env.whole_number("GONGKAI_API_TOKEN_PER_MINUTE", 120)
# Networks behind the wall that messages may be posted to; else only addresses of the public net.
GONGKAI_CALLBACK_NETWORKS = env.networks("GONGKAI_CALLBACK_NETWORKS")
GONGKAI_PROXIES = env.whole_number("GONGKAI_PROXIES", 0)

# 统一身份认证 of applicants (OpenID Connect); empty: there is none, and nobody needs an account either way.
GONGKAI_OIDC_ISSUER = env.text("GONGKAI_OIDC_ISSUER")
GONGKAI_OIDC_CLIENT_ID = env.text("GONGKAI_OIDC_CLIENT_ID")
GONGKAI_OIDC_CLIENT_SECRET = env.text("GONGKAI_OIDC_CLIENT_SECRET")
GONGKAI_OIDC_SCOPE = env.text("GONGKAI_OIDC_SCOPE", "openid profile")
GONGKAI_OIDC_NAME_CLAIM = env.text("GONGKAI_OIDC_NAME_CLAIM", "name")
GONGKAI_OIDC_NUMBER_CLAIM = env.text("GONGKAI_OIDC_NUMBER_CLAIM")
GONGKAI_OIDC_LABEL = env.text("GONGKAI_OIDC_LABEL", "统一身份认证")

# Telling people: without a mail server or a provider of short messages everything is written to files below DATA_DIR.
GONGKAI_MAIL_HOST = EMAIL_HOST = env.text("GONGKAI_MAIL_HOST")
EMAIL_PORT = env.whole_number("GONGKAI_MAIL_PORT", 465)
EMAIL_HOST_USER = env.text("GONGKAI_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("GONGKAI_MAIL_PASSWORD")
_MAIL_TLS = env.choice("GONGKAI_MAIL_TLS", ("ssl", "starttls", "none"))
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL_TLS == "ssl", _MAIL_TLS == "starttls"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("GONGKAI_MAIL_FROM", f"zwgk@{GONGKAI_CITY_HOST}")
GONGKAI_BOUNCES = env.text("GONGKAI_BOUNCES")
GONGKAI_BOUNCES_USER = env.text("GONGKAI_BOUNCES_USER")
GONGKAI_BOUNCES_PASSWORD = env.text("GONGKAI_BOUNCES_PASSWORD")
GONGKAI_SMS_PROVIDER = env.choice("GONGKAI_SMS_PROVIDER", ("", "aliyun"))
GONGKAI_SMS_KEY_ID = env.text("GONGKAI_SMS_KEY_ID")
GONGKAI_SMS_KEY_SECRET = env.text("GONGKAI_SMS_KEY_SECRET")
GONGKAI_SMS_ENDPOINT = env.text("GONGKAI_SMS_ENDPOINT", "https://dysmsapi.aliyuncs.com")
GONGKAI_WARNINGS_HOUR = env.hour("GONGKAI_WARNINGS_HOUR", 8)

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gongkai": {"level": env.text("GONGKAI_LOG_LEVEL", "INFO")}, "axes": {"level": "WARNING"}},
}
