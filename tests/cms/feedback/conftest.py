"""A reader who taps a button under a step."""

from collections.abc import Callable

import pytest

from tests.factories.pages import a_lesson, drawn_step, step, stream

SAME_SITE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def lesson():
    """A lesson of three steps; the second is told otherwise for one kind of phone."""
    other = [{"phone": "apple", "do": "点“好”。"}]
    return a_lesson(steps=stream(drawn_step(), step("点“确定”。", variants=other), step("点“完成”。")))


@pytest.fixture
def tap(client, lesson) -> Callable:
    """Tap under a step, as the page's form does; anything of it can be changed."""

    def tap(about="unclear.step-2", *, headers=None, address="10.0.0.1", json=False, **fields):
        return client.post(
            "/feedback/",
            {"page": lesson.pk, "about": about, "phone": "", "website": ""} | fields,
            headers=(SAME_SITE if headers is None else headers)
            | ({"accept": "application/json"} if json else {}),
            REMOTE_ADDR=address,
        )

    return tap
