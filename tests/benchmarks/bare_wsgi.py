"""The reference as a WSGI application, for the same server as the site's."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.configure(ROOT_URLCONF="tests.benchmarks.bare", SECRET_KEY="bare", ALLOWED_HOSTS=["127.0.0.1"])
application = get_wsgi_application()
