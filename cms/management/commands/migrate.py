from django.core.management.commands.migrate import Command as Migrate

from cms.management.rewording import wording_ignored


class Command(Migrate):
    """Django's own, but it does not report a reworded label as a missing migration."""

    def handle(self, *args, **options):
        with wording_ignored():
            return super().handle(*args, **options)
