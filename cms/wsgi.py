"""The WSGI entry point; production sets DJANGO_SETTINGS_MODULE itself."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
site = get_wsgi_application()

# Only now: what follows reads the settings.
from cms.page_cache import in_front_of  # noqa: E402
from cms.services.display import COOKIE, Display  # noqa: E402

application = in_front_of(site, cookie=COOKIE, choices=Display.chosen)
