from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.blocks.catalogue import catalogue

PAGE = Path("docs") / "designers" / "内容块.md"


class Command(BaseCommand):
    """Writes the designers' catalogue of blocks anew, after a block was changed."""

    help = "重新生成给课程设计者的内容块目录（docs/designers/内容块.md）。"

    def handle(self, *args, **options):
        (settings.BASE_DIR / PAGE).write_text(catalogue(), encoding="utf-8")
        self.stdout.write(f"已写好 {PAGE}")
