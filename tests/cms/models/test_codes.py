"""Stable codes: printed on paper, so never changed, never given out twice."""

import pytest
from django.db import IntegrityError

from cms.enums import HandbookKind, Scenario
from cms.models import StableCode
from courses.models import LessonPage
from tests.factories.pages import a_book, a_chapter, a_lesson, a_module

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scenario", Scenario)
def test_first_lesson_of_a_scenario_gets_number_one(scenario):
    assert a_lesson(main_scenario=scenario.value).code == f"{scenario.prefix}-1"


def test_next_lesson_gets_the_next_number():
    assert [a_lesson().code for _ in range(3)] == ["SCAN-1", "SCAN-2", "SCAN-3"]


def test_numbers_are_counted_as_numbers():
    for code in ("SCAN-9", "SCAN-10", "SCAN-2"):
        StableCode.objects.create(code=code)
    assert a_lesson().code == "SCAN-11"


def test_scenarios_that_begin_alike_count_apart():
    StableCode.objects.create(code="SHOP-7")
    StableCode.objects.create(code="SHOW-3")
    assert a_lesson(main_scenario="show-code").code == "SHOW-4"
    assert a_lesson(main_scenario="shopping").code == "SHOP-8"


def test_odd_codes_do_not_disturb_the_count():
    StableCode.objects.create(code="SCAN-alt")
    StableCode.objects.create(code="SCAN-3")
    assert a_lesson().code == "SCAN-4"


def test_deleted_lessons_number_is_not_given_again():
    lesson = a_lesson()
    lesson.delete()
    assert StableCode.objects.get(code="SCAN-1").page is None
    assert a_lesson().code == "SCAN-2"


def test_code_stays_when_everything_else_changes():
    lesson = a_lesson()
    lesson.title, lesson.slug, lesson.main_scenario = "别的", "bie-de", "chat"
    lesson.save_revision().publish()
    lesson.move(a_module(), pos="last-child")
    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert (lesson.code, lesson.main_scenario) == ("SCAN-1", "chat")
    assert list(StableCode.objects.values_list("code", "page")) == [("SCAN-1", lesson.pk)]


def test_draft_without_scenario_has_no_code_until_it_has_one():
    lesson = a_lesson(live=False, main_scenario="")
    assert lesson.code is None
    assert not StableCode.objects.exists()
    lesson.main_scenario = "chat"
    lesson.save_revision().publish()
    assert LessonPage.objects.get(pk=lesson.pk).code == "CHAT-1"


def test_saved_draft_uses_up_no_number():
    lesson = a_lesson(live=False, main_scenario="")
    lesson.main_scenario = "chat"
    for _ in range(2):
        lesson.save_revision()
    assert not StableCode.objects.exists()


def test_two_drafts_without_code_stand_side_by_side():
    assert [a_lesson(live=False, main_scenario="").code for _ in range(2)] == [None, None]


@pytest.mark.parametrize("keep_live", [True, False])
def test_copy_gets_a_code_of_its_own(keep_live):
    lesson = a_lesson()
    copy = lesson.copy(update_attrs={"slug": "copy"}, keep_live=keep_live)
    assert LessonPage.objects.get(pk=copy.pk).code == "SCAN-2"
    assert LessonPage.objects.get(pk=lesson.pk).code == "SCAN-1"


def test_copy_can_be_edited_and_published():
    copy = a_lesson().copy(update_attrs={"slug": "copy"}, keep_live=False)
    copy = LessonPage.objects.get(pk=copy.pk).get_latest_revision_as_object()
    assert copy.code == "SCAN-2"
    copy.save_revision().publish()
    assert LessonPage.objects.get(pk=copy.pk).code == "SCAN-2"


def test_copied_module_gives_each_lesson_its_own_code():
    module = a_module()
    for _ in range(2):
        a_lesson(module)
    module.refresh_from_db()
    copy = module.copy(recursive=True, update_attrs={"slug": "copy"})
    assert list(LessonPage.objects.child_of(copy).values_list("code", flat=True)) == ["SCAN-3", "SCAN-4"]


def test_old_draft_cannot_take_the_code_away():
    lesson = a_lesson(live=False, main_scenario="")
    old = lesson.save_revision()
    lesson.main_scenario = "chat"
    lesson.save_revision().publish()
    old.as_object().save_revision()
    latest = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    latest.main_scenario = "bills"
    latest.save_revision().publish()
    assert LessonPage.objects.get(pk=lesson.pk).code == "CHAT-1"


def test_two_pages_cannot_claim_one_code():
    first, second = a_lesson(), a_lesson()
    with pytest.raises(IntegrityError, match="SCAN-1"):
        StableCode.objects.claim(first.code, second)
    assert StableCode.objects.get(code="SCAN-1").page_id == first.pk


def test_claiming_again_changes_nothing():
    lesson = a_lesson()
    StableCode.objects.claim(lesson.code, lesson)
    assert StableCode.objects.count() == 1


def test_refused_claim_leaves_no_page_behind():
    a_lesson()
    with pytest.raises(IntegrityError):
        a_lesson(code="SCAN-1", title="抢编号")
    assert not LessonPage.objects.filter(title="抢编号").exists()


@pytest.mark.parametrize("kind", HandbookKind)
def test_chapters_are_numbered_in_their_book(kind):
    codes = [a_chapter(a_book(kind)).code for _ in range(2)]
    assert codes == [f"{kind.code_prefix}-1", f"{kind.code_prefix}-2"]


def test_given_code_is_kept_and_counted_on():
    assert a_chapter(code="H-4").code == "H-4"
    assert a_chapter().code == "H-5"


def test_chapter_moved_to_the_other_book_keeps_its_code():
    chapter = a_chapter()
    chapter.move(a_book(HandbookKind.VOLUNTEERS), pos="last-child")
    chapter = type(chapter).objects.get(pk=chapter.pk)
    chapter.save()
    assert chapter.code == "H-1"


def test_two_who_save_at_the_same_moment_both_get_a_code(monkeypatch):
    # The other one took the number between our looking and our writing it down.
    StableCode.objects.create(code="SCAN-1")
    answers = iter(["SCAN-1", "SCAN-2"])
    monkeypatch.setattr(type(StableCode.objects), "next_for", lambda manager, prefix: next(answers))
    assert StableCode.objects.take_next("SCAN") == "SCAN-2"
