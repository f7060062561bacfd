"""The settings of a new project, as `django-admin startproject` writes them: what people mean by a bare Django view."""

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
SETTINGS = {
    "SECRET_KEY": "bare",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["127.0.0.1"],
    "INSTALLED_APPS": [
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
    ],
    "MIDDLEWARE": [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [],
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
        }
    ],
    "LANGUAGE_CODE": "en-us",
    "TIME_ZONE": "UTC",
    "USE_I18N": True,
    "USE_TZ": True,
    "STATIC_URL": "static/",
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
}
# What startproject writes of a database. It says nothing of how long a line to it is kept, so each request opens one.
DATABASE_KEYS = {"ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT"}


def new_project(*, urls: str, database: dict[str, object]) -> dict[str, object]:
    """Return the settings, except that it is no longer being debugged; ``database`` is the default one."""
    kept = {key: value for key, value in database.items() if key in DATABASE_KEYS}
    return {**SETTINGS, "ROOT_URLCONF": urls, "DATABASES": {"default": kept}}
