"""个人信息说明: public, cheap, kept, linked from every page, and the same table as in the documents."""

from io import StringIO

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import models

from cms.hooks import FOOTER_LINKS, ask
from courses.management.commands import personal_data_page
from courses.models import Attendance, Enrolment, Learner, StudyProgress
from courses.rules.personal_data import NOTICE_VERSION, TABLE, Period
from courses.services.personal_data import as_markdown, days
from tests.factories.nodes import Node
from tests.html import parsed

pytestmark = pytest.mark.django_db

ADDRESS = "/privacy/"
# Columns that hold no fact of their own: keys, marks of the program, what a fact is found by.
NOT_FACTS = {
    *("id", "name_key", "phone_key", "phone_tail_key", "merged_into", "erased_at", "is_demo", "created_at"),
    *("is_identity_confirmed", "says_senior"),
}
SAID_AS = {
    "name": "姓名",
    "phone": "电话",
    "birth_year": "出生年份",
    "sex": "性别",
    "area": "街镇",
    "contact_name": "有事找谁",
    "contact_phone": "那个人的电话",
}

# Keys, what is derived and kept as a hash only, the order in the waiting list.
NOT_FACTS_OF_ENROLMENT = {
    *("id", "learner", "nonce", "voucher_key", "form_key", "is_demo", "priority", "offered_until"),
    "has_registered",
}
ENROLMENT_SAID_AS = {
    "run": "报了哪个班",
    "created_at": "什么时候",
    "through": "怎么报的",
    "filled_by": "谁填的",
    "state": "后来的变动",
    "contact_name": "这次报名有事找谁",
    "contact_phone": "那个人的电话",
    "consent_version": "同意的是哪一版说明",
    "consent_at": "什么时候同意的",
}


# Keys and proofs, and what follows from the class, the year of birth and the rules.
NOT_FACTS_OF_ATTENDANCE = {
    *("id", "learner", "corrects", "client_id", "proof", "is_demo"),
    *("kind", "is_senior", "is_self_declared", "counts"),
}
ATTENDANCE_SAID_AS = {
    "session": "哪一次课",
    "happened_at": "什么时候到的",
    "state": "到了没有",
    "minutes": "在了几分钟",
    "how": "怎么记的",
    "by": "谁",
    "recorded_at": "什么时候记的",
    "because": "为什么改",
}


def test_every_field_is_shown_with_purpose_readers_and_period(client):
    text = parsed(client.get(ADDRESS)).one("main").get_text()
    for about in TABLE:
        for field in about.fields:
            assert f"做什么用：{field.purpose}。" in text
            assert f"谁看得到：{field.seen_by}。" in text
            assert field.name in text
    assert "18 个月没有再来" in text
    assert f"第 {NOTICE_VERSION} 版" in text


def test_every_column_of_a_learner_is_in_the_table():
    columns = {field.name for field in Learner._meta.get_fields() if isinstance(field, models.Field)}
    assert columns - NOT_FACTS == set(SAID_AS)
    names = "、".join(field.name for field in TABLE[0].fields)
    assert [words for words in SAID_AS.values() if words not in names] == []


def test_every_column_of_an_enrolment_is_in_the_table():
    columns = {field.name for field in Enrolment._meta.get_fields() if isinstance(field, models.Field)}
    assert columns - NOT_FACTS_OF_ENROLMENT == set(ENROLMENT_SAID_AS)
    names = "、".join(field.name for field in TABLE[0].fields)
    assert [words for words in ENROLMENT_SAID_AS.values() if words not in names] == []


def test_every_column_of_an_attendance_is_in_the_table():
    columns = {field.name for field in Attendance._meta.get_fields() if isinstance(field, models.Field)}
    assert columns - NOT_FACTS_OF_ATTENDANCE == set(ATTENDANCE_SAID_AS)
    (name,) = [field.name for field in TABLE[0].fields if field.name.startswith("签到")]
    assert [words for words in ATTENDANCE_SAID_AS.values() if words not in name] == []


def test_how_far_somebody_is_in_a_recording_is_in_the_table():
    columns = {field.name for field in StudyProgress._meta.get_fields() if isinstance(field, models.Field)}
    assert columns == {"id", "session", "learner", "done", "completed_at"}
    names = "、".join(field.name for field in TABLE[0].fields)
    assert [words for words in ("录播的课看到哪一步", "什么时候学完的") if words not in names] == []


def test_a_period_follows_its_setting(client, settings):
    settings.LEARNER_KEPT_DAYS = 45
    assert "45 天没有再来" in client.get(ADDRESS).content.decode()


def test_the_audit_is_never_kept_less_than_a_year(settings):
    settings.AUDIT_KEPT_DAYS = 10
    assert days(Period.AUDIT) == 365


def test_whom_to_call_is_said(client):
    assert parsed(client.get(ADDRESS)).one("main a[href^='tel:']")["href"] == "tel:12345"


def test_the_page_is_cheap(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get(ADDRESS).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_page_is_kept():
    node = Node()
    assert node.get(ADDRESS).status == node.get(ADDRESS).status == 200
    assert node.drawn == 1


@pytest.mark.parametrize("path", ["/", "/handbook/", "/display/", "/search/", ADDRESS])
def test_every_page_leads_there(client, path):
    assert parsed(client.get(path)).one(f"footer a[href='{ADDRESS}']").get_text() == "我们怎么用您的信息"


def test_the_link_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [link.url for link in ask(FOOTER_LINKS)] == ["/enrolments/", ADDRESS]


def test_the_document_is_the_same_table():
    kept = project.BASE_DIR / personal_data_page.PAGE
    assert kept.read_text(encoding="utf-8") == as_markdown(), "python manage.py personal_data_page"


def test_the_command_writes_it(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    call_command("personal_data_page", stdout=StringIO())
    assert (tmp_path / personal_data_page.PAGE).read_text(encoding="utf-8") == as_markdown()
