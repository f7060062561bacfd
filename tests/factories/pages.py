"""Modules, lessons, chapters, shared steps: made and published the way the editor does it."""

import json
from itertools import count

from cms.enums import HandbookKind
from cms.models import ContentImage, SharedStep
from courses.models import CourseIndexPage, LessonPage, ModulePage
from handbook.models import ChapterPage, HandbookPage

_numbers = count(1)
SCREEN = "标题栏 微信 | + *\n列表 大女儿\n撕口"


def stream(*blocks: tuple[str, object]) -> str:
    """Return the stored form of a stream of (type, value) pairs."""
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def step(do: str = "点右上角的小加号。", **values) -> tuple[str, dict]:
    """Return a step block; ``values`` are other parts of it, as stored."""
    return "step", {"do": do, "look": "会出来一张单子。"} | values


def drawn_step(screen: str = SCREEN, **values) -> tuple[str, dict]:
    """Return a step block with a drawn screen."""
    return step(picture={"screen": screen}, **values)


def photo_step(image: ContentImage, **values) -> tuple[str, dict]:
    """Return a step block with an uploaded screenshot and the place to tap."""
    picture = {"screen": "", "screenshot": image.pk, "alt": "右上角有个小加号", "tap_x": 90.0, "tap_y": 5.0}
    return step(picture=picture, **values)


def shared(shared_step: SharedStep) -> tuple[str, int]:
    """Return a block that shows a shared step."""
    return "shared_step", shared_step.pk


def a_shared_step(*, live: bool = True, **values) -> SharedStep:
    """Make a shared step, published unless ``live`` is false; ``body`` is a step block."""
    number = next(_numbers)
    body = stream(values.pop("body", drawn_step(f"标题栏 第{number}屏\n按钮 好 *")))
    made = SharedStep(
        live=False, **{"key": f"step-{number}", "title": f"共用{number}", "body": body} | values
    )
    made.save()
    revision = made.save_revision()
    if live:
        revision.publish()
        made.refresh_from_db()
    return made


def a_module(*, live: bool = True, **values) -> ModulePage:
    """Make a module in the course index."""
    number = next(_numbers)
    defaults = {"title": f"模块{number}", "goal": "会扫码。", "main_scenario": "scan-code"}
    return _add(CourseIndexPage.objects.get(), ModulePage(**defaults | values), live=live)


def a_lesson(module: ModulePage | None = None, *, live: bool = True, **values) -> LessonPage:
    """Make a lesson, in a module of its own unless one is given."""
    defaults = {
        "title": f"课{next(_numbers)}",
        "goal": "自己会扫。",
        "main_scenario": "scan-code",
        "steps": stream(drawn_step()),
        "safety_note": "先看清楚，再付钱。",
    }
    return _add(module or a_module(), LessonPage(**defaults | values), live=live)


def a_book(kind: HandbookKind = HandbookKind.SENIORS) -> HandbookPage:
    """Return one of the two books; they are always there."""
    return HandbookPage.objects.get(kind=kind)


def many_lessons(number: int, module: ModulePage, **values) -> None:
    """Put lessons on line in a module, 第1个 … , without the history an editor leaves: for long lists."""
    parent = ModulePage.objects.get(pk=module.pk)
    for n in range(1, number + 1):
        words = {"title": f"第{n}个", "goal": "自己会扫。", "main_scenario": "scan-code"} | values
        parent.add_child(instance=LessonPage(steps=stream(step()), **words))


def a_chapter(book: HandbookPage | None = None, *, live: bool = True, **values) -> ChapterPage:
    """Make a chapter, in the seniors' handbook unless another book is given."""
    number = next(_numbers)
    defaults = {
        "title": f"章{number}",
        "number": number,
        "goal": "讲怎么扫码。",
        "body": stream(("section", "打开扫一扫"), drawn_step()),
    }
    return _add(book or a_book(), ChapterPage(**defaults | values), live=live)


def _add(parent, page, *, live: bool):
    parent = parent._meta.model.objects.get(pk=parent.pk)
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page
