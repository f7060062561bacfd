"""At most eight queries on every public page, and not one more for three or six things than for one."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.enums import HandbookKind
from cms.models import ContentDocument, ContentImage
from tests.factories.images import an_image
from tests.factories.pages import (
    a_book,
    a_chapter,
    a_lesson,
    a_module,
    a_shared_step,
    drawn_step,
    photo_step,
    shared,
    step,
    stream,
)

# Wagtail leaves a temporary file to the garbage collector when it sizes a picture.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]

MOST = 8


def lesson_steps(number):
    """A lesson with ``number`` of everything a step can be."""
    blocks = []
    for n in range(number):
        photo = photo_step(an_image())[1]["picture"]
        variants = [{"phone": "apple", "do": "点“好”。", "picture": photo_step(an_image())[1]["picture"]}]
        blocks += [
            drawn_step(f"大字 第{n}屏"),
            step(picture=photo, caution={"kind": "money", "text": "看清楚。"}),
            shared(a_shared_step(body=photo_step(an_image()))),
            shared(a_shared_step()),
            step(picture={"screen": f"大字 原来{n}"}, variants=variants),
        ]
    return stream(*blocks)


def lesson_with(number):
    return a_lesson(steps=lesson_steps(number)).url


def lesson_among(number):
    module = a_module()
    lessons = [a_lesson(module, steps=stream(drawn_step())) for _ in range(number)]
    return lessons[0].url


def module_with(number):
    module = a_module()
    for _ in range(number):
        a_lesson(module)
    return module.url


def scenario_with(number):
    for _ in range(number):
        a_lesson(main_scenario="phone")
        a_chapter(main_scenario="phone")
    return "/scenarios/phone/"


def home_with(number):
    for _ in range(number):
        a_module()
    return "/"


def course_index_with(number):
    home_with(number)
    return "/courses/"


def handbook_with(number):
    for _ in range(number):
        a_chapter(a_book(HandbookKind.VOLUNTEERS))
    return "/service-handbook/"


def chapter_with(number):
    return a_chapter(body=lesson_steps(number)).url


def search_with(number):
    for _ in range(number):
        a_lesson(title="怎么扫一扫")
        a_module(title="怎么扫一扫")
        a_chapter(title="怎么扫一扫")
    return "/search/?q=怎么扫一扫"


def suggest_with(number):
    search_with(number)
    return "/search/suggest?q=怎么"


def short_address_with(number):
    lessons = [a_lesson() for _ in range(number)]
    return f"/l/{lessons[0].code}/"


PAGES = [
    lesson_with,
    lesson_among,
    module_with,
    scenario_with,
    home_with,
    course_index_with,
    handbook_with,
    chapter_with,
    search_with,
    suggest_with,
    short_address_with,
]


def queries(client, address):
    # Django asks SQLite once in a process whether it knows JSON.
    assert connection.features.supports_json_field
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code in {200, 302}, address
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.parametrize("page_with", PAGES, ids=lambda page: page.__name__)
def test_three_ask_no_more_than_one(client, page_with):
    counts = []
    for number in (1, 3):
        address = page_with(number)
        # The first reader after a change may also look up the site's address and the kinds of pages.
        assert len(queries(client, address)) <= MOST + 2
        asked = queries(client, address)
        assert len(asked) <= MOST, [line.partition("FROM")[2][:60] for line in asked]
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page_with", [lesson_with, chapter_with])
def test_six_of_everything_stay_below_the_limit(client, page_with):
    address = page_with(6)
    client.get("/")
    assert len(queries(client, address)) <= MOST


OTHERS = ["/scenarios/", "/display/", "/search/", "/nicht-da/", "/service-handbook/", "/sitemap.xml"]


@pytest.mark.parametrize("address", OTHERS)
def test_other_pages_ask_little(client, address):
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= MOST


def test_a_picture_is_not_made_while_reading(client, monkeypatch):
    address = lesson_with(2)
    for name in ("create_rendition", "create_renditions"):
        monkeypatch.setattr(ContentImage, name, lambda *args: pytest.fail("made while reading"))
    assert client.get(address).content.count(b"/media/") >= 6


def test_recordings_are_fetched_at_once(client):
    recording = ContentDocument.objects.create(title="录音", file=ContentFile(b"x", "step.mp3"))
    heard = [shared(a_shared_step(body=step(recording=recording.pk))) for _ in range(3)]
    lesson = a_lesson(steps=stream(step(recording=recording.pk), *heard))
    client.get(lesson.url)
    asked = queries(client, lesson.url)
    assert sum("cms_contentdocument" in line for line in asked) == 1
    assert client.get(lesson.url).content.count(b"<audio") == 4


def test_page_with_a_lost_picture_still_answers(client):
    lost, gone = an_image(), an_image()
    lesson = a_lesson(steps=stream(photo_step(lost), photo_step(gone), drawn_step()))
    lost.renditions.all().delete()
    lost.file.storage.delete(lost.file.name)
    # What is used is not deleted; a restored backup may still lack a picture.
    gone.renditions.all().delete()
    ContentImage.objects.filter(pk=gone.pk)._raw_delete(connection.alias)
    response = client.get(lesson.url)
    assert response.status_code == 200
    assert response.content.count(b"/media/") == 0
    assert response.content.count(b"data-step=") == 3
