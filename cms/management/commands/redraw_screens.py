from django.core.management.base import BaseCommand
from wagtail.models import Page

from cms.models import DrawnScreen, SharedStep
from cms.services.drawings import draw_all_phones
from cms.services.reading import screen_texts
from cms.services.steps import steps_in


class Command(BaseCommand):
    """Draws what is on line with the drawing code of today; run after an upgrade, so that no reader waits for it."""

    help = "升级以后，把在线页面的屏幕重新画一遍。画好的不再画。"

    def handle(self, *args, **options):
        before = DrawnScreen.objects.count()
        for step in SharedStep.objects.filter(live=True).iterator():
            draw_all_phones(set(screen_texts(steps_in(step))))
        for page in Page.objects.live().specific().iterator():
            draw_all_phones(set(screen_texts(steps_in(page))))
        self.stdout.write(f"新画了 {DrawnScreen.objects.count() - before} 张。")
