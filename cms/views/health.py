from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse

from cms.models import HomePage
from cms.services.insert_only import missing_triggers


def live(request):
    """Answer that the process is up; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request):
    """Answer 200 when database, cache, migrations, triggers and first pages are there, else 503 and which is not."""
    checks = {name: _holds(check) for name, check in CHECKS.items()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _holds(check) -> bool:
    # Any failure means "not ready"; what failed is in the answer's key, never a text from inside.
    try:
        return bool(check())
    except Exception:
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache() -> bool:
    cache.set("readyz", "1", 10)
    return cache.get("readyz") == "1"


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _first_pages() -> bool:
    return HomePage.objects.live().exists()


def _triggers() -> bool:
    return not missing_triggers()


CHECKS = {
    "database": _database,
    "cache": _cache,
    "migrations": _migrations,
    "triggers": _triggers,
    "first_pages": _first_pages,
}
