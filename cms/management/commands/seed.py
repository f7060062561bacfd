from django.core.management.base import BaseCommand
from django.db import transaction

from cms.hooks import FIRST_ROWS, ask
from cms.services.jargon import ensure_jargon
from cms.services.roles import ensure_roles
from cms.services.site_tree import ensure_fixed_pages


class Command(BaseCommand):
    """Creates what the site cannot do without; run after every `migrate`, changes nothing the second time."""

    help = "建好首页、十个场景、两本手册的位置、几组人的权限、第一份黑话表，还有区、街镇和各区的学院。已经有的不动。"

    @transaction.atomic
    def handle(self, *args, **options):
        ensure_fixed_pages()
        ensure_roles()
        ensure_jargon()
        list(ask(FIRST_ROWS))
