"""What development and production settings promise, read in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT
from tests.architecture.test_settings import PRODUCTION

PROGRAM = """
import json, django
from django.conf import settings
names = ("DEBUG DEMO_LOGINS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_NAME CSRF_COOKIE_NAME "
         "SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS ALLOWED_HOSTS "
         "CSRF_TRUSTED_ORIGINS LANGUAGE_CODE TIME_ZONE DATA_UPLOAD_MAX_MEMORY_SIZE").split()
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def settings_of(environment: dict[str, str]) -> dict:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-c", PROGRAM]
    environment = inherited | environment
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def production() -> dict:
    return settings_of(PRODUCTION)


def test_production_has_no_demo_log_ins_and_no_debugging(production):
    assert not production["DEBUG"]
    assert not production["DEMO_LOGINS"]


def test_productions_cookies_stay_with_us(production):
    assert production["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert production["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert production["SESSION_COOKIE_SECURE"] is production["CSRF_COOKIE_SECURE"] is True
    assert production["SESSION_COOKIE_HTTPONLY"] is True
    assert production["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_production_speaks_only_https(production):
    assert production["SECURE_SSL_REDIRECT"] is True
    assert production["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert production["CSRF_TRUSTED_ORIGINS"] == [PRODUCTION["PUBLIC_URL"]]
    assert production["ALLOWED_HOSTS"] == [PRODUCTION["ALLOWED_HOSTS"]]


def test_everything_is_in_shanghai_and_chinese(production):
    assert (production["LANGUAGE_CODE"], production["TIME_ZONE"]) == ("zh-hans", "Asia/Shanghai")


def test_development_has_demo_log_ins_on_this_machine_only():
    development = settings_of({"DJANGO_SETTINGS_MODULE": "cms.settings.dev"})
    assert development["DEMO_LOGINS"]
    assert not development["DEBUG"]
    assert set(development["ALLOWED_HOSTS"]) == {"localhost", "127.0.0.1", "[::1]"}


@pytest.mark.django_db
def test_demo_content_is_refused_where_there_are_no_demo_log_ins(settings):
    from django.core.management import CommandError, call_command

    from cms.models import User

    settings.DEMO_LOGINS = False
    with pytest.raises(CommandError, match="只在开发环境"):
        call_command("seed_demo")
    assert not User.objects.exists()
