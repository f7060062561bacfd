"""Builds one template, on the database of DATABASE_URL: `python -m tests.real_parts.build seeded|demo`."""

import sys

import django
from django.core.management import call_command


def build(stage: str) -> None:
    """Bring the database from nothing to "seeded", or from "seeded" to "demo"."""
    if stage == "seeded":
        call_command("migrate", verbosity=0)
        call_command("seed", verbosity=0)
    else:
        call_command("seed_demo", verbosity=0)


if __name__ == "__main__":
    django.setup()
    build(sys.argv[1])
