from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cms.errors import PackageError
from cms.services.packages import import_package


class Command(BaseCommand):
    """Imports a content package; refuses a bad one with file, line and reason."""

    help = "导入一个内容包（文件夹或 zip）。--dry-run 只说会改什么，不改。"

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="内容包的文件夹或 zip 文件")
        parser.add_argument("--dry-run", action="store_true", help="只说会改什么，不改")

    def handle(self, *args, path, dry_run, **options):
        try:
            report = import_package(path, dry_run=dry_run)
        except PackageError as error:
            count = len(error.problems)
            raise CommandError(f"没有导入，有 {count} 处要改：\n{error}") from None
        for change in report.changes:
            self.stdout.write(change)
        if not report.changes:
            self.stdout.write("都已经有了，没有要改的。")
        elif dry_run:
            self.stdout.write("这是预览，什么也没有改。")
