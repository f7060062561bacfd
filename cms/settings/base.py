"""What holds everywhere. Each other file here says only what its place changes."""

from datetime import timedelta
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
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
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
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.middleware.IdleMiddleware",
    "cms.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.middleware.RefusalMiddleware",
    "cms.middleware.BusyMiddleware",
    # The last: it answers in place of the log-in page once somebody is locked out.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
AUTH_USER_MODEL = "cms.User"
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
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)

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
# Staff have no e-mail here: who opened the account prints a new log-in slip.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
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
# What the number on a voucher (报名凭证) is made with; it is kept nowhere. Changing it gives everybody another number.
VOUCHER_KEY = env.text("VOUCHER_KEY", "dev-only-voucher-key")
# What each line of the roll is proved with: a row altered in the database itself is found out.
ATTENDANCE_KEY = env.text("ATTENDANCE_KEY", "dev-only-attendance-key")
# From how many hundredths on something counts as a 人次 (left early; live on line; steps of a recorded lesson).
COUNTING = {
    "left_early": env.number("COUNTS_LEFT_EARLY_PERCENT", 50),
    "live": env.number("COUNTS_LIVE_PERCENT", 60),
    "self_study": env.number("COUNTS_SELF_STUDY_PERCENT", 80),
}
# For how many days at least a recorded session can be studied, its own day the first; never less than the class lasts.
STUDY_DAYS = env.at_least("STUDY_DAYS", 1, default=14)
# How many hours after midnight what was put down on a day is sealed.
SEAL_GRACE_HOURS = env.number("SEAL_GRACE_HOURS", 12)
# How many hours somebody from the waiting list has to answer; never past the next session's start.
OFFER_HOURS = env.number("OFFER_HOURS", 24)
# How short messages leave the house: "" not at all, so that everybody is rung up; "console", "file", or the dotted path
# of an adapter (docs/operations.md). "file" puts them into this folder, with whole numbers: never below media/.
MESSAGES_ADAPTER = env.text("MESSAGES_ADAPTER", "")
MESSAGES_FOLDER = Path(env.text("MESSAGES_FOLDER", VAR_DIR / "messages"))
# Photos of signed sheets (签到表): names and signatures are on them, so never below media/. All nodes share the folder.
EVIDENCE_FOLDER = Path(env.text("EVIDENCE_FOLDER", VAR_DIR / "evidence"))
# What one address may do in ten minutes : a class of thirty behind one address is served.
ENROLMENTS_PER_ADDRESS = env.number("ENROLMENTS_PER_ADDRESS", 60)
VOUCHER_GUESSES_PER_ADDRESS = env.number("VOUCHER_GUESSES_PER_ADDRESS", 15)
# Wrong digits at the door of one session in ten minutes, from all addresses together.
CHECK_IN_GUESSES_PER_SESSION = env.number("CHECK_IN_GUESSES_PER_SESSION", 60)

# How many days it is kept (docs/个人信息.md): a learner after they were last seen, somebody who taught after they left,
# a photo of a signed sheet after its session, who did what (the law asks for six months; under a year is refused at
# start, and by the table itself).
LEARNER_KEPT_DAYS = env.number("LEARNER_KEPT_DAYS", 540)
PERSON_KEPT_DAYS = env.number("PERSON_KEPT_DAYS", 365)
EVIDENCE_KEPT_DAYS = env.number("EVIDENCE_KEPT_DAYS", 540)
AUDIT_KEPT_DAYS = env.at_least("AUDIT_KEPT_DAYS", 365, default=1095)

PASSWORD_VALIDATOR = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": PASSWORD_VALIDATOR + "UserAttributeSimilarityValidator"},
    {"NAME": "cms.services.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": PASSWORD_VALIDATOR + "CommonPasswordValidator"},
    {"NAME": PASSWORD_VALIDATOR + "NumericPasswordValidator"},
    # Refuses nothing: it puts down that a password was set, whichever way.
    {"NAME": "cms.services.passwords.PutDown"},
]
AUTHENTICATION_BACKENDS = ["cms.services.log_ins.LogInGuard", "cms.services.one_look.OneLookBackend"]
# A link on a log-in slip is good for so long.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60

# The seventh wrong password for one name from one address locks that pair, for half an hour from the last one that
# was looked at: never for good, and nobody can lock others out from elsewhere.
AXES_FAILURE_LIMIT = 7
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "cms.services.log_ins.client_address"
AXES_USERNAME_CALLABLE = "cms.services.log_ins.hidden_name"
AXES_LOCKOUT_CALLABLE = "cms.views.admin.log_in.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "next"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# Managers and administrators give a code from their telephone after the password.
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED")
OTP_TOTP_ISSUER = "随申学堂"
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A session that nobody used for so long ends.
IDLE_MINUTES = 30
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
