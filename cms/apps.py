from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    """The ground floor: the site's pages, steps, drawn screens and content packages."""

    name = "cms"
    verbose_name = "内容"

    def ready(self):
        from cms.page_cache import watch
        from cms.signals import connect

        connect()
        watch()
        post_migrate.connect(make_triggers, sender=self)


def make_triggers(sender, **kwargs):
    """After every `migrate`: a table written anew has lost its triggers."""
    from cms.services.insert_only import ensure_triggers

    ensure_triggers(connections[kwargs["using"]])
