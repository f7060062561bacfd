"""The reference for enrolling, in a project that `django-admin startproject` has just made: on the site's database."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from cms.settings import env
from tests.benchmarks.new_project import new_project

settings.configure(
    **new_project(urls="tests.benchmarks.bare_seats", database=env.database("DATABASE_URL", ""))
)
application = get_wsgi_application()
