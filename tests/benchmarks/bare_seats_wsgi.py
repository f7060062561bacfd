"""The harsher reference for enrolling: no middleware, the site's database as the site opens it."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from cms.settings import env

settings.configure(
    ROOT_URLCONF="tests.benchmarks.bare_seats",
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": env.database("DATABASE_URL", "")},
)
application = get_wsgi_application()
