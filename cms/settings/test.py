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
# Nothing is collected in a test run: the finders give the files, and an empty folder would only be warned about.
STATIC_ROOT = None
MEDIA_ROOT = env.text("TEST_MEDIA_ROOT", VAR_DIR / "test-media")
WHITENOISE_USE_FINDERS = True
# Looks a file up when it is asked for, instead of listing the admin's thousand files for every test client.
WHITENOISE_AUTOREFRESH = True
LOGGING = logging_for("ERROR", as_json=False)
