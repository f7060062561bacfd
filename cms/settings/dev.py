"""`make run`: the whole system on one machine, with demo log-ins, reachable from this machine only.

DEBUG stays off so that a newcomer sees the pages readers see; `DEBUG=1 make run` turns it on.
"""

from cms.settings import env
from cms.settings.base import *  # noqa: F403
from cms.settings.base import STORAGES
from cms.settings.logs import logging_for

DEBUG = env.flag("DEBUG")
SECRET_KEY = "dev-only-" + "x" * 50
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.items("ALLOWED_HOSTS")]
DEMO_LOGINS = True
MESSAGES_ADAPTER = env.text("MESSAGES_ADAPTER", "console")
LOGGING = logging_for(env.text("LOG_LEVEL", "WARNING"), as_json=False)

if DEBUG:
    STORAGES = STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    WHITENOISE_USE_FINDERS = True
