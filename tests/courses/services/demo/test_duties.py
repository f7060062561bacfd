"""The demo log-ins of the class desk: what each may do, and that what was ended stays ended."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry, User
from cms.services.demo import demo_logins, load_demo
from courses.enums import Duty, Right, TeachingRole
from courses.models import Membership, Organisation, TeachingPerson, acting_membership
from courses.services.demo.duties import give_demo_duties

DESK = "/admin/desk/"
DUTIES = {
    "admin": [(Duty.CITY_MANAGER, "SH")],
    "xuhui-manager": [(Duty.DISTRICT_MANAGER, "XH")],
    "xuhui-college": [(Duty.COLLEGE_STAFF, "XH")],
    "tianlin-school": [(Duty.SCHOOL_STAFF, "XH-TL")],
    "teacher": [(Duty.TEACHER, "XH-TL")],
    "volunteer": [(Duty.VOLUNTEER, "XH-TL")],
    "auditor": [(Duty.AUDITOR, "SH")],
    "two-duties": [(Duty.SCHOOL_STAFF, "XH-TL"), (Duty.TEACHER, "XH-LY")],
}


@pytest.mark.usefixtures("demo_site")
class TestOnADemoSite:
    @pytest.mark.parametrize("username", DUTIES)
    def test_each_has_its_duties(self, username):
        held = Membership.objects.filter(user__username=username).order_by("pk")
        assert list(held.values_list("duty", "organisation__code")) == DUTIES[username]

    def test_there_is_one_for_every_duty(self):
        assert set(Membership.objects.values_list("duty", flat=True)) == set(Duty)

    @pytest.mark.parametrize("username", DUTIES)
    def test_it_opens_the_desk_which_says_that_nobody_is_real(self, client, username):
        passwords = {name: password for _role, name, password in demo_logins()}
        assert client.login(username=username, password=passwords[username])
        answer = client.get(DESK)
        assert answer.status_code == 200
        assert "演示数据，不是真的人" in answer.content.decode()

    def test_only_the_administrator_may_do_everything(self):
        assert list(User.objects.filter(is_superuser=True).values_list("username", flat=True)) == ["admin"]

    def test_content_log_ins_have_no_duty(self):
        for username in ("designer", "reviewer", "manager"):
            assert acting_membership(User.objects.get(username=username)) is None

    @pytest.mark.parametrize(
        ("username", "role"), [("teacher", TeachingRole.TEACHER), ("volunteer", TeachingRole.VOLUNTEER)]
    )
    def test_who_teaches_and_helps_is_in_the_lists(self, username, role):
        person = TeachingPerson.objects.get(user__username=username)
        assert (person.role, person.organisation.code) == (role, "XH-TL")

    def test_what_was_ended_stays_ended(self):
        yesterday = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(user__username="teacher").update(
            starts_on=date(2026, 1, 1), ends_on=yesterday
        )
        assert load_demo() == []
        assert acting_membership(User.objects.get(username="teacher")) is None

    def test_the_given_duties_are_put_down(self):
        given = AuditEntry.objects.filter(verb=AuditVerb.DUTY_GIVEN, by=None)
        assert given.count() == sum(map(len, DUTIES.values()))


@pytest.mark.django_db
def test_without_log_ins_nothing_is_given():
    assert give_demo_duties() is None


@pytest.mark.django_db
def test_without_the_organisation_nothing_is_given():
    Organisation.objects.filter(code="XH").update(code="XUHUI")
    user = User.objects.create_user("xuhui-college")
    assert give_demo_duties() is None
    assert acting_membership(user) is None


@pytest.mark.django_db
def test_nobody_in_the_lists_is_needed_for_a_duty():
    school = Organisation(kind="community-school", code="XH-TL", name="测试社区学校")
    school.guided_by = Organisation.objects.get(code="XH")
    school.area = school.guided_by.area
    school.save()
    teacher = User.objects.create_user("teacher")
    assert give_demo_duties() == "给演示账号的职责：1 个"
    assert acting_membership(teacher).allows(Right.SEE_PLACES)
