"""设计 → 审核 → 发布, by the buttons people press: sent, sent back with words, sent again, published."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from cms.models import SharedStep
from courses.models import LessonPage
from tests.factories.forms import lesson_form, step_form
from tests.factories.pages import a_lesson, a_shared_step
from tests.html import parsed

WORDS = "第 1 步的图是旧版微信的，请换掉。"


@pytest.fixture
def lesson(designer):
    """A lesson the designer has written, not on line yet."""
    return a_lesson(live=False, title="微信扫一扫", owner=designer.user)


def save(browser, lesson, *, action: str, **values):
    form = lesson_form(step_form(), action=action, title="微信扫一扫", safety_note="小心。", **values)
    return browser.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form)


def send(browser, lesson, **values):
    response = save(browser, lesson, action="action-submit", **values)
    assert response.status_code == 302
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def decide(browser, lesson, action: str, comment: str = "", **headers):
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, action, state.pk])
    return browser.post(address, {"comment": comment}, **headers)


def today(browser, name: str) -> str:
    found = parsed(browser.get("/admin/")).all(f"section[aria-labelledby=today-{name}]")
    return " ".join(found[0].text.split()) if found else ""


def words_on(browser, address: str) -> str:
    return parsed(browser.get(address, follow=True)).one("body").text


def is_live(lesson) -> bool:
    return LessonPage.objects.get(pk=lesson.pk).live


def test_the_whole_way(designer, reviewer, lesson, client):
    send(designer, lesson, change_note="换了新图。")
    assert not is_live(lesson)
    assert "微信扫一扫" in today(reviewer, "to-review")
    assert "换了新图。" in today(reviewer, "to-review")
    assert today(designer, "to-review") == ""

    decide(reviewer, lesson, "reject", WORDS)
    assert today(reviewer, "to-review") == ""
    assert WORDS in today(designer, "sent-back")
    editor = designer.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    assert any(WORDS in str(message) for message in editor.context["messages"])

    # What was sent back goes the same way again.
    save(designer, lesson, action="action-submit", goal="自己会扫一扫。", change_note="换了新图。")
    assert today(designer, "sent-back") == ""
    decide(reviewer, lesson, "approve")
    assert is_live(lesson)
    assert "自己会扫一扫。" in client.get(LessonPage.objects.get(pk=lesson.pk).url).content.decode()
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


@pytest.mark.parametrize("headers", [{}, {"headers": {"x-requested-with": "XMLHttpRequest"}}])
def test_nothing_is_sent_back_without_a_word(designer, reviewer, lesson, headers):
    state = send(designer, lesson)
    response = decide(reviewer, lesson, "reject", "  ", **headers)
    if headers:
        assert "写一句要改什么" in response.json()["html"]
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS


def test_approval_needs_no_words_and_keeps_them(designer, reviewer, lesson):
    state = send(designer, lesson)
    decide(reviewer, lesson, "approve", "写得真清楚。")
    assert is_live(lesson)
    assert TaskState.objects.get(pk=state.pk).comment == "写得真清楚。"


def test_a_day_in_the_future_waits_for_the_clock(designer, reviewer, lesson):
    day = timezone.localtime() + timedelta(days=2)
    send(designer, lesson, go_live_at=day.strftime("%Y-%m-%d %H:%M"))
    decide(reviewer, lesson, "approve")
    assert not is_live(lesson)
    assert "微信扫一扫" in today(reviewer, "planned")
    the_day_comes(lesson)
    call_command("run_jobs", stdout=StringIO())
    assert is_live(lesson)
    assert today(reviewer, "planned") == ""


def the_day_comes(lesson):
    """As if the plan had been made for a minute ago."""
    plan = Revision.objects.get(object_id=str(lesson.pk), approved_go_live_at__isnull=False)
    plan.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    plan.content["go_live_at"] = plan.approved_go_live_at.isoformat()
    plan.save()


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_designers_do_not_decide(designer, lesson, action):
    send(designer, lesson)
    decide(designer, lesson, action, WORDS)
    assert not is_live(lesson)
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_what_waits_for_review_stays_as_it_was_sent(designer, lesson):
    send(designer, lesson)
    before = LessonPage.objects.get(pk=lesson.pk).latest_revision_id
    save(designer, lesson, action="", goal="偷偷改了。")
    assert LessonPage.objects.get(pk=lesson.pk).latest_revision_id == before


def test_managers_review_too(designer, manager, lesson):
    send(designer, lesson)
    assert "微信扫一扫" in today(manager, "to-review")
    decide(manager, lesson, "approve")
    assert is_live(lesson)


def test_the_changes_are_told_with_the_buttons_to_decide(designer, reviewer, lesson):
    published = a_lesson(title="在线的课", goal="原来的目标。")
    draft = published.get_latest_revision_as_object()
    draft.goal, draft.change_note = "新的目标。", "换了目标。"
    draft.save_revision(user=designer.user)
    published = LessonPage.objects.get(pk=published.pk)
    published.get_workflow().start(published, designer.user)
    address = parsed(reviewer.get("/admin/")).one("section[aria-labelledby=today-to-review] a")["href"]
    html = parsed(reviewer.get(address))
    assert [item.text for item in html.all(".changes li")] == ["目标：原来“原来的目标。”，现在“新的目标。”"]
    assert "换了目标。" in html.one("main").text
    assert [button.text for button in html.all("[data-workflow-action-url]")] == [
        "送回去改",
        "通过，发布",
        "通过，写一句话",
    ]
    assert not parsed(designer.get(address)).all("[data-workflow-action-url]")


def test_a_new_page_says_that_all_of_it_is_new(designer, reviewer, lesson):
    send(designer, lesson)
    address = parsed(reviewer.get("/admin/")).one("section[aria-labelledby=today-to-review] a")["href"]
    assert "还没有上过线" in parsed(reviewer.get(address)).one("main").text


def test_a_stranger_sees_no_changes(client, db):
    lesson = a_lesson()
    response = client.get(reverse("changes", args=["courses", "lessonpage", lesson.pk]))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


@pytest.mark.parametrize("what", [("courses", "lessonpage", 99999), ("cms", "user", 1), ("no", "such", 1)])
def test_changes_of_nothing_are_not_found(reviewer, what):
    assert reviewer.get(reverse("changes", args=what)).status_code == 404


def test_wagtails_comparison_speaks_in_sentences(reviewer):
    lesson = a_lesson()
    first = lesson.latest_revision_id
    draft = lesson.get_latest_revision_as_object()
    draft.steps[0].value["do"] = "点三个点。"
    second = draft.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[lesson.pk, first, second.pk])
    told = [item.text for item in parsed(reviewer.get(address)).all("ul.changes li")]
    assert told == ["第 1 步，做什么：原来“点右上角的小加号。”，现在“点三个点。”"]


@pytest.fixture
def shared_step(designer):
    made = a_shared_step()
    draft = made.get_latest_revision_as_object()
    draft.title = "打开微信首页"
    draft.save_revision(user=designer.user)
    return SharedStep.objects.get(pk=made.pk)


def test_a_shared_step_goes_the_same_way(designer, reviewer, shared_step):
    shared_step.get_workflow().start(shared_step, designer.user)
    address = parsed(reviewer.get("/admin/")).one("section[aria-labelledby=today-to-review] a")["href"]
    html = parsed(reviewer.get(address))
    assert any("打开微信首页" in item.text for item in html.all(".changes li"))
    usage = next(link["href"] for link in html.all(".changes-links a") if link.text == "用在哪里")
    assert reviewer.get(usage).status_code == 200
    approve = html.all("[data-workflow-action-url]")[1]["data-workflow-action-url"]
    reviewer.post(approve, {"comment": ""})
    assert SharedStep.objects.get(pk=shared_step.pk).title == "打开微信首页"


def test_a_shared_step_sent_back_is_on_the_designers_desk(designer, reviewer, shared_step):
    shared_step.get_workflow().start(shared_step, designer.user)
    state = TaskState.objects.get()
    name = "wagtailsnippets_cms_sharedstep:workflow_action"
    reviewer.post(reverse(name, args=[shared_step.pk, "reject", state.pk]), {"comment": WORDS})
    assert WORDS in today(designer, "sent-back")
    link = parsed(designer.get("/admin/")).one("section[aria-labelledby=today-sent-back] a")["href"]
    assert designer.get(link).status_code == 200


def test_whoever_has_decided_comes_back_to_today(designer, reviewer, lesson):
    send(designer, lesson)
    address = parsed(reviewer.get("/admin/")).one("section[aria-labelledby=today-to-review] a")["href"]
    assert reviewer.get(address).status_code == 200
    decide(reviewer, lesson, "reject", WORDS)
    words = words_on(reviewer, address)
    assert "“微信扫一扫”送回去改了。" in words
    assert "您好" in words

    send(designer, lesson)
    decide(reviewer, lesson, "approve")
    assert "“微信扫一扫”通过了，读者已经看得到。" in words_on(reviewer, address)


def test_whoever_approves_for_a_day_hears_the_day(designer, reviewer, lesson):
    day = timezone.localtime(timezone.now() + timedelta(days=2))
    send(designer, lesson, go_live_at=day.strftime("%Y-%m-%d %H:%M"))
    address = parsed(reviewer.get("/admin/")).one("section[aria-labelledby=today-to-review] a")["href"]
    decide(reviewer, lesson, "approve")
    assert f"通过了，{day.month}月{day.day}日 {day:%H:%M} 上线。" in words_on(reviewer, address)


def test_whoever_comes_too_late_hears_that_it_was_taken_back(designer, reviewer, lesson):
    send(designer, lesson)
    address = parsed(reviewer.get("/admin/")).one("section[aria-labelledby=today-to-review] a")["href"]
    WorkflowState.objects.get(status=WorkflowState.STATUS_IN_PROGRESS).cancel(user=designer.user)
    assert "设计者收回了" in words_on(reviewer, address)
