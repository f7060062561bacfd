from django.core.management.commands.makemigrations import Command as Makemigrations

from cms.management.rewording import wording_ignored


class Command(Makemigrations):
    """Django's own, but a reworded label is no change of the database."""

    def handle(self, *args, **options):
        with wording_ignored():
            return super().handle(*args, **options)
