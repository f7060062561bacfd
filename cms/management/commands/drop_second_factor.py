from django.core.management.base import BaseCommand, CommandError

from cms.models import User
from cms.services import second_factor


class Command(BaseCommand):
    """The last way back in: for the only manager there is, whose telephone and paper are both lost."""

    help = "忘掉一个人的动态码和备用码，下次登录重新设。"

    def add_arguments(self, parser):
        parser.add_argument("username", help="账号名")

    def handle(self, *args, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError("没有这个账号名。")
        second_factor.drop(user=user, by=None)
        self.stdout.write("取消了。下次登录，重新设动态码。")
