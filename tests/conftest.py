"""Fixtures for all tests: a real database of its own for each worker, a media folder, an empty cache.

`--services=postgres` (with `-n`) runs the suite on PostgreSQL and Valkey instead of SQLite and the in-process
cache.
"""

import gc
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from hypothesis import settings as hypothesis_settings

from cms.page_cache import versions
from tests.real_parts import postgres, valkey
from tests.real_parts.postgres import PostgresDatabases
from tests.real_parts.sqlite import SqliteDatabases

# Two noisy cores: how long one example takes says nothing.
hypothesis_settings.register_profile("suishen", deadline=None, database=None, print_blob=True)
hypothesis_settings.load_profile("suishen")

services = pytest.StashKey[ExitStack]()


def pytest_addoption(parser):
    parser.addoption(
        "--services", choices=["sqlite", "postgres"], default="sqlite", help="what the tests run on"
    )


def pytest_configure(config):
    """Start the servers once, before the workers, which find them through the environment."""
    if config.getoption("--services") != "postgres" or hasattr(config, "workerinput"):
        return
    if not getattr(config.option, "tx", None) and not config.option.numprocesses:
        raise pytest.UsageError("--services=postgres needs workers: add -n 1 or -n auto")
    if config.option.collectonly:
        return
    config.stash[services] = ExitStack()
    config.stash[services].enter_context(postgres.running())
    config.stash[services].enter_context(valkey.running())


def pytest_unconfigure(config):
    if services in config.stash:
        config.stash[services].close()


def pytest_collection_finish(session):
    """What is loaded by now stays: looking through it again and again for waste takes a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_report_header(config):
    return f"services: {config.getoption('--services')}"


class WorkersDatabase:
    """The one database this worker's tests see: a copy of a template, put back after tests that commit."""

    def __init__(self, databases: SqliteDatabases | PostgresDatabases, name: str) -> None:
        self.databases = databases
        self.name = name

    def restore(self, stage: str = "seeded") -> None:
        """Throw the database away and put a copy of the template ``stage`` in its place."""
        connections.close_all()
        connection.settings_dict["NAME"] = self.databases.clone(self.name, stage)
        cache.clear()

    def drop(self) -> None:
        connections.close_all()
        self.databases.drop(self.name)


@pytest.fixture(scope="session")
def workers_database(request, worker_id, tmp_path_factory):
    if request.config.getoption("--services") == "postgres":
        return WorkersDatabase(PostgresDatabases(), f"suishen_{worker_id}")
    return WorkersDatabase(SqliteDatabases(tmp_path_factory.mktemp("database")), worker_id)


@pytest.fixture(scope="session")
def django_db_setup(workers_database, own_corner, django_test_environment, django_db_blocker):
    """In place of pytest-django's: copy a template instead of migrating, and instead of flushing.

    A flush would also empty what migrations and `seed` put there, and insert-only tables refuse it.
    """
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        workers_database.restore()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: workers_database.restore())
        yield
        workers_database.drop()


@pytest.fixture(scope="session", autouse=True)
def own_corner(request, worker_id, tmp_path_factory):
    """Uploads and state files of this worker lie in folders that go away; its cache is its own."""
    changed = {"MEDIA_ROOT": tmp_path_factory.mktemp("media"), "VAR_DIR": tmp_path_factory.mktemp("var")}
    if request.config.getoption("--services") == "postgres":
        location = valkey.url_for(int(worker_id.removeprefix("gw")))
        changed["CACHES"] = {"default": settings.CACHES["default"] | {"LOCATION": location}}
    with override_settings(**changed):
        yield


@pytest.fixture(scope="session", autouse=True)
def patience():
    """On a busy machine Valkey answers late; it is not gone, and what was to be kept is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "PATIENCE", 20.0)
        yield


@pytest.fixture(autouse=True)
def empty_cache(own_corner):
    """No test sees what another one left in the cache."""
    cache.clear()


@pytest.fixture
def demo_site(transactional_db, workers_database):
    """The demo content, as `make run` shows it. What the test changes is thrown away after it."""
    workers_database.restore("demo")
