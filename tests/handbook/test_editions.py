"""An edition is the book as it stood on its day, whatever happens afterwards."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.enums import HandbookKind
from cms.models import ChangeNote
from handbook.errors import EditionIsFrozen, EditionRefused
from handbook.models import Edition
from handbook.services.assembly import chapter_parts
from handbook.services.editions import CHANGED, NEW, SAME, as_it_stood, coming_edition
from handbook.services.first_editions import publish_first_editions
from tests.factories.books import an_edition, publish
from tests.factories.images import an_image
from tests.factories.pages import a_book, a_chapter, a_shared_step, photo_step, shared, step, stream
from tests.factories.people import an_admin

pytestmark = pytest.mark.django_db


def kept_words(edition, place=0):
    """The sentences of a kept chapter's steps."""
    (*_, part) = chapter_parts(as_it_stood(list(edition.chapters.in_order())[place]))
    return [item.step.words[0].do for item in part.items]


def states(book=None):
    return [chapter.state for chapter in coming_edition(book or a_book()).chapters]


def test_edition_keeps_number_day_sentence_and_who():
    a_chapter()
    someone = an_admin()
    edition = an_edition(note="第一版。", by=someone)
    assert (edition.number, edition.published_on) == (1, timezone.localdate())
    assert (edition.note, edition.published_by) == ("第一版。", someone)


def test_edition_keeps_every_chapter_on_line_in_the_order_of_the_book():
    second, first = a_chapter(number=2, title="乙"), a_chapter(number=1, title="甲")
    a_chapter(live=False)
    kept = list(an_edition().chapters.in_order())
    assert [(chapter.number, chapter.title) for chapter in kept] == [(2, "乙"), (1, "甲")]
    assert [(chapter.code, chapter.slug) for chapter in kept] == [
        (page.code, page.slug) for page in (second, first)
    ]


def test_a_chapter_changed_afterwards_stays_as_it_was():
    chapter = a_chapter(body=stream(step("原来这样。")))
    edition = an_edition()
    publish(chapter, title="新题目", body=stream(step("现在那样。")))
    assert kept_words(edition) == ["原来这样。"]
    assert edition.chapters.get().title != "新题目"


def test_a_shared_step_changed_afterwards_stays_as_it_was():
    shown = a_shared_step(body=step("原来这样。"))
    a_chapter(body=stream(shared(shown), step("自己的一步。")))
    edition = an_edition()
    publish(shown, body=stream(step("现在那样。")))
    assert kept_words(edition) == ["原来这样。", "自己的一步。"]


def test_a_deleted_chapter_stays_in_its_edition():
    chapter = a_chapter(title="要删的", body=stream(step("留着。")))
    a_chapter()
    edition = an_edition()
    chapter.delete()
    assert kept_words(edition) == ["留着。"]
    assert edition.chapters.in_order()[0].chapter is None


def test_a_deleted_picture_leaves_its_words():
    image = an_image()
    chapter = a_chapter(body=stream(photo_step(image)))
    edition = an_edition()
    publish(chapter, body=stream(step()))
    image.delete()
    (part,) = chapter_parts(as_it_stood(edition.chapters.get()))
    (picture,) = part.items[0].step.pictures
    assert (picture.url, picture.alt) == ("", "右上角有个小加号")


def test_words_without_a_picture_are_no_lost_picture():
    a_chapter(body=stream(step(picture={"screen": "", "screenshot": None, "alt": "早就换掉了"})))
    (part,) = chapter_parts(as_it_stood(an_edition().chapters.get()))
    assert part.items[0].step.pictures == []


def test_what_was_checked_is_kept_with_it():
    day = datetime.date(2026, 3, 1)
    a_chapter(checked_on=day, checked_phones="红米 12", offline_way="去窗口。")
    kept = as_it_stood(an_edition().chapters.get())
    assert (kept.checked_on, kept.checked_phones, kept.offline_way) == (day, "红米 12", "去窗口。")


def test_an_edition_is_never_written_again():
    a_chapter()
    edition = an_edition()
    for row in (edition, edition.chapters.get()):
        with pytest.raises(EditionIsFrozen, match="已经定下来"):
            row.save()


def test_the_next_edition_says_what_is_new_changed_and_gone():
    same, changed, gone = (a_chapter() for _ in range(3))
    an_edition()
    publish(changed, goal="换了说法。")
    gone.unpublish()
    a_chapter()
    coming = coming_edition(a_book())
    assert [chapter.state for chapter in coming.chapters] == [SAME, CHANGED, NEW]
    assert [chapter.code for chapter in coming.gone] == [gone.code]
    assert (coming.number, coming.is_unchanged) == (2, False)
    assert coming.chapters[0].page == same


def test_a_changed_shared_step_changes_the_chapters_that_show_it():
    shown = a_shared_step()
    a_chapter(body=stream(shared(shown)))
    a_chapter()
    an_edition()
    publish(shown, body=stream(step("换了说法。")))
    assert states() == [CHANGED, SAME]


def test_saving_again_changes_nothing():
    chapter = a_chapter()
    an_edition()
    publish(chapter)
    assert states() == [SAME]


def test_notes_written_since_the_last_edition_are_suggested():
    chapter, other = a_chapter(), a_chapter()
    old = ChangeNote.objects.create(
        page_id=chapter.pk, text="很早的事。", published_at=timezone.now() - datetime.timedelta(days=9)
    )
    an_edition()
    for text in ("换了图。", "少了一步。"):
        ChangeNote.objects.create(page_id=chapter.pk, text=text, published_at=timezone.now())
    publish(chapter, goal="换了说法。")
    notes = {row.page.pk: row.note for row in coming_edition(a_book()).chapters}
    assert notes == {chapter.pk: "换了图。少了一步。", other.pk: ""}
    assert old.text not in notes[chapter.pk]


def test_notes_go_into_the_edition_as_the_reviewer_leaves_them():
    chapter, other = a_chapter(), a_chapter()
    an_edition()
    publish(chapter, goal="换了说法。")
    edition = an_edition(chapter_notes={chapter.pk: "换成新版。"}, although_unchanged=False)
    notes = {kept.chapter_id: kept.change_note for kept in edition.chapters.all()}
    assert notes == {chapter.pk: "换成新版。", other.pk: ""}


def refused(message, **values):
    before = Edition.objects.count()
    with pytest.raises(EditionRefused, match=message):
        an_edition(**{"although_unchanged": False} | values)
    assert Edition.objects.count() == before


def test_a_book_without_chapters_on_line_is_refused():
    a_chapter(live=False)
    refused("还没有在线的章")


def test_a_chapter_that_shows_nothing_is_refused():
    shown = a_shared_step()
    a_chapter(title="空空", body=stream(shared(shown)))
    type(shown).objects.filter(pk=shown.pk).update(live=False)
    refused("“空空”是空的")


def test_two_chapters_of_one_number_are_refused():
    a_chapter(number=4)
    a_chapter(number=4)
    refused("有两个第 4 章")


def test_the_same_once_more_is_refused_unless_wanted():
    a_chapter()
    an_edition()
    refused("一模一样")
    assert an_edition(although_unchanged=True).number == 2


def test_a_number_that_is_taken_is_refused():
    chapter = a_chapter()
    an_edition(number=3)
    publish(chapter, goal="换了说法。")
    refused("第 3 版已经有了", number=2)
    refused("第 3 版已经有了", number=3)
    assert an_edition(number=7).number == 7


def test_a_day_before_the_last_edition_is_refused():
    chapter = a_chapter()
    an_edition()
    publish(chapter, goal="换了说法。")
    refused("日期比上一版还早", published_on=timezone.localdate() - datetime.timedelta(days=1))


def test_what_changed_since_it_was_looked_at_is_refused():
    chapter = a_chapter()
    seen = coming_edition(a_book()).fingerprint
    publish(chapter, goal="又换了说法。")
    refused("有一章又改过了", seen=seen)
    assert an_edition(seen=coming_edition(a_book()).fingerprint)


def test_of_two_at_once_the_second_is_told(monkeypatch):
    a_chapter()

    def taken(edition, *args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(Edition, "save", taken)
    refused("可能别人刚刚发布")


def test_the_database_itself_refuses_a_second_edition_of_a_number():
    a_chapter()
    first = an_edition()
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(handbook=first.handbook, number=1, published_on=first.published_on)


def test_each_book_counts_its_own_editions():
    a_chapter()
    a_chapter(a_book(HandbookKind.VOLUNTEERS))
    assert [an_edition(a_book(kind)).number for kind in HandbookKind] == [1, 1]


def test_a_demo_site_gets_first_editions_once():
    a_chapter()
    assert publish_first_editions() == "定下：老年人智能技术运用手册 第 1 版"
    assert publish_first_editions() is None
    assert Edition.objects.count() == 1
