"""Screens are drawn when content is saved, once for each kind of phone, and never while somebody reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import screens
from cms.enums import PhoneKind
from cms.models import DrawnScreen
from cms.services.drawings import draw_all_phones, drawings_for, source_key
from tests.factories.pages import SCREEN, a_lesson, a_shared_step, drawn_step, shared, step, stream

pytestmark = pytest.mark.django_db

OTHER = "撕口\n大字 15.00 元（看）\n撕口"


def keys(*texts: str) -> set[str]:
    return {source_key(text, phone) for text in texts for phone in PhoneKind.values}


def drawn() -> set[str]:
    return set(DrawnScreen.objects.values_list("source_key", flat=True))


def test_saving_a_draft_draws_all_it_shows():
    variant = {"phone": "apple", "picture": {"screen": OTHER}}
    lesson = a_lesson(live=False, steps=stream(drawn_step(variants=[variant])))
    assert drawn() == keys(SCREEN, OTHER)
    lesson.steps = stream(drawn_step("标题栏 新的\n撕口"))
    lesson.save_revision()
    assert drawn() == keys(SCREEN, OTHER, "标题栏 新的\n撕口")


def test_saving_a_shared_step_draws_it():
    a_shared_step(live=False, body=drawn_step(OTHER))
    assert drawn() == keys(OTHER)


def test_reading_draws_nothing(client):
    lesson = a_lesson(steps=stream(drawn_step(), shared(a_shared_step(body=drawn_step(OTHER)))))
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        text = client.get(lesson.url).content.decode()
    assert text.count("/screens/") >= 4
    assert [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_the_same_screen_is_kept_once_for_each_phone():
    a_lesson(steps=stream(drawn_step(), drawn_step(do="再点一次。")))
    a_shared_step(body=drawn_step(SCREEN.replace("\n", "\r\n") + "\r\n"))
    assert drawn() == keys(SCREEN)
    assert DrawnScreen.objects.count() == len(PhoneKind)


def test_every_way_of_writing_it_finds_the_one_drawing():
    texts = [SCREEN, SCREEN.replace("\n", "\r\n"), f"{SCREEN}\n"]
    found = drawings_for((text, "apple") for text in texts)
    assert {text for text, _ in found} == set(texts)
    assert len({drawing.source_key for drawing in found.values()}) == 1


def test_a_new_way_of_drawing_draws_again(monkeypatch):
    draw_all_phones([SCREEN])
    before = drawn()
    monkeypatch.setattr(screens, "DRAWING_VERSION", screens.DRAWING_VERSION + 1)
    draw_all_phones([SCREEN])
    assert len(drawn() - before) == len(PhoneKind)
    assert before < drawn()


def test_what_is_there_is_not_drawn_again(monkeypatch):
    draw_all_phones([SCREEN])
    monkeypatch.setattr(screens, "draw", lambda *args: pytest.fail("drawn again"))
    assert len(drawings_for((SCREEN, phone) for phone in PhoneKind.values)) == 3


def test_a_fault_in_a_draft_has_no_drawing_and_stops_nothing(client):
    lesson = a_lesson(live=False, steps=stream(drawn_step("飞毯"), step("点一下。")))
    assert lesson.pk
    assert drawn() == set()


def test_a_drawing_can_be_fetched_by_its_address(client):
    draw_all_phones([SCREEN])
    drawing = DrawnScreen.objects.first()
    response = client.get(drawing.url)
    assert response.content.decode() == drawing.svg
    assert response["Content-Type"].startswith("image/svg+xml")
    assert "immutable" in response["Cache-Control"]
