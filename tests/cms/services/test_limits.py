"""Counting without accounts: how often, from where."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from cms.services.limits import is_used_up, sender, within_limit


def test_so_many_and_no_more():
    answers = [within_limit("x", "a", most=3, seconds=60) for _ in range(5)]
    assert answers == [True, True, True, False, False]


def test_each_is_counted_alone():
    assert not [who for who in "abc" if not within_limit("x", who, most=1, seconds=60)]
    assert within_limit("y", "a", most=1, seconds=60)


def test_asking_counts_nothing():
    assert not any(is_used_up("x", "a", most=2) for _ in range(5))
    within_limit("x", "a", most=2, seconds=60)
    assert not is_used_up("x", "a", most=2)
    within_limit("x", "a", most=2, seconds=60)
    assert is_used_up("x", "a", most=2)
    assert not is_used_up("x", "b", most=2)


def test_the_count_ends():
    assert within_limit("x", "a", most=1, seconds=-1)
    assert within_limit("x", "a", most=1, seconds=60)
    assert not within_limit("x", "a", most=1, seconds=60)


def test_the_cache_does_not_hold_who_it_was(monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *rest: keys.append(key))
    within_limit("x", "203.0.113.9", most=1, seconds=60)
    assert keys
    assert "203" not in keys[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "10.0.0.1"),
        (0, "1.2.3.4", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.7", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_put_down_is_believed(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert sender(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", **headers)) == expected


@given(st.text(max_size=60))
def test_junk_in_the_header_is_harmless(forwarded):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")
    request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert sender(request) is not None
