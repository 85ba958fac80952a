"""Django settings. An office changes them by environment variables only; ``docs/reference/settings.md`` lists them."""

import os
from pathlib import Path

from xinqiao.project.database import database_settings
from xinqiao.project.home import files_dir, home_dir, keys_dir, secret
from xinqiao.project.oidc import providers

PACKAGE = Path(__file__).resolve().parent.parent

XINQIAO_HOME = home_dir()
KEYS_DIR = keys_dir(XINQIAO_HOME)
FILES_DIR = files_dir(XINQIAO_HOME)
FONTS_DIR = os.environ.get("XINQIAO_FONTS", "")
PUBLIC_URL = os.environ.get("XINQIAO_URL", "").rstrip("/")
OFFICE_NAME = os.environ.get("XINQIAO_OFFICE", "信桥")
DEBUG = os.environ.get("XINQIAO_DEBUG") == "1"
SECRET_KEY = secret("django-secret")
QUERY_PEPPER = secret("query-code")
ALLOWED_HOSTS = os.environ.get("XINQIAO_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("XINQIAO_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "django_htmx",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "xinqiao.record",
    "xinqiao.organs",
    "xinqiao.access",
    "xinqiao.documents",
    "xinqiao.notices",
    "xinqiao.matters",
    "xinqiao.reviews",
    "xinqiao.accounts",
    "xinqiao.components",
    "xinqiao.desk",
    "xinqiao.portal",
    "xinqiao.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xinqiao.project.middleware.ContentSecurityPolicyMiddleware",
    "xinqiao.project.middleware.CleanCookiesMiddleware",
    "xinqiao.api.middleware.ApiAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xinqiao.components.middleware.LanguageParameter",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "xinqiao.access.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "xinqiao.accounts.required.AccountInOrder",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "xinqiao.project.urls"
WSGI_APPLICATION = "xinqiao.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xinqiao.components.context.frame",
            ],
        },
    },
]

DATABASES, APP_DB_ROLE = database_settings(XINQIAO_HOME)
DATABASE_ROUTERS = ["xinqiao.project.database.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organs.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "xinqiao.desk.drafts.rescuing.csrf_failure"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk:home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "components/locked_out.html"
AXES_LOCKOUT_CALLABLE = "xinqiao.project.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # The history of an account is its own (``accounts.history``).
AXES_CLIENT_IP_CALLABLE = "xinqiao.accounts.whence.address_of"

ACCOUNT_ADAPTER = "xinqiao.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "xinqiao.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1
#: A browser lets nobody use passkeys on a page without HTTPS, but for the machine itself.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = os.environ.get("XINQIAO_HTTPS") != "1"
SOCIALACCOUNT_ADAPTER = "xinqiao.accounts.office_sign_in.OfficeAdapter"
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
SOCIALACCOUNT_LOGIN_ON_GET = True  # A form that ends elsewhere would break the content security policy.
OIDC_CLAIM = os.environ.get("XINQIAO_OIDC_CLAIM", "preferred_username")
SECOND_FACTOR_ROLES = frozenset(os.environ.get("XINQIAO_SECOND_FACTOR", "").replace(",", " ").split())

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = XINQIAO_HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(FILES_DIR)}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("XINQIAO_HTTPS") == "1"
SESSION_COOKIE_AGE = 8 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024  # A petition over the API carries its files in base64.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("XINQIAO_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("XINQIAO_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("XINQIAO_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("XINQIAO_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("XINQIAO_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("XINQIAO_MAIL_FROM", "xinqiao@localhost")

SCANNER_COMMAND = os.environ.get("XINQIAO_SCANNER", "")
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_FILES = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
