"""A draft holds whatever can be typed, however wrong; only what others are to read must be right."""

import pytest
from django.urls import reverse

from courses.models import LessonPage
from tests.factories.forms import STEP, lesson_form, step_form
from tests.factories.pages import a_lesson

PICTURE = STEP["picture"]

HALF_DONE = {
    "a screen that cannot be drawn": {"picture": PICTURE | {"screen": "列标 大女儿"}},
    "two circles": {"picture": PICTURE | {"screen": "列表 甲 *\n列表 乙 *"}},
    "nothing to do yet": {"do": ""},
    "an invisible sign from pasting": {"do": "点\u200b“好”。"},
    "half a caution": {"caution": {"kind": "money", "text": ""}},
    "half a place to tap": {"picture": PICTURE | {"tap_x": "50", "tap_y": ""}},
    "a place outside": {"picture": PICTURE | {"tap_x": "900", "tap_y": "5"}},
    "a phone twice": {
        "variants": {
            "count": "2",
            **{
                f"{place}-{name}": value
                for place in (0, 1)
                for name, value in {
                    "deleted": "",
                    "order": str(place),
                    "value-phone": "apple",
                    "value-do": "点“好”。",
                }.items()
            },
        }
    },
}


@pytest.fixture
def lesson():
    return a_lesson(live=False)


def save(browser, lesson, *, action: str = "", **step):
    form = lesson_form(step_form(**step), action=action, title="写到一半")
    return browser.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form)


@pytest.mark.parametrize("step", HALF_DONE.values(), ids=HALF_DONE)
def test_draft_is_saved(designer, lesson, step):
    assert save(designer, lesson, **step).status_code == 302
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert draft.title == "写到一半"
    value = draft.steps[0].value
    assert value["do"] == step.get("do", STEP["do"])
    assert value["picture"]["screen"] == step.get("picture", PICTURE)["screen"]


@pytest.mark.parametrize("step", HALF_DONE.values(), ids=HALF_DONE)
@pytest.mark.parametrize("who", ["designer", "reviewer"])
def test_nobody_else_is_given_it_to_read(request, lesson, step, who):
    browser = request.getfixturevalue(who)
    action = "action-submit" if who == "designer" else "action-publish"
    response = save(browser, lesson, action=action, **step)
    assert response.status_code == 200
    assert response.context["form"].errors["steps"]
    assert not LessonPage.objects.get(pk=lesson.pk).live


def test_draft_that_cannot_be_drawn_is_shown_without_its_picture(designer, lesson):
    save(designer, lesson, picture=PICTURE | {"screen": "列标 大女儿"})
    response = designer.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))
    assert "点右上角的小加号。" in response.content.decode()


def test_what_belongs_to_a_screenshot_need_not_be_sent(designer, lesson):
    bare = {name: PICTURE[name] for name in ("screen", "screenshot")}
    assert save(designer, lesson, picture=bare, action="action-submit").status_code == 302
    value = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().steps[0].value
    assert (value["picture"]["alt"], value["picture"]["tap_x"]) == ("", None)
