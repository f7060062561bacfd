"""线上签到 in the desk: minutes by hand, and a meeting tool's list seen before it is put down."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.enums import Duty
from courses.models import Attendance
from tests.factories.classes import a_member
from tests.factories.enrolments import an_open_run, enrolled, somebody_enrols
from tests.factories.meetings import AFTER, a_list, a_live_run, was_in
from tests.factories.roll_call import put_down
from tests.html import parsed
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

WANG = {"name": "王秀兰", "phone": "13800004567"}


@pytest.fixture(autouse=True)
def afterwards():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def run(school):
    return a_live_run(organiser=school)


@pytest.fixture
def address(session):
    return f"/admin/desk/sessions/{session.pk}/roll/online/"


def text(answer) -> str:
    return answer.content.decode()


def states() -> dict[str, tuple]:
    rows = Attendance.objects.last().select_related("learner")
    return {row.learner.name: (row.state, row.minutes) for row in rows}


def uploaded(clerk, address, *rows, name="参会名单.csv") -> str:
    """Upload a list; return the address of what is shown then."""
    file = SimpleUploadedFile(name, a_list(*rows))
    answer = clerk.post(f"{address}list/", {"file": file})
    assert answer.status_code == 302, text(answer)
    return answer.url


def posted(clerk, preview: str, **who):
    """Agree to what is shown."""
    seen = parsed(clerk.get(preview)).one("[name=seen]")["value"]
    return clerk.post(preview, {"seen": seen, **who}, follow=True)


def test_minutes_are_typed_and_what_is_missing_is_said(clerk, run, address):
    first, second, third = enrolled(run, 3)
    typed = {f"minutes-{first.learner_id}": "80", f"minutes-{second.learner_id}": "12"}
    answer = clerk.post(address, typed, follow=True)
    assert "记好了 2 位。" in text(answer)
    assert states() == {first.learner.name: ("present", 80), second.learner.name: ("absent", 12)}
    assert "到了：在线 80 分钟" in text(answer)
    assert "没来：在线 12 分钟，不到 54 分钟" in text(answer)
    page = parsed(answer)
    assert page.one(f"[name=minutes-{first.learner_id}]")["value"] == "80"
    assert not page.one(f"[name=minutes-{third.learner_id}]").get("value")


def as_drawn(page) -> dict[str, str]:
    """What a browser would send of a page on which nothing is touched."""
    return {field["name"]: field.get("value", "") for field in parsed(page).all(".online-rows input")}


def test_what_nobody_touched_is_not_written_over(clerk, run, session, address):
    first, second = enrolled(run, 2)
    clerk.post(address, {f"minutes-{first.learner_id}": "80"})
    drawn = as_drawn(clerk.get(address))
    put_down(session, first.learner, state="struck")
    clerk.post(address, drawn | {f"minutes-{second.learner_id}": "60"})
    assert states() == {first.learner.name: ("struck", None), second.learner.name: ("present", 60)}


def test_what_somebody_else_put_down_meanwhile_is_said_and_then_written_over(clerk, run, session, address):
    (row,) = enrolled(run, 1)
    name = f"minutes-{row.learner_id}"
    drawn = as_drawn(clerk.get(address))
    put_down(session, row.learner, state="absent", now=AFTER)
    answer = clerk.post(address, drawn | {name: "80"})
    assert answer.status_code == 422
    assert "刚才有人改过" in text(answer)
    again = as_drawn(answer)
    assert again[name] == "80"
    clerk.post(address, again)
    assert states() == {row.learner.name: ("present", 80)}


def test_the_same_again_changes_nothing(clerk, run, address):
    (row,) = enrolled(run, 1)
    for _ in range(2):
        answer = clerk.post(address, {f"minutes-{row.learner_id}": "80"}, follow=True)
    assert "没有要改的，都记着呢。" in text(answer)
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"), [("91", "这次课一共 90 分钟。"), ("很久", "请只写数字"), ("-1", "请填 0 或者更多。")]
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(clerk, run, address, typed, words):
    first, second = enrolled(run, 2)
    answer = clerk.post(address, {f"minutes-{first.learner_id}": typed, f"minutes-{second.learner_id}": "60"})
    assert answer.status_code == 422
    assert words in text(answer)
    page = parsed(answer)
    assert page.one(f"[name=minutes-{first.learner_id}]")["value"] == typed
    assert page.one(f"[name=minutes-{second.learner_id}]")["value"] == "60"
    assert not Attendance.objects.exists()


def test_who_sat_in_the_room_is_said_so_and_stays(clerk, run, session, address):
    (row,) = enrolled(run, 1)
    put_down(session, row.learner)
    assert "在教室点过名：到了。在线几分钟都不改。" in text(clerk.get(address))
    clerk.post(address, {f"minutes-{row.learner_id}": "0"})
    assert states() == {row.learner.name: ("present", None)}


def test_the_roll_of_a_session_on_line_leads_there_and_of_one_on_site_does_not(
    clerk, school, session, address
):
    onsite = an_open_run(organiser=school, seats=9).sessions.get()
    assert address in text(clerk.get(f"/admin/desk/sessions/{session.pk}/roll/"))
    assert "线上签到" not in text(clerk.get(f"/admin/desk/sessions/{onsite.pk}/roll/"))
    assert clerk.get(f"/admin/desk/sessions/{onsite.pk}/roll/online/").status_code == 404
    assert clerk.get(f"/admin/desk/sessions/{onsite.pk}/roll/online/list/").status_code == 404


def test_it_asks_the_database_as_often_for_three_as_for_one(clerk, run, address):
    enrolled(run, 1)
    one = queries_of(lambda: clerk.get(address))
    enrolled(run, 2)
    assert queries_of(lambda: clerk.get(address)) == one


def test_the_preview_asks_the_database_as_often_for_three_as_for_one(clerk, run, address):
    rows = []
    counts = []
    for many in (1, 2):
        learners = [row.learner for row in enrolled(run, many)]
        rows += [was_in(each.name, "14:00", "15:30") for each in learners]
        rows += [was_in(f"路人{len(rows)}甲", "14:00", "15:30")]
        preview = uploaded(clerk, address, *rows)
        counts.append(queries_of(lambda shown=preview: clerk.get(shown)))
    assert counts[0] == counts[1]


def test_a_list_is_shown_first_and_put_down_when_agreed_to(clerk, run, address):
    somebody_enrols(run, **WANG)
    preview = uploaded(clerk, address, was_in("静安-王秀兰", "13:50", "15:31"))
    assert "认出 1 位，认不出 0 位" in text(clerk.get(preview))
    assert not Attendance.objects.exists()
    assert "记好了 1 位。" in text(posted(clerk, preview))
    assert states() == {"王秀兰": ("present", 90)}
    assert "没有要改的，都记着呢。" in text(posted(clerk, preview))


def test_of_a_stranger_somebody_must_say_who_it_is(clerk, run, address):
    learner = somebody_enrols(run, **WANG).enrolment.learner
    preview = uploaded(clerk, address, was_in("兰兰", "14:00", "15:30"), was_in("路人", "14:00", "15:00"))
    answer = posted(clerk, preview, **{"who-0": learner.pk})
    assert answer.status_code == 422
    assert "“路人”是谁：请选一位" in text(answer)
    assert parsed(answer).one("[name=who-0] [selected]")["value"] == str(learner.pk)
    assert not Attendance.objects.exists()
    posted(clerk, preview, **{"who-0": learner.pk, "who-1": "nobody"})
    assert states() == {"王秀兰": ("present", 90)}


def test_somebody_of_another_class_cannot_be_chosen(clerk, run, school, address):
    other = somebody_enrols(a_live_run(organiser=school)).enrolment.learner
    enrolled(run, 1)
    preview = uploaded(clerk, address, was_in("兰兰", "14:00", "15:30"))
    assert posted(clerk, preview, **{"who-0": other.pk}).status_code == 422
    assert not Attendance.objects.exists()


def test_what_changed_meanwhile_is_shown_again_before_anything_is_put_down(clerk, run, address):
    preview = uploaded(clerk, address, was_in("王秀兰", "14:00", "15:30"), was_in("路人", "14:00", "15:30"))
    seen = parsed(clerk.get(preview)).one("[name=seen]")["value"]
    somebody_enrols(run, **WANG)
    answer = clerk.post(preview, {"seen": seen, "who-1": "nobody"})
    assert answer.status_code == 422
    assert "请再看一遍" in text(answer)
    assert "认出 1 位" in text(answer)
    assert parsed(answer).one("[name=who-1] [selected]")["value"] == "nobody"
    assert not Attendance.objects.exists()
    again = parsed(answer).one("[name=seen]")["value"]
    assert clerk.post(preview, {"seen": again, "who-1": "nobody"}).status_code == 302
    assert states() == {"王秀兰": ("present", 90)}


def test_a_file_that_cannot_be_read_says_why(clerk, address):
    answer = clerk.post(f"{address}list/", {"file": SimpleUploadedFile("a.pdf", b"%PDF")})
    assert "PDF 里的表格读不了" in text(answer)
    assert "请选一个文件" in text(clerk.post(f"{address}list/"))


def test_a_dropped_list_is_gone_and_another_clerk_never_saw_it(clerk, client, run, school, address):
    preview = uploaded(clerk, address, was_in("王秀兰", "14:00", "15:30"))
    assert "什么也没记" in text(clerk.post(f"{preview}drop/", follow=True))
    assert clerk.get(preview).status_code == 404
    preview = uploaded(clerk, address, was_in("王秀兰", "14:00", "15:30"))
    client.force_login(a_member(Duty.SCHOOL_STAFF, school))
    assert client.get(preview).status_code == 404


def test_a_session_cancelled_meanwhile_refuses_the_list_in_words(clerk, run, session, address):
    somebody_enrols(run, **WANG)
    preview = uploaded(clerk, address, was_in("王秀兰", "14:00", "15:30"))
    session.state = "cancelled"
    session.save()
    answer = posted(clerk, preview)
    assert answer.status_code == 422
    assert "这次课取消了，不用点名。" in text(answer)
