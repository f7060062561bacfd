from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.errors import ContentError
from cms.services.demo import load_demo, load_history


class Command(BaseCommand):
    """Loads the first edition and the demo log-ins; the second time there is nothing left to do."""

    help = "装入第一版内容和演示账号（只在开发环境）。已经有的内容不动。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--attendances",
            type=int,
            default=0,
            metavar="N",
            help="另外造一段有 N 行签到的历史，标明是演示；已经有的不再造",
        )

    def handle(self, *args, **options):
        call_command("seed")
        try:
            changes = load_demo()
            if options["attendances"]:
                changes += load_history(options["attendances"])
        except ContentError as error:
            raise CommandError(str(error)) from None
        for change in changes:
            self.stdout.write(change)
        self.stdout.write(f"演示内容就绪，改动 {len(changes)} 处。")
