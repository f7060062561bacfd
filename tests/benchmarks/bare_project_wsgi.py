"""The other reference: a bare view in a new project, with all that `django-admin startproject` puts around it."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tests.benchmarks.new_project import new_project

DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
settings.configure(**new_project(urls="tests.benchmarks.bare", database=DATABASE))
application = get_wsgi_application()
