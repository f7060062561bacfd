from django.utils import timezone
from wagtail.management.commands import publish_scheduled

from cms.services.publishing import publish_due


class Command(publish_scheduled.Command):
    """Wagtail's command of this name, but one page that cannot go on line does not stop the others."""

    help = "到了时间的页面，该上线的上线，该下线的下线。"

    def handle(self, *args, **options):
        if options["dryrun"]:
            super().handle(*args, **options)
        else:
            publish_due(now=timezone.now())
