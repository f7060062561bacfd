"""Each verb on teachers and volunteers: done and put down, or refused in words with nothing changed."""

import threading
from datetime import date
from functools import partial

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty, TeachingRole
from courses.errors import NotAllowed, Refused
from courses.models import PersonNumber, TeachingPerson
from courses.services import teaching_people as services
from tests.factories.classes import a_college, a_member, a_person, a_school
from tests.factories.nodes import in_own_connection

pytestmark = pytest.mark.django_db

PHONE = "13800000001"
DAY = date(2021, 3, 1)
VOLUNTEER, TEACHER = TeachingRole.VOLUNTEER, TeachingRole.TEACHER


@pytest.fixture
def school():
    return a_school(name="东一社区学校")


@pytest.fixture
def clerk(school):
    return a_member(Duty.SCHOOL_STAFF, school)


def create(school, by, **values):
    """Make a volunteer by the service."""
    return services.create_person(
        **{"organisation": school, "role": VOLUNTEER, "name": "王芳", "phone": PHONE, "by": by} | values
    )


def change(person, by, **values):
    """Change somebody by the service; what is not said stays."""
    as_it_is = {
        "name": person.name,
        "speaks_mandarin": person.speaks_mandarin,
        "speaks_shanghainese": person.speaks_shanghainese,
    }
    return services.change_person(**{"person": person, "by": by} | as_it_is | values)


def last_entry() -> tuple:
    entry = AuditEntry.objects.order_by("pk").last()
    return entry.verb, entry.subject, entry.subject_id, entry.organisation_id, entry.detail


def test_somebody_new_gets_a_number_and_all_that_was_said(school, clerk):
    person = create(
        school, clerk, name="王　芳", phone="+86 138-0000-0001", scenarios=["safety"], free=[(3, "morning")]
    )
    found = TeachingPerson.objects.with_all().get(pk=person.pk)
    assert (found.name, found.whole_phone(), found.number) == ("王芳", PHONE, "ZY-00001")
    assert (found.scenario_words, found.week_words) == ("安全", "周三上午")
    entry = (AuditVerb.CREATED, "teachingperson", str(person.pk), school.pk, "volunteer")
    assert last_entry() == entry


def test_neither_name_nor_number_is_put_down(school, clerk):
    person = create(school, clerk)
    change(person, clerk, name="李明", phone="13800000002")
    put_down = " ".join(map(str, AuditEntry.objects.values_list()))
    assert not any(secret in put_down for secret in ("王芳", "李明", "1380000"))


def test_the_system_itself_adds_demonstration_people(school):
    assert create(school, None, is_demo=True, role=TEACHER).number == "JS-00001"
    assert TeachingPerson.objects.get().is_demo


@pytest.mark.parametrize("duty", [Duty.AUDITOR, Duty.TEACHER])
def test_whoever_only_looks_changes_nothing(school, duty):
    by = a_member(duty, school.guided_by)
    person = a_person(school, phone=PHONE)
    for refused in (
        lambda: create(school, by),
        lambda: change(person, by, name="李明"),
        lambda: services.leave(person=person, on=DAY, by=by),
        lambda: services.come_back(person=person, by=by),
    ):
        with pytest.raises(NotAllowed, match="您现在的身份"):
            refused()
    assert TeachingPerson.objects.get().name == "王志愿"


def test_nobody_reaches_into_another_branch(clerk):
    other = a_school()
    person = a_person(other)
    for refused in (
        lambda: create(other, clerk),
        lambda: change(person, clerk, name="李明"),
        lambda: services.leave(person=person, on=DAY, by=clerk),
        lambda: services.come_back(person=person, by=clerk),
    ):
        with pytest.raises(NotAllowed, match="不归您管"):
            refused()
    assert TeachingPerson.objects.get().left_on is None


def test_nobody_is_moved_out_of_the_branch(school, clerk):
    person = create(school, clerk)
    with pytest.raises(NotAllowed, match="不归您管"):
        change(person, clerk, organisation=a_school())
    person.refresh_from_db()
    assert person.organisation == school


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"name": " "}, "name", "bad-name"),
        ({"name": "王芳13800000001"}, "name", "bad-name"),
        ({"phone": "1380000"}, "phone", "bad-phone"),
        ({"phone": "13800000001/13800000002"}, "phone", "bad-phone"),
        ({"scenarios": ["cooking"]}, "scenarios", "unknown-scenario"),
        ({"free": [(8, "morning")]}, "free", "unknown-half-day"),
        ({"free": [(1, "midnight")]}, "free", "unknown-half-day"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(school, clerk, values, field, code):
    with pytest.raises(Refused) as refusal:
        create(school, clerk, **values)
    assert refusal.value.code == code
    assert list(refusal.value.fields) == [field]
    person = a_person(school, "李明")
    with pytest.raises(Refused, match=r".+"):
        change(person, clerk, **values)
    assert not AuditEntry.objects.filter(subject="teachingperson").exists()


def test_the_same_person_twice_in_one_organisation_is_refused_by_name(school, clerk):
    create(school, clerk)
    with pytest.raises(Refused, match="王芳（ZY-00001），不用再登记") as refusal:
        create(school, clerk, name="王　芳（组长）", phone="138 0000 0001")
    assert refusal.value.code == "is-there-already"
    assert TeachingPerson.objects.count() == 1


def test_whoever_left_is_to_come_back_not_to_be_added_again(school, clerk):
    services.leave(person=create(school, clerk), on=DAY, by=clerk)
    with pytest.raises(Refused, match="2021-03-01 离开了。打开那一页，点“回来了”"):
        create(school, clerk)


def test_a_change_into_somebody_who_is_there_is_refused(school, clerk):
    create(school, clerk)
    other = create(school, clerk, name="李明")
    with pytest.raises(Refused, match="ZY-00001"):
        change(other, clerk, name="王芳")
    other.refresh_from_db()
    assert other.name == "李明"


def test_a_couple_shares_a_number_and_one_may_both_teach_and_help(school, clerk):
    create(school, clerk)
    create(school, clerk, name="李明")
    create(school, clerk, role=TEACHER)
    create(school, clerk, name="陈静", phone="")
    create(school, clerk, name="陈静", phone="")
    assert TeachingPerson.objects.count() == 5


def test_the_same_person_elsewhere_in_the_branch_is_told():
    college = a_college()
    here, there, far = a_school(college), a_school(college), a_school()
    staff = a_member(Duty.COLLEGE_STAFF, college)
    person = create(here, staff)
    create(far, None)
    assert services.same_person_elsewhere(person, user=staff) == []
    other = create(there, staff)
    assert services.same_person_elsewhere(person, user=staff) == [other]
    assert services.same_person_elsewhere(person, user=a_member(Duty.SCHOOL_STAFF, here)) == []


def test_a_change_keeps_the_phone_unless_told_and_puts_down_the_fields(school, clerk):
    person = create(school, clerk)
    change(person, clerk, name="王小芳", speaks_shanghainese=True)
    assert last_entry()[-1] == "name,speaks_shanghainese"
    assert TeachingPerson.objects.get().whole_phone() == PHONE
    change(person, clerk, phone="")
    assert last_entry()[-1] == "phone"
    assert (TeachingPerson.objects.get().whole_phone(), TeachingPerson.objects.get().phone_key) == ("", "")


def test_nothing_changed_is_nothing_put_down(school, clerk):
    person = create(school, clerk, scenarios=["safety"], free=[(1, "morning")])
    before = AuditEntry.objects.count()
    change(person, clerk, phone=PHONE, scenarios=["safety"], free=[(1, "morning")], organisation=school)
    assert AuditEntry.objects.count() == before


def test_scenarios_and_half_days_become_what_is_said(school, clerk):
    person = create(school, clerk, scenarios=["safety", "chat"], free=[(1, "morning"), (2, "evening")])
    change(person, clerk, scenarios=["chat", "bills"])
    assert last_entry()[-1] == "scenarios"
    change(person, clerk, free=[(2, "evening"), (5, "afternoon")])
    assert last_entry()[-1] == "availability"
    found = TeachingPerson.objects.with_all().get()
    assert (found.scenario_words, found.week_words) == ("聊天、缴费", "周二晚上、周五下午")
    change(person, clerk, scenarios=[], free=[])
    assert last_entry()[-1] == "scenarios,availability"
    assert not person.scenarios.exists()


def test_a_person_moves_inside_the_branch():
    college = a_college()
    staff = a_member(Duty.COLLEGE_STAFF, college)
    person = create(a_school(college), staff)
    goal = a_school(college)
    change(person, staff, organisation=goal)
    assert TeachingPerson.objects.get().organisation == goal
    assert last_entry()[3:] == (goal.pk, "organisation")


def test_leaving_and_coming_back(school, clerk):
    person = create(school, clerk)
    with pytest.raises(Refused, match="没有离开"):
        services.come_back(person=person, by=clerk)
    services.leave(person=person, on=DAY, by=clerk)
    assert last_entry()[-1] == "left_on"
    with pytest.raises(Refused, match="已经记了 2021-03-01 离开"):
        services.leave(person=person, on=DAY, by=clerk)
    services.come_back(person=person, by=clerk)
    assert TeachingPerson.objects.get().left_on is None
    assert TeachingPerson.objects.get().number == "ZY-00001"


def test_a_number_is_not_given_again_when_its_person_is_gone(school, clerk):
    create(school, clerk).delete()
    assert create(school, clerk).number == "ZY-00002"


def test_a_refused_person_uses_up_no_number(school, clerk):
    create(school, clerk)
    with pytest.raises(Refused):
        create(school, clerk)
    assert PersonNumber.objects.count() == 1


def test_who_is_saved_by_another_meanwhile_is_refused_like_one_before(school, clerk, monkeypatch):
    create(school, clerk)
    looks = iter([None])
    real = services._refuse_doubles
    monkeypatch.setattr(services, "_refuse_doubles", lambda person: next(looks, True) and real(person))
    with pytest.raises(Refused, match="ZY-00001"):
        create(school, clerk)
    assert TeachingPerson.objects.count() == 1


def at_once(*calls) -> list[Exception]:
    """Do all of it at the same moment, each in a connection of its own; return what went wrong."""
    failures: list[Exception] = []

    def do(call):
        try:
            call()
        except Exception as error:  # any failure of a thread is the test's
            failures.append(error)

    threads = [threading.Thread(target=in_own_connection(do), args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failures


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_a_number_each(school, clerk):
    names = [f"第{letter}位" for letter in "一二三四五六七八"]
    assert at_once(*(partial(create, school, clerk, name=name) for name in names)) == []
    numbers = sorted(TeachingPerson.objects.values_list("number", flat=True))
    assert numbers == [f"ZY-{serial:05}" for serial in range(1, 9)]


@pytest.mark.django_db(transaction=True)
def test_the_same_person_added_by_four_at_once_is_there_once(school, clerk):
    failures = at_once(*[partial(create, school, clerk)] * 4)
    assert [getattr(each, "code", each) for each in failures] == ["is-there-already"] * 3
    assert TeachingPerson.objects.count() == 1
