"""What holds everywhere. Each other file here says only what its place changes."""

from pathlib import Path

from cms.settings import env
from cms.settings.logs import logging_for

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("VAR_DIR", BASE_DIR / "var"))

INSTALLED_APPS = [
    "courses",
    "handbook",
    "cms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "cms.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.RequestGuardMiddleware",
    "cms.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
AUTH_USER_MODEL = "cms.User"
AUTHENTICATION_BACKENDS = ["cms.services.one_look.OneLookBackend"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL")}

# Room for drawn pages, in each server process; 0 switches the page cache off.
PAGE_CACHE_MB = env.number("PAGE_CACHE_MB", 64)

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
# Supplements Wagtail's Chinese; named here because scripts' catalogues look nowhere else.
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]

# The address paper carries: QR codes and short addresses are made from it.
PUBLIC_URL = env.text("PUBLIC_URL", f"http://127.0.0.1:{env.number('PORT', 8000)}").rstrip("/")

# How many proxies of ours stand in front; the last of X-Forwarded-For are theirs, anything before is hearsay.
TRUSTED_PROXIES = 0

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "cms.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"
# Production leaves uploads to nginx (deploy/nginx.conf).
SERVE_UPLOADS = True

WAGTAIL_SITE_NAME = "随申学堂"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_USER_LOGIN_FORM = "cms.forms.StaffLoginForm"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Neither of these may call a foreign server from a staff member's browser.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.backend"}}
WAGTAILIMAGES_IMAGE_MODEL = "cms.ContentImage"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 5 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "cms.ContentDocument"
WAGTAILDOCS_EXTENSIONS = ["mp3", "m4a", "pdf", "docx", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES = [("zh-hans", "简体中文")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
TAGGIT_CASE_INSENSITIVE = True

# A lesson of 12 steps in three variants posts about 600 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# No form of the site needs more; uploads are streamed and not counted here.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Telephone numbers of learners and of people who help: the first key encrypts, every one decrypts.
PERSONAL_DATA_KEYS = env.items("PERSONAL_DATA_KEYS", "dev-only-personal-data-key")
# What they are found by. Changing it makes every learner a stranger: see docs/operations.md.
PERSONAL_HASH_KEY = env.text("PERSONAL_HASH_KEY", "dev-only-personal-hash-key")
# How many days it is kept (docs/个人信息.md): a learner after they were last seen, somebody who taught after they left,
# who did what (never under a year: the database refuses).
LEARNER_KEPT_DAYS = env.number("LEARNER_KEPT_DAYS", 540)
PERSON_KEPT_DAYS = env.number("PERSON_KEPT_DAYS", 365)
AUDIT_KEPT_DAYS = env.number("AUDIT_KEPT_DAYS", 1095)

PASSWORD_VALIDATOR = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": PASSWORD_VALIDATOR + "UserAttributeSimilarityValidator"},
    {"NAME": PASSWORD_VALIDATOR + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": PASSWORD_VALIDATOR + "CommonPasswordValidator"},
    {"NAME": PASSWORD_VALIDATOR + "NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.views.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# Wagtail lifts this for its own previews, which are addresses of the staff area.
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = logging_for(env.text("LOG_LEVEL", "INFO"), as_json=True)
