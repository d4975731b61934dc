"""The one settings file. What differs from machine to machine comes from `env.py`."""

from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from pendopo.config.connections import Role, connection_options, connection_parameters
from pendopo.config.env import env
from pendopo.config.logs import LOGGING_CONFIGURATION, configure_logs
from pendopo.config.mail import mailer

CHECKOUT = Path(__file__).resolve().parents[2]

SECRET_KEY = env.secret_key
# Wraps the keys of malls; the one before it opens them until `pendopo keys rewrap` is through.
MASTER_KEY = env.master_key
MASTER_KEY_BEFORE = env.master_key_before
# The seal's key in a PKCS#11 token; without it each mall's own, sealed in the database.
SIGNING_TOKEN = env.signing_token
# The e-Sign services of BSrE (`documents.types.Partner`); without one, malls sign by themselves, for trials.
BSRE = env.bsre
# Looks through the files that people give; without one they wait.
CLAMD = env.clamd
DEBUG = env.debug
# In a hall every kiosk and TV calls the PC by its address: names are checked where the LAN ends, by the operator.
ALLOWED_HOSTS = list(env.hosts)

INSTALLED_APPS = [
    # First, so that our templates for signing in win over those of allauth.
    "pendopo.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_linear_migrations",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "ninja",
    "pendopo.kernel",
    "pendopo.tenancy",
    "pendopo.audit",
    "pendopo.people",
    "pendopo.worktime",
    "pendopo.agencies",
    "pendopo.documents",
    "pendopo.notifications",
    "pendopo.catalogue",
    "pendopo.payments",
    "pendopo.queues",
    "pendopo.surveys",
    "pendopo.inspections",
    "pendopo.applications",
    "pendopo.readiness",
    "pendopo.indicators",
    "pendopo.meetings",
    "pendopo.performance",
    "pendopo.innovations",
    "pendopo.portal",
    "pendopo.demo",
]

MIDDLEWARE = [
    "pendopo.config.middleware.Frame",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "pendopo.config.middleware.Hearing",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pendopo.config.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pendopo.config.seeing.Seen",
    "pendopo.config.middleware.Door",
]

# What the API's operations need of these: they know whoever asks by a token alone, and answer JSON.
API_MIDDLEWARE = [
    "pendopo.config.middleware.Frame",
    "django.middleware.security.SecurityMiddleware",
    "pendopo.config.middleware.Door",
]

ROOT_URLCONF = "pendopo.config.urls"
WSGI_APPLICATION = "pendopo.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pendopo.config.context.place",
            ],
        },
    }
]
FORM_RENDERER = "pendopo.kernel.forms.Renderer"


def _database(role: Role, options: str, *, keep: int | None) -> dict[str, object]:
    where: dict[str, object] = {**connection_parameters(env, role)}
    return where | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": keep,
        "OPTIONS": {"application_name": f"pendopo {role}", "options": options} | connection_options(env, role),
    }


DATABASES = {
    # Two roles, one database. The suite, web, live and worker are `app`; `owner` migrates, fills back and exports.
    # Django prepares nothing, so the plan mode is for our SQL functions alone: without it PostgreSQL plans their joins
    # anew at each ticket.
    "default": _database(
        "app",
        "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
        " -c plan_cache_mode=force_generic_plan",
        keep=None,
    ),
    # Migrations never wait long for a lock that the hall holds (PyPI's Warehouse and GOV.UK Notify do the same).
    "owner": _database("owner", "-c lock_timeout=5000 -c statement_timeout=600000", keep=0),
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "pendopo.config.accounts.Adapter"
ACCOUNT_FORMS = {
    "login": "pendopo.config.accounts.LoginForm",
    "reset_password_from_key": "pendopo.config.accounts.FirstPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# A page a little longer than our own, so that allauth never asks where we did not.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 660
MFA_ADAPTER = "pendopo.config.second_factors.Adapter"
MFA_FORMS = {
    "add_webauthn": "pendopo.people.forms.passkeys.AddKeyForm",
    "authenticate_webauthn": "pendopo.people.forms.passkeys.AuthenticateKeyForm",
    "reauthenticate_webauthn": "pendopo.people.forms.passkeys.ReauthenticateKeyForm",
    "login_webauthn": "pendopo.people.forms.passkeys.LoginKeyForm",
    "authenticate": "pendopo.people.forms.second.SecondForm",
    "activate_totp": "pendopo.people.forms.second.ActivateAppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Half a minute of a clock that goes wrong, either way.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Of how many servers in front of us the list of callers is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.behind_proxy)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("English"))]
LOCALE_PATHS = [CHECKOUT / "pendopo" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = env.data / "static"
MEDIA_ROOT = env.data / "files"
# Made by the voice, and made again when they are lost: no part of a backup.
CLIPS_ROOT = env.data / "clips"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "pendopo.config.static_files.KnownStaticFiles"},
}
WHITENOISE_MAX_AGE = 3600

SESSION_ENGINE = "pendopo.config.sealed_sessions"
# Only allauth asks it: limits of sign-in, and codes of an app that were used.
CACHES = {"default": {"BACKEND": "pendopo.config.remembering.Remembering"}}
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = env.tls
CSRF_COOKIE_SECURE = env.tls
SECURE_HSTS_SECONDS = 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.tls else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# `connect-src` is completed with the one origin of `live` by the middleware, which knows the request's host.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# Where the pages are, for `live`, which lets nobody else's page hear it; with a LIVE_ORIGIN they are on ALLOWED_HOSTS.
PAGE_PORT = env.port
LIVE_ORIGIN = env.live_origin

# Without a server nothing is mailed: a page shows what has to be handed over, and no log keeps it.
MAILERS = {"default": mailer(env.mail)}
MAIL_IS_SENT = env.mail is not None
DEFAULT_FROM_EMAIL = env.mail_from
# Who carries WhatsApp messages and SMS, for the installation or for one mall.
CHANNELS = env.channels
PROCRASTINATE_IMPORT_PATHS = ["pendopo.config.jobs"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING_CONFIG = None
LOGGING = LOGGING_CONFIGURATION
configure_logs()
