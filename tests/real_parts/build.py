"""Builds one template, on the database of DATABASE_URL: `python -m tests.real_parts.build migrated`."""

import sys

import django
from django.core.management import call_command

COMMANDS = {"migrated": "migrate", "seeded": "seed", "demo": "seed_demo"}


def build(stage: str) -> None:
    """Bring the database to ``stage`` from the one before."""
    call_command(COMMANDS[stage], verbosity=0)


if __name__ == "__main__":
    django.setup()
    build(sys.argv[1])
