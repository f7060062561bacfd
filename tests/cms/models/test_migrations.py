"""Migrations go forward and back, and agree with the models."""

import os
import subprocess
import sys

from tests.architecture.sources import ROOT

# Wagtail's own migrations cannot be undone, and those of cms.0001 (the account) stand below them.
THERE_AND_BACK = """
import django; django.setup()
from django.core.management import call_command
from wagtail.models import Page
for step in [(), ("courses", "zero"), ("handbook", "zero"), ("cms", "0001"), ()]:
    call_command("migrate", *step, verbosity=0)
call_command("seed"); call_command("seed")
print(Page.objects.count())
"""


def test_our_migrations_can_be_undone_and_done_again(tmp_path):
    """On a database of its own: what migrations do to the tables would show in other tests."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'scratch.sqlite3'}",
    }
    command = [sys.executable, "-c", THERE_AND_BACK]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # Root, home, scenario index, ten scenarios, course index, two books.
    assert done.stdout.split() == ["16"]
