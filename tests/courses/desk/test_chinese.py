"""The class desk speaks Chinese on every screen its people are led to."""

import re

import pytest

from courses.enums import Duty
from tests.cms.admin.crawling import Screens
from tests.cms.admin.test_chinese import english_in as latin_in
from tests.courses.desk.test_access_matrix import ROWS, Branch
from tests.factories.classes import a_member, the_city

pytestmark = pytest.mark.django_db

# Codes of organisations, keys, kinds of picture, and an account's name are written so in Chinese too.
NAMES = re.compile(
    r"\b(?:[A-Z]{1,5}(?:-[A-Z0-9]+)*|T\d+|Ctrl|WebP|xlsx?|csv|zhoujianguo|tongshi\w*)\b", re.ASCII
)
LED_TO = {Duty.CITY_MANAGER: 60, Duty.SCHOOL_STAFF: 30, Duty.AUDITOR: 15, Duty.TEACHER: 5}


def where(duty: Duty, branch: Branch):
    places = {Duty.CITY_MANAGER: the_city(), Duty.AUDITOR: branch.college}
    return places.get(duty, branch.school)


@pytest.mark.parametrize("duty", LED_TO)
def test_whatever_a_duty_is_led_to_speaks_chinese(client, duty):
    branch = Branch("东边")
    client.force_login(a_member(duty, where(duty, branch), f"同事-{duty.label}"))
    client.raise_request_exception = False
    screens = Screens(client)
    screens.visit_all("/admin/desk/", *(branch.address(name) for name, row in ROWS.items() if row.look))
    assert len(screens.words) > LED_TO[duty]
    assert screens.broken == []
    words = {address: {NAMES.sub("", text) for text in texts} for address, texts in screens.words.items()}
    assert "\n".join(latin_in(words)) == ""
