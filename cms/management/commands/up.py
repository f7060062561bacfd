from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from cms.management.starting.ports import listening_address
from cms.management.starting.preparing import prepare
from cms.management.starting.serving import jobs_running, serve
from cms.services.demo import demo_logins

LOCAL = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    """`make run`: prepares what has changed, prints where to look and how to log in, and serves."""

    help = "准备好数据库、演示内容和静态文件，然后开站（make run 用的就是它）。"
    # Before the first migration there is nothing to check against.
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        try:
            host, port = listening_address()
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from None
        prepare(self.say)
        self.say_where(host, port)
        # The server forks: no process may inherit an open connection.
        connections.close_all()
        with jobs_running():
            serve(host, port)
        self.say("网站停了。")

    def say(self, line: str) -> None:
        # At once, also into a pipe or a log file.
        self.stdout.write(line)
        self.stdout.flush()

    def say_where(self, host: str, port: int) -> None:
        shown = host if host in LOCAL else "127.0.0.1"
        site = f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
        self.say(f"\n随申学堂：{site}\n后台：    {site}admin/\n演示账号：")
        for role, username, password in demo_logins():
            self.say(f"  {role}\t用户名 {username}\t密码 {password}")
        if host not in LOCAL:
            self.say("注意：现在别的机器也能打开，演示账号的密码是公开的。")
        self.say("按 Ctrl-C 停下。")
