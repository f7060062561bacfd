"""Publishing an edition, and seeing who has read it, in the staff area."""

import io

import pytest
from django.contrib.auth import get_user_model
from openpyxl import load_workbook

from cms.enums import HandbookKind
from handbook.models import Acknowledgement, Edition
from handbook.services.editions import coming_edition
from handbook.services.receipts import acknowledge
from tests.factories.books import an_edition, publish
from tests.factories.pages import a_book, a_chapter
from tests.factories.people import a_designer, a_reviewer
from tests.html import parsed

pytestmark = pytest.mark.django_db

NEW = "/admin/editions/new/seniors/"


@pytest.fixture
def reviewer(client):
    reviewer = a_reviewer()
    client.force_login(reviewer)
    return reviewer


def posted(client):
    """What the browser would send back unchanged."""
    fields = parsed(client.get(NEW)).all("main form input[name], form input[name]")
    kept = {field["name"]: field.get("value", "") for field in fields if field.get("type") != "checkbox"}
    return kept | {"note": "换了图。"}


def test_reviewer_publishes_an_edition(client, reviewer):
    a_chapter()
    response = client.post(NEW, posted(client), follow=True)
    assert "第 1 版定下来了" in response.content.decode()
    edition = Edition.objects.get()
    assert (edition.note, edition.published_by) == ("换了图。", reviewer)


def test_next_edition_shows_what_changed_and_takes_the_notes(client, reviewer):
    changed, gone = a_chapter(title="改过的"), a_chapter(title="没有了的")
    a_chapter(title="没变的")
    an_edition()
    publish(changed, goal="换了说法。", change_note="旧说法换了。")
    gone.unpublish()
    rows = [" ".join(row.text.split()) for row in parsed(client.get(NEW)).all("tbody tr")]
    assert [next(word for word in ("改过", "没有变", "没有了") if f" {word}" in row) for row in rows] == [
        "改过",
        "没有变",
        "没有了",
    ]
    client.post(NEW, posted(client) | {f"note_{changed.pk}": "换成新版。"})
    assert Edition.objects.latest_of(a_book()).chapters.get(chapter=changed).change_note == "换成新版。"


def test_what_is_wrong_is_said_and_what_was_written_stays(client, reviewer):
    a_chapter()
    page = parsed(client.post(NEW, posted(client) | {"note": "", "published_on": "2999-01-01"}))
    assert "还没有到的日子" in page.soup.text
    assert not Edition.objects.exists()


def test_the_same_once_more_needs_a_tick(client, reviewer):
    a_chapter()
    an_edition()
    page = parsed(client.post(NEW, posted(client)))
    assert "一模一样" in page.one('[role="alert"]').text
    client.post(NEW, posted(client) | {"although_unchanged": "on"})
    assert Edition.objects.count() == 2


def test_a_change_in_between_is_shown_before_it_is_frozen(client, reviewer):
    chapter = a_chapter()
    form = posted(client)
    publish(chapter, goal="又换了说法。")
    page = parsed(client.post(NEW, form))
    assert "又改过了" in page.one('[role="alert"]').text
    again = page.one('input[name="seen"]')["value"]
    assert again == coming_edition(a_book()).fingerprint
    client.post(NEW, form | {"seen": again})
    assert Edition.objects.count() == 1


def test_two_reviewers_at_once_make_one_edition(client, reviewer):
    chapter = a_chapter()
    form = posted(client)
    an_edition()
    publish(chapter, goal="又换了说法。")
    assert "第 1 版已经有了" in parsed(client.post(NEW, form)).one('[role="alert"]').text
    assert Edition.objects.count() == 1


def test_a_book_that_cannot_be_given_out_says_why(client, reviewer):
    page = parsed(client.get(NEW))
    assert "还没有在线的章" in page.soup.text
    assert not page.all('button[type="submit"]:-soup-contains("发布")')


def test_an_unknown_book_is_not_there(client, reviewer):
    assert client.get("/admin/editions/new/nobody/").status_code == 404


def test_designers_neither_publish_nor_look(client):
    a_chapter()
    client.force_login(a_designer())
    for address in ("/admin/editions/", NEW, "/admin/editions/receipts/"):
        assert client.get(address).status_code == 302, address
        assert client.post(address, {"note": "x"}).status_code == 302
    assert not Edition.objects.exists()


def test_the_list_shows_every_edition(client, reviewer):
    a_chapter()
    an_edition(note="第一次。")
    an_edition(note="第二次。")
    page = parsed(client.get("/admin/editions/")).soup.text
    assert "第一次。" in page
    assert "第二次。" in page
    assert "志愿者服务手册" in page


def test_the_list_of_chapters_leads_to_the_editions(client, reviewer):
    assert 'href="/admin/editions/"' in client.get("/admin/chapters/").content.decode()


def test_the_books_page_leads_to_a_new_edition(client, reviewer):
    page = client.get(f"/admin/pages/{a_book().pk}/").content.decode()
    assert NEW in page


@pytest.fixture
def receipts(reviewer):
    book = a_book(HandbookKind.VOLUNTEERS)
    a_chapter(book)
    first, second = an_edition(book), an_edition(book)
    sly = get_user_model().objects.create_user("sly", first_name="=1+1")
    acknowledge(edition=first, user=sly)
    acknowledge(edition=second, user=reviewer)
    return first, second


def test_receipts_are_listed_and_found_by_edition(client, receipts):
    everything = client.get("/admin/editions/receipts/").content.decode()
    assert "=1+1" in everything
    assert "test-reviewer" in everything
    only = client.get(f"/admin/editions/receipts/?edition={receipts[1].pk}").content.decode()
    assert "=1+1" not in only


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_calculates_nothing(client, receipts, kind):
    response = client.get(f"/admin/editions/receipts/?export={kind}")
    if kind == "csv":
        assert "'=1+1" in b"".join(response.streaming_content).decode()
    else:
        sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        assert {cell.data_type for row in sheet.rows for cell in row} == {"s"}


def test_who_took_the_names_is_in_the_log(client, receipts, reviewer, caplog):
    caplog.set_level("INFO", "handbook.receipts")
    client.get("/admin/editions/receipts/")
    assert not caplog.records
    client.get("/admin/editions/receipts/?export=csv")
    assert [(line.by, line.count) for line in caplog.records] == [(reviewer.pk, 2)]


def test_receipts_ask_no_more_for_three_than_for_one(client, reviewer, django_assert_max_num_queries):
    book = a_book(HandbookKind.VOLUNTEERS)
    a_chapter(book)
    edition = an_edition(book)
    counts = []
    for number in (1, 3):
        while Acknowledgement.objects.count() < number:
            name = f"reader-{Acknowledgement.objects.count()}"
            acknowledge(edition=edition, user=get_user_model().objects.create_user(name))
        client.get("/admin/editions/receipts/")
        with django_assert_max_num_queries(60) as asked:
            client.get("/admin/editions/receipts/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
