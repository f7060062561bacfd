"""What readers find: exact first, then something like it, then what sounds the same."""

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.models import StandardPage
from cms.services.finding import RESULTS, SUGGESTIONS, Nearness, find, suggest
from cms.services.site_tree import child
from courses.models import CourseIndexPage, LessonPage


def titles(finding):
    return [found.page.title for found in finding.results]


def test_all_words_win(lesson):
    lesson("微信扫一扫")
    lesson("扫一扫点菜")
    finding = find("微信扫一扫")
    assert finding.nearness is Nearness.ALL_WORDS
    assert titles(finding) == ["微信扫一扫"]


def test_some_words_are_better_than_nothing(lesson):
    lesson("看懂红绿灯")
    finding = find("红绿灯在哪条街")
    assert finding.nearness is Nearness.SOME_WORDS
    assert "看懂红绿灯" in titles(finding)


def test_the_nearest_of_some_words_comes_first(lesson):
    lesson("看懂红绿灯")
    lesson("灯坏了", text="红的。")
    assert titles(find("红绿灯怎么走"))[0] == "看懂红绿灯"


@pytest.mark.parametrize("typed", ["杭空", "杭孔墓", "杭孔墓见"])
def test_wrong_characters_are_found_by_their_sound(lesson, typed):
    lesson("航空母舰")
    finding = find(typed)
    assert finding.nearness is Nearness.SAME_SOUND
    assert titles(finding) == ["航空母舰"]


@pytest.mark.parametrize("typed", ["hangkong", "hangk", "hkmj", "hang kong"])
def test_letters_find_a_title(lesson, typed):
    lesson("航空母舰")
    assert titles(find(typed)) == ["航空母舰"]


def test_nothing_is_nothing(lesson):
    lesson("微信扫一扫")
    finding = find("量子纠缠")
    assert finding.nearness is Nearness.NOTHING
    assert finding.results == []


@pytest.mark.parametrize("query", ["", '"', "？！", "\x00", "' OR 1=1 --"])
def test_signs_find_nothing_and_break_nothing(db, query):
    assert find(query).nearness in {Nearness.NOTHING, Nearness.SOME_WORDS}
    assert isinstance(suggest(query), list)


def test_drafts_and_private_pages_are_not_found(lesson):
    lesson("航空母舰", live=False)
    private = lesson("航空公司")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert find("航空").results == []
    assert suggest("航空") == []


def test_only_pages_meant_for_searching_are_found(lesson):
    index = CourseIndexPage.objects.first()
    index.title = "航空目录"
    index.save()
    assert find("航空目录").results == []


def test_lessons_modules_chapters_and_scenarios_are_found_as_themselves(lesson, chapter):
    lesson("付餐费", goal="扫码付钱。")
    chapter("走进菜场", text="到菜场扫码。")
    kinds = {found.page.specific_class.__name__ for found in find("扫码").results}
    assert {"LessonPage", "ModulePage", "ChapterPage", "ScenarioPage"} <= kinds


def test_the_scenario_itself_comes_first(lesson):
    lesson("付餐费", goal="扫码付钱。")
    assert titles(find("扫码"))[0] == "扫码"


def test_results_and_suggestions_are_limited(lesson):
    for number in range(RESULTS + 2):
        lesson(f"航空{number}号")
    assert len(find("航空").results) == RESULTS == 30
    assert len(suggest("航空")) == SUGGESTIONS == 8


def test_suggestions_follow_the_typing(lesson):
    lesson("航空母舰")
    for typed in ("航", "航空", "hang", "hangk", "hk", "杭空"):
        assert [page.title for page in suggest(typed)] == ["航空母舰"]


def test_code_and_goal_come_along(lesson, home):
    lesson("航空母舰", goal="会看。", code="SCAN-902")
    child(home, StandardPage, slug="hangkong", title="航空条款")
    facts = {found.page.title: (found.code, found.summary) for found in find("航空").results}
    assert facts == {"航空母舰": ("SCAN-902", "会看。"), "航空条款": ("", "")}


def test_a_kind_is_a_word_of_the_page_class(lesson, monkeypatch):
    lesson("航空母舰")
    monkeypatch.setattr(LessonPage, "search_kind", "一课", raising=False)
    assert [found.kind for found in find("航空").results] == ["一课"]


@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_number_of_queries_does_not_grow(lesson, django_assert_num_queries, count):
    for number in range(count):
        lesson(f"航空{number}号")
    find("航空")
    # Private sections, the search, the lessons.
    with django_assert_num_queries(3):
        assert len(find("航空").results) == count
    with django_assert_num_queries(2):
        assert len(suggest("航空")) == min(count, SUGGESTIONS)


def test_pages_are_looked_for_in_the_tree_as_it_is(lesson):
    page = lesson("航空母舰")
    Page.objects.filter(pk=page.pk).update(live=False)
    assert find("航空母舰").results == []
