from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from cms.errors import ContentError
from cms.services.packages import export_package


class Command(BaseCommand):
    """Exports a module or a handbook as a content package."""

    help = "把一个课程模块或一本手册导出成内容包。"

    def add_arguments(self, parser):
        parser.add_argument("page", help="页面的地址，比如 courses/saoma 或 handbook")
        parser.add_argument("out", type=Path, help="写到哪里：一个新文件夹，或者以 .zip 结尾的文件")

    def handle(self, *args, page, out, **options):
        places = Page.objects.filter(depth__gt=2, url_path__endswith=f"/{page.strip('/')}/")
        # A lesson may have the address of a book as its last part: what stands higher is meant.
        found = places.order_by("depth").first()
        if found is None:
            raise CommandError(f"没有地址是“{page}”的页面。")
        try:
            export_package(found, out)
        except (ContentError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"已导出“{found.title}”到 {out}")
