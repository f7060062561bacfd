"""今天: each person sees what waits for them, one button a row, in few queries however much waits."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import TaskState

from cms.enums import FeedbackKind, PhoneKind
from cms.models import StepFeedback
from courses.models import LessonPage
from tests.factories.pages import a_chapter, a_lesson, a_module, a_shared_step
from tests.html import parsed

MOST = 15


def sections(browser) -> dict[str, str]:
    """Return the headings of 今天 and what stands below them."""
    html = parsed(browser.get("/admin/"))
    return {
        section.h2.find(string=True): " ".join(section.text.split()) for section in html.all("section.today")
    }


def rows(browser, heading: str) -> list:
    html = parsed(browser.get("/admin/"))
    (section,) = [one for one in html.all("section.today") if one.h2.find(string=True) == heading]
    return section.select("li")


def feedback_on(page, **values) -> StepFeedback:
    return StepFeedback.objects.create(
        page_id=page.pk,
        **{"anchor": "step-1", "do": "点加号。", "kind": FeedbackKind.UNCLEAR, "words": "看不懂。"} | values,
    )


def drafted(page, user, **values):
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=user, clean=False)
    return type(page).objects.get(pk=page.pk)


def test_nothing_to_do_is_said_in_words(designer):
    html = parsed(designer.get("/admin/"))
    assert html.one("h1").text == "今天"
    assert "都做完了" in html.one("main").text
    assert not html.all("section.today")


def test_the_day_and_the_person_are_greeted(designer):
    day = timezone.localdate()
    assert (
        f"{day.year}年{day.month}月{day.day}日 星期"
        in parsed(designer.get("/admin/")).one(".today-date").text
    )


def test_a_draft_waits_for_its_writer_alone(designer, reviewer):
    drafted(a_lesson(title="写了一半"), designer.user, goal="半句。")
    drafted(a_shared_step(title="半步"), designer.user, title="半步")
    assert {row.h3.text for row in rows(designer, "我的草稿")} == {"写了一半", "半步"}
    assert "我的草稿" not in sections(reviewer)


def test_a_published_draft_is_none(designer):
    drafted(a_lesson(), designer.user).get_latest_revision().publish()
    assert "我的草稿" not in sections(designer)


def test_a_draft_sent_to_review_is_no_longer_a_draft(designer, reviewer):
    lesson = drafted(a_lesson(title="送了"), designer.user)
    lesson.get_workflow().start(lesson, designer.user)
    assert "我的草稿" not in sections(designer)
    assert "送了" in sections(reviewer)["等我审核"]


def test_every_draft_of_ones_own_page_comes_back_to_its_owner(designer, reviewer):
    lesson = drafted(a_lesson(title="别人送的", owner=designer.user), reviewer.user)
    lesson.get_workflow().start(lesson, reviewer.user)
    TaskState.objects.get().specific.reject(user=reviewer.user, comment="换图。")
    assert "换图。" in sections(designer)["退回给我的"]


@pytest.mark.parametrize("make", [a_lesson, a_chapter])
@pytest.mark.parametrize(("days", "said"), [(-1, "过期了"), (3, "快到了"), (15, None)])
def test_pages_past_their_review_day(designer, make, days, said):
    make(review_by=timezone.localdate() + timedelta(days=days))
    shown = sections(designer).get("要再核对的页面", "")
    assert (said in shown) if said else not shown


def test_the_most_overdue_comes_first_and_drafts_and_old_lessons_do_not(designer):
    today = timezone.localdate()
    for title, days in (("晚", 3), ("早", -9)):
        a_lesson(title=title, review_by=today + timedelta(days=days))
    a_lesson(title="草稿", live=False, review_by=today)
    LessonPage.objects.filter(pk=a_lesson(title="停用", review_by=today).pk).update(archived_on=today)
    assert [row.h3.text for row in rows(designer, "要再核对的页面")] == ["早", "晚"]


def test_pages_without_main_scenario(designer):
    a_lesson(title="有场景")
    drafted(a_lesson(title="没场景了"), designer.user, main_scenario="")
    a_module(title="没场景的模块", main_scenario="")
    assert [row.h3.text for row in rows(designer, "没有主要场景的页面")] == ["没场景了", "没场景的模块"]


def test_readers_feedback(designer):
    lesson = a_lesson(title="微信扫一扫")
    for number in range(6):
        feedback_on(lesson, do=f"第 {number} 句。", phone=PhoneKind.APPLE)
    feedback_on(lesson, settled_at=timezone.now(), words="处理过的。")
    shown = rows(designer, "读者反馈")
    assert len(shown) == 5
    assert "第 5 句。" in shown[0].text
    assert "苹果" in shown[0].text
    assert "看不懂。" in shown[0].text
    assert "6 件" in sections(designer)["读者反馈"]
    assert "处理过的" not in sections(designer)["读者反馈"]


def test_a_planned_page_that_could_not_go_is_said_so(reviewer):
    for title, minutes in (("没能上", -30), ("就要上", 60)):
        day = timezone.now() + timedelta(minutes=minutes)
        lesson = a_lesson(live=False, title=title)
        lesson.save_revision(approved_go_live_at=day)
    late, soon = rows(reviewer, "定好时间上线的")
    assert "没能上" in late.h3.text
    assert "到了时间没能上线" in late.text
    assert late.a.find(string=True) == "去看缺什么"
    assert "就要上" in soon.h3.text


def test_every_row_has_one_button_that_leads_somewhere(designer):
    lesson = drafted(a_lesson(review_by=timezone.localdate()), designer.user, main_scenario="")
    feedback_on(lesson)
    html = parsed(designer.get("/admin/"))
    for row in html.all(".today-row"):
        (link,) = row.select("a")
        assert designer.get(link["href"], follow=True).status_code == 200, link
    assert len(html.all(".today-row")) == 4


def test_headings_go_down_one_by_one(designer):
    feedback_on(a_lesson())
    levels = [int(one.name[1]) for one in parsed(designer.get("/admin/")).all("main h1, main h2, main h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def much_of_everything(browser, number):
    """A row more in every list for each of ``number``."""
    for n in range(number):
        feedback_on(a_lesson(title=f"反馈{n}"))
        drafted(a_lesson(), browser.user)
        drafted(a_shared_step(), browser.user)
        drafted(a_chapter(review_by=timezone.localdate()), browser.user)
        drafted(a_lesson(review_by=timezone.localdate()), browser.user, main_scenario="")
        a_lesson(live=False).save_revision(approved_go_live_at=timezone.now() + timedelta(hours=1))
        for decide in (False, True):
            lesson = drafted(a_lesson(), browser.user)
            lesson.get_workflow().start(lesson, browser.user)
            if decide:
                state = TaskState.objects.get(workflow_state=lesson.current_workflow_state)
                state.specific.reject(user=browser.user, comment="换图。")


@pytest.mark.parametrize("who", ["designer", "reviewer", "manager"])
def test_few_queries_and_as_many_for_three_as_for_one(request, who):
    browser, counts = request.getfixturevalue(who), []
    for number in (1, 2):
        much_of_everything(browser, number)
        browser.get("/admin/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/admin/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST, "\n".join(query["sql"][:150] for query in asked.captured_queries)
