from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.services.purging import purge_expired


class Command(BaseCommand):
    """Does away with personal data whose time is up; the jobs do the same by themselves."""

    help = "到期的个人信息清掉，次数和人数留着。可以重复跑。"

    def handle(self, *args, **options):
        for what, number in purge_expired(now=timezone.now()).items():
            self.stdout.write(f"{what}：{number}")
