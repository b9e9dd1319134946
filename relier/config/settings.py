"""All settings, read from the environment. Nothing here needs editing by hand.

RELIER_MODE says how this copy is used:
  demo    invented people, one gesture to enter as any of them. Never with real data.
  office  one PC, loopback only, SQLite in the data folder of whoever runs it.
  served  behind HTTPS, for several people; refuses to start when something is unsafe.

docs/deployment.md lists every variable; `relier check` says what is missing.
"""

import os
import secrets
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from platformdirs import user_config_path, user_data_path

PACKAGE = Path(__file__).resolve().parent.parent

RELIER_MODE = os.environ.get("RELIER_MODE", "office")
if RELIER_MODE not in {"demo", "office", "served"}:
    raise ImproperlyConfigured("RELIER_MODE must be demo, office or served.")
SERVED = RELIER_MODE == "served"


def data_folder() -> Path:
    """Where this copy keeps its database and its key; made on first use, closed to others."""
    chosen = os.environ.get("RELIER_DATA")
    folder = Path(chosen) if chosen else user_data_path("relier", appauthor=False) / RELIER_MODE
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key() -> str:
    """The signing key: given in served mode, made once and kept beside the data elsewhere."""
    given = os.environ.get("RELIER_SECRET_KEY", "")
    if SERVED:
        if len(given) < 50 or len(set(given)) < 10:
            raise ImproperlyConfigured(
                "Served mode needs RELIER_SECRET_KEY, at least 50 characters drawn at random. "
                "Make one with: relier key"
            )
        return given
    if given:
        return given
    kept = DATA / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return kept.read_text(encoding="ascii")


def served_hosts() -> list[str]:
    """The names this copy answers to. `*` or `.be` would let anyone forge links: refused."""
    hosts = [host.strip() for host in os.environ.get("RELIER_HOSTS", "").split(",")]
    hosts = [host for host in hosts if host]
    if SERVED and (not hosts or any("*" in host or host.startswith(".") for host in hosts)):
        raise ImproperlyConfigured(
            "Served mode needs RELIER_HOSTS, the exact names it answers to, such as "
            "relier.example.be (several are separated by commas)."
        )
    return hosts or ["127.0.0.1", "localhost", "[::1]"]


def proxies() -> frozenset[str]:
    """The addresses of the proxies that stand before this copy, whose word is taken for the address
    of a visitor and for HTTPS: on the same machine, unless others are named. Elsewhere than in
    served mode nobody's."""
    given = os.environ.get("RELIER_PROXIES", "127.0.0.1,::1").split(",")
    try:
        known = frozenset(str(ip_address(one.strip())) for one in given if one.strip())
    except ValueError:
        raise ImproperlyConfigured(
            "RELIER_PROXIES is a list of addresses, such as 10.0.0.5,10.0.0.6."
        ) from None
    return known if SERVED else frozenset()


def keys_file() -> Path:
    """Where the keys are: outside the data folder, so that a copy of one is not a copy of both.
    Given in served mode; in the demonstration nothing is worth hiding, and it stays beside."""
    chosen = os.environ.get("RELIER_KEYS")
    if chosen:
        return Path(chosen)
    if SERVED:
        raise ImproperlyConfigured(
            "Served mode needs RELIER_KEYS, the path of the file of keys, on a disk that the "
            "backups of the database do not copy. Make it once with: relier keys new"
        )
    if RELIER_MODE == "demo":
        return DATA / "keys.json"
    if os.environ.get("RELIER_DATA"):
        return DATA.resolve().with_name(f"{DATA.resolve().name}.keys") / "keys.json"
    return user_config_path("relier", appauthor=False) / "keys.json"


# Whom to write to or call when a page cannot be used: shown on the page of accessibility.
CONTACT = os.environ.get("RELIER_CONTACT", "").strip()
DATA = data_folder()
# Read when it is first needed (relier.lib.keyring); made by `relier start` beside a new database.
KEYS_FILE = keys_file()
# The last line of each chain of the journal, out of reach of whoever reaches the database only.
ANCHOR = Path(os.environ.get("RELIER_ANCHOR") or KEYS_FILE.with_name("journal"))
# Backups, and the list of those erased since, which a restore asks for.
BACKUPS = Path(os.environ.get("RELIER_BACKUPS") or DATA / "backups")
SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = served_hosts()
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if SERVED else []

# --- rooms, from the front door down to the ground -----------------------------------------

INSTALLED_APPS = [
    "relier.config",
    "relier.desk",
    "relier.threads",
    "relier.support",
    "relier.training",
    "relier.deliberation",
    "relier.inquiry",
    "relier.resources",
    "relier.competences",
    "relier.people",
    "relier.paper",
    "relier.privacy",
    "relier.centres",
    "relier.accounts",
    "relier.journal",
    "relier.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "relier.config.middleware.Headers",
    "relier.config.middleware.VoicesApart",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "relier.centres.middleware.ActorMiddleware",
    "relier.accounts.middleware.Stays",
    "relier.centres.middleware.SecondFactorFirst",
    "relier.config.middleware.Language",
    "relier.config.middleware.SentAgainPage",
    "relier.config.middleware.CannotKeepPage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "relier.config.urls"
WSGI_APPLICATION = "relier.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "relier.config.context.everywhere",
            ],
        },
    },
]
FORM_RENDERER = "relier.ui.renderer.FormRenderer"

# --- database ------------------------------------------------------------------------------

NOT_A_DATABASE = "DATABASE_URL must be an address of SQLite or PostgreSQL."
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{(DATA / 'relier.sqlite3').as_posix()}")
try:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600)}
except ValueError:  # not repeated: the address may hold a password
    raise ImproperlyConfigured(NOT_A_DATABASE) from None
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at once: with DEFERRED, two people saving together end in
    # "database is locked". FULL: what the page confirmed survives a power cut.
    DATABASES["default"]["CONN_MAX_AGE"] = 0 if RELIER_MODE == "demo" else 600
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;"
            "PRAGMA mmap_size=33554432; PRAGMA secure_delete=ON;"
        ),
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    raise ImproperlyConfigured(NOT_A_DATABASE)
# The same engines, which write the lines of the journal last in a transaction.
DATABASES["default"]["ENGINE"] = DATABASES["default"]["ENGINE"].replace(
    "django.db.backends", "relier.journal.engines"
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Several workers share one count of sign-in attempts, so the cache is in the database there. A
# cache of 300 entries (the usual) would forget the counts as soon as an attacker fills it.
CACHES = {
    "default": {
        **(
            {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "shared_cache",
            }
            if SERVED
            else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        ),
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# --- people who sign in --------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# scrypt: 16 MB of memory per sign-in where Argon2 takes 100 (a small office PC must hold).
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "relier.accounts.validators.NotTooLong"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
ACCOUNT_ADAPTER = "relier.centres.sign_in.Adapter"
ACCOUNT_FORMS = {
    "login": "relier.accounts.forms.SignInForm",
    "change_password": "relier.accounts.forms.PasswordForm",
    "reauthenticate": "relier.accounts.forms.ConfirmForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "day"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# The second factor: an application's code, a passkey, or a recovery code printed beforehand.
MFA_ADAPTER = "relier.accounts.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Relier"
# One step of 30 seconds before and after: a hand that types slowly, a clock a little wrong
# (RFC 6238, 5.2). A code still opens once only: relier.accounts.forms.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no e-mail is ever sent
MFA_FORMS = {
    "authenticate": "relier.accounts.forms.CodeForm",
    "reauthenticate": "relier.accounts.forms.ConfirmByCodeForm",
    "activate_totp": "relier.accounts.forms.ApplicationForm",
    "add_webauthn": "relier.accounts.forms.NewPasskeyForm",
    "edit_webauthn": "relier.accounts.forms.PasskeyNameForm",
    "authenticate_webauthn": "relier.accounts.forms.PasskeyForm",
    "login_webauthn": "relier.accounts.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "relier.accounts.forms.ConfirmByPasskeyForm",
}

# How often one may try (docs/decisions/012-tries-and-doors.md). Sixty colleagues behind one
# address, all at once, stay far below what is allowed of an address.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    # Of a second factor, once the password is known.
    "login_failed": "10/300s/key,100/86400s/key",
    "reauthenticate": "20/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
# Wrong passwords: of one account from computers it never entered from, and of one address; of a
# computer from which this account has entered, a count of its own.
TRIES_OF_STRANGERS = "10/900s/key,50/86400s/key,100/300s/ip"
TRIES_OF_A_KNOWN_COMPUTER = "10/900s/key,100/86400s/key"
# Codes of slips, 59 bits each: no limit on all addresses together, which would let a stranger keep
# a newcomer out. A thousand addresses would need centuries.
TRIES_OF_SLIPS = "100/3600s/ip"
# Whose word is taken for the address of a visitor, which tries are counted by: the last one of
# X-Forwarded-For. The one place that says so: accounts/addresses.py and `relier start` read it.
TRUSTED_PROXIES = proxies()

# How long one stays. Quiet limits: OWASP Session Management Cheat Sheet (15 to 30 minutes for a
# low-risk application, 2 to 5 for a high-risk one); in all: a working day (NIST SP 800-63B-4,
# 2.2.3, asks 24 hours at most). After a quiet time Relier is locked, not closed: the password opens
# it again, and what was being typed comes back.
QUIET_ON_A_SHARED_COMPUTER = timedelta(minutes=15)
QUIET_ON_ONES_OWN = timedelta(minutes=30)
STAY_IN_ALL = timedelta(hours=10)
# Before a change of password, of second factor or of members: the password, if it is older.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# A printed slip opens for this time (an invitation, a new password, a lost telephone).
SLIP_LASTS = timedelta(days=7)

# The cookie ends with the browser; what it opens ends with the stay.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = int(STAY_IN_ALL.total_seconds())
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_NAME = "__Host-session" if SERVED else "relier_session"
SESSION_COOKIE_SECURE = SERVED
# Says that an account has entered from this browser once, and not which (accounts/computers.py).
COMPUTER_COOKIE_NAME = "__Host-computer" if SERVED else "relier_computer"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SERVED else "relier_csrf"
CSRF_COOKIE_SECURE = SERVED
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "relier.config.views.csrf_failure"

# A person's own page, opened with a card, often on a telephone that is shared: it ends after so
# many quiet minutes. Its cookie is not that of members: one browser never joins the two.
try:
    CARD_MINUTES = int(os.environ.get("RELIER_CARD_MINUTES", "5"))
except ValueError:
    raise ImproperlyConfigured("RELIER_CARD_MINUTES must be a whole number.") from None
CARD_COOKIE_NAME = "__Host-card" if SERVED else "relier_card"
# Of whoever answers a question with a card of nobody: it ends with the browser, or after six hours.
VOICE_COOKIE_NAME = "__Host-voice" if SERVED else "relier_voice"

# --- safety --------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURE_SSL_REDIRECT = SERVED
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED
SECURE_HSTS_PRELOAD = SERVED
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# A class of forty, photographed page by page; what is not asked for is dropped as it arrives.
DATA_UPLOAD_MAX_NUMBER_FILES = 300
FILE_UPLOAD_HANDLERS = ["relier.paper.uploads.InMemory"]

# --- reading beyond the team (docs/walls.md) ---------------------------------------------------

# How long a file opened with a reason stays open, and how long a sharing lasts unless said
# otherwise. No text sets them: a centre that has a rule of its own says it here.
ENTRY_HOURS = int(os.environ.get("RELIER_ENTRY_HOURS", "24"))
SHARING_DAYS = int(os.environ.get("RELIER_SHARING_DAYS", "30"))

# --- paper -------------------------------------------------------------------------------------

# Pages of a file that is read while someone waits: eight seconds, at 0.2 a page on a slow computer.
BALLOTS_AT_ONCE = int(os.environ.get("RELIER_BALLOTS_AT_ONCE", "40"))

# --- languages, days and hours -------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
# The person's own page speaks five more, for its own texts only.
LOCALE_PATHS = [PACKAGE / "desk" / "own" / "locale"]
LANGUAGE_COOKIE_NAME = "relier_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SERVED
LANGUAGE_COOKIE_HTTPONLY = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# --- files the browser asks for --------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False

# --- what is written on the terminal ----------------------------------------------------------

# Errors go to the terminal, without the data of a request: a traceback's text is for
# engineers, a person's words are not.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_words": {"()": "relier.config.logs.WithoutPeoplesWords"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "filters": ["no_words"]}},
    "loggers": {"django": {"handlers": ["terminal"], "level": "WARNING", "propagate": False}},
}
