"""A clerk on a phone adds a volunteer, mends a mistake, looks at the whole number; axe finds nothing wrong anywhere."""

from datetime import date

import pytest

from courses.enums import Duty, QualificationKind
from courses.models import TeachingPerson
from tests.factories.classes import a_member, a_person, a_school
from tests.journeys.judging import judged
from tests.journeys.test_admin_accessibility import LEVELS

WIDTHS = [360, 1280]


@pytest.fixture
def school(transactional_db):
    return a_school()


@pytest.fixture
def desk(browser, client, school, live_server):
    """A function that opens a window in which somebody of the school is logged in."""
    client.force_login(a_member(Duty.SCHOOL_STAFF, school))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    contexts = []

    def open_desk(width):
        contexts.append(
            browser.new_context(base_url=live_server.url, viewport={"width": width, "height": 740})
        )
        contexts[-1].set_default_timeout(15_000)
        contexts[-1].add_cookies([cookie])
        return contexts[-1].new_page()

    yield open_desk
    for context in contexts:
        context.close()


def check(page) -> None:
    """Nothing is wrong for axe, and nothing stands beyond the edge."""
    # Wagtail's messages fade in: half way their contrast is low.
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(each => each.finished))")
    found = judged(page, LEVELS)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_volunteer_is_added_a_mistake_mended_and_the_number_looked_at(desk, width):
    page = desk(width)
    page.goto("/admin/desk/volunteers/")
    check(page)
    page.get_by_role("link", name="登记一位志愿者").click()
    page.get_by_label("姓名").fill("王芳")
    page.get_by_label("电话").fill("1380000123")
    page.get_by_role("checkbox", name="就医").check()
    page.get_by_role("checkbox", name="周三下午").check()
    check(page)
    page.get_by_role("button", name="保存").click()
    check(page)
    page.get_by_role("link", name="手机号少了 1 个数字").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("138 0000 1234")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("登记好了。").wait_for()
    assert page.get_by_role("row", name="周三").get_by_text("有空").count() == 1
    check(page)
    page.get_by_role("button", name="看全号").click()
    page.get_by_text("13800001234").wait_for()
    assert "1380000" not in page.url
    check(page)
    assert TeachingPerson.objects.get().week_words == "周三下午"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_other_screens_are_accessible(desk, school, width):
    person = a_person(school, "欧阳娜娜", phone="13800001234", speaks_shanghainese=True)
    kind = QualificationKind.SAFETY_QUIZ
    day = date(2021, 3, 1)
    proof = person.qualifications.create(kind=kind, passed_on=day, valid_until=day)
    page = desk(width)
    below = f"people/{person.pk}/"
    for address in (
        "volunteers/",
        "volunteers/?print=1",
        below,
        f"{below}change/",
        f"{below}leave/",
        f"{below}consent/",
        f"{below}account/",
        f"{below}qualifications/new/",
        f"{below}qualifications/{proof.pk}/remove/",
        "me/",
    ):
        page.goto(f"/admin/desk/{address}")
        check(page)
    page.goto(f"/admin/desk/{below}")
    # The whole table of proofs is seen without moving it sideways.
    table = page.locator(".desk-scroll").first
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")
