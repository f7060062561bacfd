"""A step becomes a shared one, and back, without losing a word."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import nested_form_data

from cms.models import SharedStep
from tests.factories.forms import STEP
from tests.factories.images import an_image
from tests.factories.pages import a_shared_step, drawn_step, photo_step

VARIANTS = {
    "count": "1",
    "0-deleted": "",
    "0-order": "0",
    "0-value-phone": "apple",
    "0-value-do": "点右上角的圆圈。",
    "0-value-picture-screen": "标题栏 微信 | … *",
}


def share(browser, *, title: str = "点小加号", **step):
    form = nested_form_data({"steps-3-value": STEP | step})
    return browser.post(reverse("share_step"), form | {"prefix": "steps-3-value", "title": title})


def own(browser, step: SharedStep):
    return browser.get(reverse("own_step", args=[step.pk]))


def test_words_pictures_and_other_phones_come_along(manager):
    response = share(manager, look="会出来单子。", variants=VARIANTS)
    step = SharedStep.objects.get(pk=response.json()["state"]["id"])
    assert (step.title, step.key, step.live) == ("点小加号", "dian-xiao-jia-hao", True)
    assert step.step["do"] == STEP["do"]
    assert step.step["look"] == "会出来单子。"
    assert step.step["variants"][0]["picture"]["screen"] == "标题栏 微信 | … *"


def test_designers_step_goes_to_review(designer):
    share(designer)
    step = SharedStep.objects.get()
    assert not step.live
    assert step.workflow_in_progress
    assert step.latest_revision.user == designer.user


def test_who_made_it_stands_in_the_log(designer):
    share(designer)
    actions = set(
        ModelLogEntry.objects.for_instance(SharedStep.objects.get()).values_list("action", flat=True)
    )
    assert "wagtail.create" in actions


def test_reviewers_write_none(reviewer):
    assert share(reviewer).status_code == 302
    assert not SharedStep.objects.exists()


def test_same_name_gets_another_key(manager):
    for _ in range(3):
        assert share(manager).status_code == 200
    keys = SharedStep.objects.values_list("key", flat=True)
    assert sorted(keys) == ["dian-xiao-jia-hao", "dian-xiao-jia-hao-2", "dian-xiao-jia-hao-3"]


@pytest.mark.parametrize(
    ("step", "title", "said"),
    [
        ({"do": ""}, "点小加号", "做什么："),
        ({"picture": STEP["picture"] | {"screen": "列标 甲"}}, "点小加号", "第 1 行"),
        ({"caution": {"kind": "money", "text": ""}}, "点小加号", "提醒："),
        ({}, "", ""),
        ({}, "字" * 41, ""),
    ],
)
def test_incomplete_step_is_refused_and_nothing_made(manager, step, title, said):
    response = share(manager, title=title, **step)
    assert response.status_code == 422
    assert any(said in message for message in response.json()["errors"])
    assert not SharedStep.objects.exists()


@pytest.mark.django_db
def test_own_copy_is_the_whole_step(designer):
    image = an_image()
    state = own(designer, a_shared_step(body=photo_step(image, if_different="找右上角。"))).json()["state"]
    assert state["do"] == "点右上角的小加号。"
    assert state["if_different"] == "找右上角。"
    assert state["picture"]["screenshot"]["id"] == image.pk


def test_own_copy_is_what_readers_see(designer):
    step = a_shared_step(body=drawn_step())
    step.body[0].value["do"] = "还没有审核的话。"
    step.save_revision()
    assert own(designer, step).json()["state"]["do"] == "点右上角的小加号。"


def test_own_copy_of_what_nobody_has_read_yet_is_its_draft(designer):
    step = a_shared_step(live=False)
    step.body[0].value["do"] = "新写的话。"
    step.save_revision()
    assert own(designer, step).json()["state"]["do"] == "新写的话。"


def test_own_copy_of_nothing(designer):
    assert designer.get(reverse("own_step", args=[999])).status_code == 404


@pytest.mark.parametrize(("name", "arguments"), [("share_step", []), ("own_step", [1])])
def test_stranger_is_turned_away(client, db, name, arguments):
    for ask in (client.get, client.post):
        response = ask(reverse(name, args=arguments))
        assert response.status_code in {302, 405}
        assert "state" not in response.content.decode()
    assert not SharedStep.objects.exists()
