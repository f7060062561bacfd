from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The ground floor: the site's pages, steps, drawn screens and content packages."""

    name = "cms"
    verbose_name = "内容"

    def ready(self):
        from cms.page_cache import watch
        from cms.signals import connect

        connect()
        watch()
