from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from courses.services.personal_data import as_markdown

PAGE = Path("docs") / "个人信息.md"


class Command(BaseCommand):
    """Writes the table of personal data anew, after it was changed in the code."""

    help = "重新生成个人信息的表（docs/个人信息.md）。"

    def handle(self, *args, **options):
        (settings.BASE_DIR / PAGE).write_text(as_markdown(), encoding="utf-8")
        self.stdout.write(f"已写好 {PAGE}")
