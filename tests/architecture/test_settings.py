"""Production's settings are as strict as Django asks, and no model is ahead of its migrations."""

import os
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "PERSONAL_DATA_KEYS": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYA",
    "PERSONAL_HASH_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYB",
    "VOUCHER_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYC",
    "ATTENDANCE_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYD",
    "ALLOWED_HOSTS": "suishen.example.org",
    "PUBLIC_URL": "https://suishen.example.org",
}


def check_deploy(environment: dict[str, str]) -> subprocess.CompletedProcess:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        command, cwd=ROOT, env=inherited | environment, capture_output=True, text=True, check=False
    )


def test_production_passes_the_deployment_check(tmp_path):
    result = check_deploy(PRODUCTION | {"VAR_DIR": str(tmp_path)})
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "PERSONAL_DATA_KEYS",
        "PERSONAL_HASH_KEY",
        "VOUCHER_KEY",
        "ATTENDANCE_KEY",
    ],
)
def test_production_does_not_start_without(name):
    result = check_deploy({key: value for key, value in PRODUCTION.items() if key != name})
    assert result.returncode != 0
    assert name in result.stderr


def test_the_sample_of_the_environment_names_what_production_cannot_do_without():
    lines = (ROOT / "deploy" / "suishen.env").read_text(encoding="utf-8").splitlines()
    named = {line.partition("=")[0] for line in lines if not line.startswith("#")}
    assert set(PRODUCTION) <= named


def test_production_refuses_a_short_secret():
    result = check_deploy(PRODUCTION | {"SECRET_KEY": "short"})
    assert result.returncode != 0
    assert "SECRET_KEY" in result.stderr
