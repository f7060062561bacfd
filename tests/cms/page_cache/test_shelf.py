"""The shelf never holds more than it has room for, and gives up what nobody reads."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from cms.page_cache.answers import Answer
from cms.page_cache.front import in_front_of
from cms.page_cache.shelf import LARGEST_SHARE, Shelf
from cms.services.display import COOKIE, Display

EMPTY = Answer(1, 0.0, [], b"").size


def an_answer(length: int = 0) -> Answer:
    return Answer(1, 0.0, [], b"x" * length)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2 * EMPTY))))
def test_it_is_never_overfull(puts):
    shelf = Shelf(20 * EMPTY)
    for key, length in puts:
        shelf.put(key, an_answer(length))
        kept = [answer for each in range(10) if (answer := shelf.get(each))]
        assert sum(answer.size for answer in kept) == shelf.filled <= shelf.room


def test_what_nobody_reads_goes_first():
    shelf = Shelf(LARGEST_SHARE * EMPTY)
    for key in range(LARGEST_SHARE):
        shelf.put(key, an_answer())
    shelf.get(0)
    shelf.put("new", an_answer())
    assert shelf.get(0)
    assert shelf.get("new")
    assert shelf.get(1) is None


def test_one_long_answer_does_not_drive_out_the_others():
    shelf = Shelf(LARGEST_SHARE * EMPTY)
    shelf.put("short", an_answer())
    shelf.put("long", an_answer(EMPTY))
    assert shelf.get("long") is None
    assert shelf.get("short")


def test_threads_do_not_lose_count():
    shelf = Shelf(10 * EMPTY)

    def work(number):
        for turn in range(500):
            shelf.put((number + turn) % 13, an_answer())
            shelf.get(turn % 13)

    threads = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shelf.filled == len(shelf) * EMPTY <= shelf.room


def test_it_is_off_without_room_and_while_developing(settings):
    site = object()
    settings.PAGE_CACHE_MB = 0
    assert in_front_of(site, cookie=COOKIE, choices=Display.chosen) is site
    settings.PAGE_CACHE_MB, settings.DEBUG = 64, True
    assert in_front_of(site, cookie=COOKIE, choices=Display.chosen) is site
    settings.DEBUG = False
    front = in_front_of(site, cookie=COOKIE, choices=Display.chosen)
    assert front.application is site
    assert front.shelf.room == 64 * 1024 * 1024
