"""操作记录 in the desk: whose, found how, in which words, at what cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from cms.services.audit import coming_from, record
from courses.desk.accounts.audit import AuditList
from courses.enums import Duty
from tests.cms.log_in.conftest import try_password
from tests.factories.classes import a_college, a_member, a_school, the_city
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db
LIST = "/admin/desk/audit/"


@pytest.fixture
def college():
    return a_college("东社区学院", district="东区")


@pytest.fixture
def auditor(client, college):
    """A browser of an auditor of the college; ``.college`` is the place."""
    client.college = college
    client.force_login(a_member(Duty.AUDITOR, college, "auditor-east"))
    return client


def text_of(browser, asked: str = "") -> str:
    answer = browser.get(f"{LIST}?{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def put_down(organisation=None, verb=AuditVerb.CHANGED, by=None, **values):
    with coming_from(values.pop("address", "198.51.100.77")):
        return record(verb, by=by, organisation_id=organisation.pk if organisation else 0, **values)


class TestWhose:
    def test_the_branch_and_nothing_else(self, auditor, college):
        put_down(a_school(college), address="198.51.100.1")
        put_down(a_college(district="西区"), address="198.51.100.2")
        put_down(address="198.51.100.3")
        text = text_of(auditor)
        assert "198.51.100.1" in text
        assert "198.51.100.2" not in text
        assert "198.51.100.3" not in text

    def test_the_city_sees_also_what_belongs_to_nobody(self, client, college):
        client.force_login(a_member(Duty.AUDITOR, the_city()))
        put_down(college, address="198.51.100.1")
        put_down(address="198.51.100.3")
        text = text_of(client)
        assert "198.51.100.1" in text
        assert "198.51.100.3" in text

    @pytest.mark.parametrize("duty", [Duty.COLLEGE_STAFF, Duty.TEACHER, Duty.VOLUNTEER])
    @pytest.mark.parametrize("asked", ["", "?export=csv", "?print=1"])
    def test_others_may_not(self, college, duty, asked):
        browser = Client()
        browser.force_login(a_member(duty, college))
        assert browser.get(LIST + asked).status_code in {302, 403}

    def test_a_district_manager_may(self, client, college):
        client.force_login(a_member(Duty.DISTRICT_MANAGER, college))
        text_of(client)

    def test_nothing_can_be_sent_to_it(self, auditor):
        assert auditor.post(LIST).status_code == 405


class TestWords:
    def test_who_what_which_where_from_where(self, auditor, college):
        clerk = a_member(Duty.COLLEGE_STAFF, college, "clerk-east")
        clerk.first_name = "李教务"
        clerk.save()
        put_down(college, AuditVerb.DISABLED, by=clerk, subject=clerk)
        text = text_of(auditor, "verb=disabled")
        for word in (
            "李教务（clerk-east）",
            "停用",
            f"账号 {clerk.pk} 李教务",
            "东社区学院",
            "198.51.100.77",
        ):
            assert word in text

    @pytest.mark.parametrize(
        ("detail", "words"),
        [
            ("teacher", "授课教师"),
            ("idle", "离开太久"),
            ("desk:learners", "学员"),
            ("accounts 12", "账号 12"),
            ("name,address", "全称 地址"),
            ("plan 3 of 10", "开班计划表：10 个班，新建了 3 个"),
            ("into 12", "合并到 12"),
            ("timetable week 2026-11-09", "课表 一周 2026-11-09"),
            ("sign renewed", "门牌上的码 换新"),
        ],
    )
    def test_codes_in_words(self, auditor, college, detail, words):
        put_down(college, AuditVerb.SWITCHED, subject=college, detail=detail)
        assert words in text_of(auditor, "verb=switched")

    def test_what_nobody_did_and_what_the_system_did(self, auditor, college):
        put_down(college, AuditVerb.SWITCHED)
        put_down(college, AuditVerb.MERGED, address="")
        assert "没有登录的人" in text_of(auditor, "verb=switched")
        assert "系统自己" in text_of(auditor, "verb=merged")

    def test_a_code_of_tomorrow_breaks_nothing(self, auditor, college):
        AuditEntry.objects.create(verb="new-verb", subject="newthing", organisation_id=college.pk)
        assert "new-verb" in text_of(auditor)

    def test_log_ins_stand_under_the_organisation(self, auditor, college):
        a_member(Duty.COLLEGE_STAFF, college, "clerk-east")
        try_password("clerk-east", "wrong", address="203.0.113.66")
        text = text_of(auditor, "verb=log-in-failed")
        assert "203.0.113.66" in text
        assert "登录没成功" in text


class TestFilters:
    @pytest.mark.parametrize(
        ("asked", "there"),
        [
            ("q=李教", True),
            ("q=clerk-e", True),
            ("q=王", False),
            ("verb=changed", True),
            ("verb=merged", False),
            ("subject=organisation", True),
            ("subject=user", False),
            ("since={today}", True),
            ("since=2099-01-01", False),
            ("until={today}", True),
            ("until=2020-01-01", False),
            ("since=nonsense&verb=xx&p=999", True),
            ("q=李&verb=changed&since={today}&until={today}", True),
        ],
    )
    def test_found_by(self, auditor, college, asked, there):
        clerk = a_member(Duty.COLLEGE_STAFF, college, "clerk-east")
        clerk.first_name = "李教务"
        clerk.save()
        put_down(college, by=clerk, subject=college)
        text = text_of(auditor, asked.format(today=timezone.localdate().isoformat()))
        assert ("198.51.100.77" in text) is there

    def test_nothing_found_is_said(self, auditor):
        assert "一个也没有" in text_of(auditor, "q=niemand")


def test_taken_away_only_the_branch_and_put_down(auditor, college):
    put_down(college, address="198.51.100.1")
    put_down(a_college(district="西区"), address="198.51.100.2")
    file = auditor.get(f"{LIST}?export=csv").content.decode()
    assert "198.51.100.1" in file
    assert "198.51.100.2" not in file
    assert AuditEntry.objects.filter(verb=AuditVerb.EXPORTED, detail__startswith="audit ").count() == 1


class TestManyPages:
    """More than are counted: as if the bound were a page and a half."""

    @pytest.fixture(autouse=True)
    def rows(self, monkeypatch, college):
        monkeypatch.setattr(AuditList, "counts_up_to", 75)
        AuditEntry.objects.bulk_create(
            AuditEntry(verb=AuditVerb.SWITCHED, organisation_id=college.pk, detail=f"{each}")
            for each in range(120)
        )

    def words(self, auditor, asked=""):
        html = parsed(auditor.get(f"{LIST}?verb=switched&{asked}"))
        leaf = " ".join(link.text for link in html.all(".desk-pages a"))
        return " ".join(html.one(".desk-count").text.split()), leaf, len(html.all(".desk-table tbody tr"))

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ("", ("超过 75 条，这是第 1 页。", "下一页", 50)),
            ("p=2", ("共 120 条，这是第 2 页，共 3 页。", "上一页 下一页", 50)),
            ("p=3", ("共 120 条，这是第 3 页，共 3 页。", "上一页", 20)),
            ("p=999", ("共 120 条，这是第 3 页，共 3 页。", "上一页", 20)),
            ("p=-1", ("共 120 条，这是第 3 页，共 3 页。", "上一页", 20)),
            ("p=nonsense", ("超过 75 条，这是第 1 页。", "下一页", 50)),
        ],
    )
    def test_no_page_is_lost(self, auditor, asked, said):
        assert self.words(auditor, asked) == said

    def test_as_many_as_are_counted_are_counted(self, auditor, monkeypatch):
        monkeypatch.setattr(AuditList, "counts_up_to", 120)
        assert self.words(auditor)[0] == "共 120 条，这是第 1 页，共 3 页。"

    def test_only_the_rows_of_a_page_are_put_together(self, auditor):
        with CaptureQueriesContext(connection) as queries:
            text_of(auditor, "verb=switched")
        (named,) = [query["sql"] for query in queries if "organisation_name" in query["sql"]]
        assert '"cms_auditentry"."id" IN (' in named

    def test_all_of_them_are_taken_away(self, auditor):
        assert "全部，超过 75 条" in text_of(auditor, "verb=switched")
        assert auditor.get(f"{LIST}?verb=switched&export=csv").content.decode().count("\n") == 121


def test_it_costs_the_same(auditor, college):
    def add(_) -> None:
        clerk = a_member(Duty.COLLEGE_STAFF, college)
        put_down(college, by=clerk, subject=clerk)

    assert of_one_as_of_three(add, lambda: text_of(auditor)) <= 15


def test_a_refusal_stands_under_the_identity_that_was_refused(auditor, college):
    browser = Client()
    browser.force_login(a_member(Duty.TEACHER, college, "teacher-east"))
    browser.get(LIST)
    text = text_of(auditor, "verb=refused")
    assert "teacher-east" in text
    assert "没有权限，被拒" in text
