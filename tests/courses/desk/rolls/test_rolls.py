"""点名 in the desk: one tap for all, then the exceptions."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.enums import Duty, RecordKind, TeachingRole
from courses.models import Attendance, ClassSession, HeadCount
from courses.services.counting.months import lock_month
from courses.services.roll_call.marking import Mark, mark
from tests.factories.classes import a_member, a_person
from tests.factories.enrolments import enrolled
from tests.factories.timetable import moment
from tests.html import parsed

pytestmark = pytest.mark.django_db

NOON = moment("13:45")


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(NOON, tick=False):
        yield


def states() -> dict[str, str]:
    return {row.learner.name: row.state for row in Attendance.objects.last().select_related("learner")}


def test_everybody_came_then_the_exceptions(clerk, run, address):
    first, second = enrolled(run, 2)
    clerk.post(address, {"do": "all"})
    assert set(states().values()) == {"present"}
    choices = {f"state-{first.learner_id}": "absent", f"state-{second.learner_id}": "left-early"}
    clerk.post(address, {"do": "save", **choices, f"minutes-{second.learner_id}": "60"})
    assert states() == {first.learner.name: "absent", second.learner.name: "left-early"}


def test_one_exception_and_all_the_rest_in_one_go(clerk, run, address):
    first, second = enrolled(run, 2)
    answer = clerk.post(address, {"do": "all", f"state-{first.learner_id}": "excused"}, follow=True)
    assert states() == {first.learner.name: "excused", second.learner.name: "present"}
    assert "应到 2 位，到了 1 位，还没点 0 位" in answer.content.decode()


def test_what_is_wrong_is_said_and_what_was_tapped_stays(clerk, run, address):
    (row,) = enrolled(run, 1)
    choice = {f"state-{row.learner_id}": "left-early"}
    answer = clerk.post(address, choice | {f"minutes-{row.learner_id}": "91"})
    assert answer.status_code == 422
    assert "这次课一共 90 分钟" in answer.content.decode()
    answer = clerk.post(address, choice)
    assert "早退的，请填在了几分钟" in answer.content.decode()
    assert parsed(answer).one(f'[name="state-{row.learner_id}"][checked]')["value"] == "left-early"
    assert not Attendance.objects.exists()


def test_taking_back(clerk, run, address):
    enrolled(run, 2)
    clerk.post(address, {"do": "all"})
    answer = clerk.post(f"{address}undo/", follow=True)
    assert "撤销了，2 位" in answer.content.decode()
    assert set(states().values()) == {"struck"}
    assert "没有可以撤销的" in clerk.post(f"{address}undo/", follow=True).content.decode()


def test_a_walk_in_with_three_fields(clerk, school, address):
    sent = {"name": "王秀兰", "phone": "13800000001", "birth_year": "1950", "area": school.area.code}
    answer = clerk.post(f"{address}walk-in/", sent, follow=True)
    assert "王秀兰记到了" in answer.content.decode()
    assert "没有报名，今天来的" in answer.content.decode()
    assert clerk.post(f"{address}walk-in/", sent | {"name": ""}).status_code == 200
    assert Attendance.objects.count() == 1


def test_heads_and_their_approval(clerk, client, school, address):
    clerk.post(f"{address}heads/", {"heads": "12"})
    client.force_login(a_member(Duty.DISTRICT_MANAGER, school.guided_by))
    assert "核准没有名单的人数" in client.get(address).content.decode()
    client.post(f"{address}heads/approve/", {"because": "有照片"})
    assert HeadCount.objects.filter(approved_by__isnull=False).get().heads == 12


def test_vouchers_one_after_the_other(clerk, run, address):
    (row,) = enrolled(run, 1)
    answer = clerk.post(f"{address}scan/", {"scanned": row.voucher}, follow=True)
    assert f"{row.learner.name}：到了" in answer.content.decode()
    answer = clerk.post(f"{address}scan/", {"scanned": row.voucher}, follow=True)
    assert "已经签过到了" in answer.content.decode()
    assert "这不是报名凭证" in clerk.post(f"{address}scan/", {"scanned": "x"}).content.decode()


def test_the_doors_code_is_drawn_on_its_day_only(clerk, address):
    assert "<svg" in clerk.get(f"{address}door/").content.decode()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert 'class="roll-code"' not in clerk.get(f"{address}door/").content.decode()


def test_a_teacher_sees_only_the_rolls_of_their_own_sessions(client, school, session, address):
    user = a_member(Duty.TEACHER, school)
    client.force_login(user)
    for where in (address, f"{address}scan/", f"{address}door/", f"{address}walk-in/"):
        assert client.get(where).status_code == 404
    session.teacher = a_person(school, "周老师", role=TeachingRole.TEACHER, user=user)
    session.save()
    assert client.get(address).status_code == 200


def shown(client, address) -> dict[str, str]:
    """What a browser would send back untouched."""
    page = parsed(client.get(address))
    fields = page.all('form.roll input[type="hidden"][name^="shown-"], form.roll input[checked]')
    return {field["name"]: field["value"] for field in fields}


def test_what_somebody_else_put_down_meanwhile_stays(clerk, run, session, address):
    first, second = enrolled(run, 2)
    drawn = shown(clerk, address)
    mark(session=session, marks=[Mark(learner=first.learner, state="absent")], by=None, now=NOON)
    clerk.post(address, drawn | {"do": "save", f"state-{second.learner_id}": "late"})
    assert states() == {first.learner.name: "absent", second.learner.name: "late"}
    drawn = shown(clerk, address)
    mark(session=session, marks=[Mark(learner=first.learner, state="excused")], by=None, now=NOON)
    clerk.post(address, drawn | {"do": "save", f"state-{second.learner_id}": "absent"})
    assert states() == {first.learner.name: "excused", second.learner.name: "absent"}


def test_what_both_tapped_is_said_by_whom_and_when_and_the_second_press_is_sure(clerk, run, session, address):
    (row,) = enrolled(run, 1)
    drawn, mine = shown(clerk, address), {f"state-{row.learner_id}": "present"}
    teacher = a_member(Duty.SCHOOL_STAFF, run.organiser)
    mark(session=session, marks=[Mark(learner=row.learner, state="absent")], by=teacher, now=NOON)
    answer = clerk.post(address, drawn | mine)
    assert answer.status_code == 422
    who = teacher.get_full_name() or teacher.get_username()
    assert f"{who} 13:45 记的是“没来”" in answer.content.decode()
    page = parsed(answer)
    assert page.one(f'[name="state-{row.learner_id}"][checked]')["value"] == "present"
    assert states() == {row.learner.name: "absent"}
    version = {f"shown-{row.learner_id}": page.one(f'[name="shown-{row.learner_id}"]')["value"]}
    clerk.post(address, version | mine)
    assert states() == {row.learner.name: "present"}


def test_saving_leaves_helping_what_it_is(clerk, run, session, address):
    (row,) = enrolled(run, 1)
    mark(session=session, marks=[Mark(learner=row.learner, kind=RecordKind.ASSISTANCE)], by=None, now=NOON)
    clerk.post(address, shown(clerk, address) | {"do": "save"})
    clerk.post(address, shown(clerk, address) | {f"state-{row.learner_id}": "late"})
    assert set(Attendance.objects.values_list("kind", flat=True)) == {"assistance"}
    assert Attendance.objects.count() == 2


def test_helping_is_marked_and_becomes_training_only_when_somebody_says_so(clerk, school, address):
    sent = {"name": "王秀兰", "phone": "13800000001", "birth_year": "1950", "area": school.area.code}
    answer = clerk.post(f"{address}walk-in/", sent | {"came_for": "assistance"}, follow=True)
    text = answer.content.decode()
    assert "王秀兰记下了，是帮办，不算人次" in text
    assert "到了 0 位" in text
    assert "来问一件事的（帮办）1 位" in text
    assert parsed(answer).one(".roll-lines legend b").text == "帮办，不算人次"
    (line,) = Attendance.objects.all()
    clerk.post(address, shown(clerk, address) | {"do": "save", f"train-{line.learner_id}": "on"})
    now = Attendance.objects.last().get()
    assert (now.kind, now.state, now.counts) == ("training", "present", True)
    assert not parsed(clerk.get(address)).all(f'[name="train-{line.learner_id}"]')


def test_a_roll_that_is_only_read_marks_helping_too(clerk, run, session, address):
    (row,) = enrolled(run, 1)
    mark(session=session, marks=[Mark(learner=row.learner, kind=RecordKind.ASSISTANCE)], by=None, now=NOON)
    ClassSession.objects.update(state="not-held")
    assert parsed(clerk.get(address)).one(".roll-lines b").text == "帮办，不算人次"


def test_saying_so_of_a_line_that_somebody_changed_meanwhile_is_asked_about(clerk, run, session, address):
    (row,) = enrolled(run, 1)
    mark(session=session, marks=[Mark(learner=row.learner, kind=RecordKind.ASSISTANCE)], by=None, now=NOON)
    mine = shown(clerk, address) | {"do": "save", f"train-{row.learner_id}": "on"}
    mark(session=session, marks=[Mark(learner=row.learner, state="absent")], by=None, now=NOON)
    assert clerk.post(address, mine).status_code == 422
    assert set(Attendance.objects.values_list("kind", flat=True)) == {"assistance"}


def test_staff_on_the_roll_are_named_on_their_own_row(clerk, run, session, address):
    second = enrolled(run, 2)[1]
    session.teacher = a_person(
        run.organiser, second.learner.name, role=TeachingRole.TEACHER, phone=second.learner.whole_phone()
    )
    session.save()
    answer = clerk.post(address, {"do": "all"})
    assert answer.status_code == 422
    (wrong,) = parsed(answer).all(".roll-lines .desk-wrong")
    assert f"{second.learner.name}是这次课的老师或者助教" in wrong.text
    assert not Attendance.objects.exists()


def test_that_all_came_is_offered_while_somebody_is_left(clerk, run, address):
    enrolled(run, 1)
    assert "没点的都到了" in clerk.get(address).content.decode()
    assert "没点的都到了" not in clerk.post(address, {"do": "all"}, follow=True).content.decode()


@pytest.mark.parametrize("verb", ["cancelled", "not-held"])
def test_a_session_that_was_not_taught_has_a_roll_without_buttons(clerk, run, session, address, verb):
    enrolled(run, 1)
    assert "没点的都到了" in clerk.get(address).content.decode()
    ClassSession.objects.update(state=verb)
    text = clerk.get(address).content.decode()
    assert {"cancelled": "这次课取消了，不用点名", "not-held": "这次课记的是没有上"}[verb] in text
    assert not parsed(clerk.get(address)).all(".desk .button")
    for page in ("scan", "walk-in", "door"):
        assert "这次课" in clerk.get(f"{address}{page}/").content.decode()


def test_before_the_doors_open_there_are_only_names(clerk, run, address):
    enrolled(run, 1)
    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        page = parsed(clerk.get(address))
    assert not page.all("form.roll, .roll-lines input")
    assert "还没点" in page.one(".roll-lines li").text


def test_every_page_of_a_roll_says_which_session_it_is(clerk, session, address):
    for page in ("", "scan/", "walk-in/", "door/", "heads/"):
        assert (
            f"{session.run.title}，11月11日 星期三 14:00–15:30" in clerk.get(address + page).content.decode()
        )


def test_the_button_to_take_back_is_there_for_ten_minutes(clerk, run, address):
    enrolled(run, 1)
    assert "撤销刚才的" not in clerk.get(address).content.decode()
    clerk.post(address, {"do": "all"})
    assert "撤销刚才的" in clerk.get(address).content.decode()
    with time_machine.travel(NOON + timedelta(minutes=11), tick=False):
        assert "撤销刚才的" not in clerk.get(address).content.decode()
        assert "已经过了 10 分钟" in clerk.post(f"{address}undo/", follow=True).content.decode()
    assert set(states().values()) == {"present"}


def test_in_a_reported_month_every_way_in_asks_why(client, run, school, address):
    (row,) = enrolled(run, 1)
    manager = a_member(Duty.DISTRICT_MANAGER, school.guided_by)
    later = moment("10:00", date(2026, 12, 3))
    lock_month(district=school.guided_by.area, month=date(2026, 11, 1), by=manager, now=later)
    sent = {"name": "王秀兰", "phone": "13800000001", "birth_year": "1950", "area": school.area.code}
    with time_machine.travel(later, tick=False):
        client.force_login(a_member(Duty.SCHOOL_STAFF, school))
        for page, fields in (
            ("walk-in", sent),
            ("scan", {"scanned": row.voucher}),
            ("heads", {"heads": "3"}),
        ):
            answer = client.post(f"{address}{page}/", fields)
            assert "为什么补、为什么改" in answer.content.decode()
            assert not Attendance.objects.filter(because="").exists()
            assert client.post(f"{address}{page}/", fields | {"because": "漏了"}).status_code == 302
    assert set(Attendance.objects.values_list("because", flat=True)) == {"漏了"}
    assert HeadCount.objects.get().because == "漏了"


def test_nobody_enrolled_yet(clerk, address):
    assert "还没有人报名" in clerk.get(address).content.decode()


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_queries_do_not_grow(clerk, run, address):
    enrolled(run, 1)
    clerk.get(address)
    few = queries(clerk, address)
    enrolled(run, 2)
    assert queries(clerk, address) == few


def test_what_was_not_held_is_said_and_taken_back(clerk, run, session, address):
    enrolled(run, 1)
    clerk.post(address, {"do": "all"})
    page = f"/admin/desk/sessions/{session.pk}/"
    assert "没有上" not in clerk.get(page).content.decode()
    with time_machine.travel(moment("18:00"), tick=False):
        # Nobody works on after four idle hours without logging in again.
        clerk.logout()
        clerk.force_login(run.organiser.memberships.first().user)
        assert "没有上" in clerk.get(page).content.decode()
        clerk.post(f"{page}not-held/", {"because": "老师没来"})
        assert "其实上了，恢复" in clerk.get(page).content.decode()
        clerk.post(f"{page}restore/", {"because": "记错了"})
    session.refresh_from_db()
    assert session.state == "planned"


def test_the_session_leads_to_its_roll(clerk, session, address):
    assert address in clerk.get(f"/admin/desk/sessions/{session.pk}/").content.decode()
