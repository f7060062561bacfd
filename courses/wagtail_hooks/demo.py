"""The demo Shanghai that `seed_demo` fills the class desk with, and its log-ins."""

from wagtail import hooks

from cms.hooks import DEMO_EXTRAS, DEMO_HISTORY, DEMO_LOGINS
from courses.services.demo import KINDS, LOGINS
from courses.services.demo.history import add_history


@hooks.register(DEMO_LOGINS)
def class_logins():
    return LOGINS


for place, kind in enumerate(KINDS, start=1):
    hooks.register(DEMO_EXTRAS, kind, order=place * 10)

hooks.register(DEMO_HISTORY, add_history)
