"""The test run: quick password hashing, static files unhashed, everything else as it is in production."""

from cms.settings import env
from cms.settings.base import *  # noqa: F403
from cms.settings.base import VAR_DIR
from cms.settings.logs import logging_for

DEBUG = False
DEMO_LOGINS = True
SECRET_KEY = "test-only-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PUBLIC_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = env.text("TEST_MEDIA_ROOT", VAR_DIR / "test-media")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
LOGGING = logging_for("ERROR", as_json=False)
