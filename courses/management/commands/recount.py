"""Makes every kept total anew from the roll, or with --check says where they and the roll do not agree."""

from django.core.management.base import BaseCommand, CommandError

from courses.services.counting.recount import check, recount
from courses.services.counting.seals import head


class Command(BaseCommand):
    help = "从签到重新算出所有合计；加 --check 只核对，有不一样的就以非零结束"

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="只核对，不改动")

    def handle(self, *args, **options):
        if not options["check"]:
            self.stdout.write(f"重新算好了：{recount()} 个合计。")
            return
        findings = check()
        for each in findings.differences:
            self.stderr.write(each)
        if findings:
            raise CommandError(f"有 {len(findings.differences)} 处不对。")
        newest = head()
        sealed = f"最新的封条：{newest.day} {newest.digest}" if newest else "还没有封条"
        self.stdout.write(f"合计、签到、封条、触发器都对得上。{sealed}。")
