"""The list of a meeting tool: read however it is written, looked at first, put down once."""

from datetime import timedelta

import pytest

from cms.models import AuditEntry
from courses.desk.accounts.wording import detail
from courses.enums import Duty
from courses.errors import NotAllowed
from courses.models import Attendance
from courses.services.roll_call.meeting_import import ListMoved, look_through
from tests.factories.classes import a_learner, a_member, a_person, a_school
from tests.factories.enrolments import an_open_run, somebody_enrols
from tests.factories.meetings import DAY, HEAD, a_list, a_live_run, import_list, was_in
from tests.factories.roll_call import put_down
from tests.factories.sheets import a_book
from tests.refusals import refusal

pytestmark = pytest.mark.django_db

WANG = {"name": "王秀兰", "phone": "13800004567"}
LI = {"name": "李国强", "phone": "13800008888"}
WHOLE = was_in("王秀兰", "13:55", "15:31")


@pytest.fixture
def run():
    return a_live_run()


@pytest.fixture
def session(run):
    return run.sessions.get()


@pytest.fixture
def wang(run):
    return somebody_enrols(run, **WANG).enrolment.learner


@pytest.fixture
def li(run):
    return somebody_enrols(run, **LI).enrolment.learner


def look(session, data, name="list.csv", by=None):
    return look_through(session=session, data=data, name=name, by=by)


def found(session, data, name="list.csv") -> dict[str, int]:
    return {each.line.learner.name: each.minutes for each in look(session, data, name).found}


def put(session, data, **more):
    return import_list(session, data, seen=look(session, data).seen, **more)


def says() -> dict[str, tuple]:
    rows = Attendance.objects.last().select_related("learner")
    return {row.learner.name: (row.state, row.minutes, row.how) for row in rows}


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_both_charsets_and_title_rows(session, wang, charset):
    titles = [["会议主题", "手机入门"], ["会议号", "123 456 789"], []]
    assert found(session, a_list(WHOLE, charset=charset, above=titles)) == {"王秀兰": 90}


def test_a_book_of_two_sheets(session, wang):
    book = a_book([["会议主题", "手机入门"]], [["参会成员"], HEAD, WHOLE], names=["会议", "成员"])
    assert found(session, book, "list.xlsx") == {"王秀兰": 90}


@pytest.mark.parametrize(
    ("head", "row", "minutes"),
    [
        (["昵称", "时长"], ["王秀兰", "01:03:45"], 63),
        (["昵称", "时长"], ["王秀兰", "63分钟"], 63),
        (["昵称", "时长（秒）"], ["王秀兰", "700"], 11),
        (["昵称", "参会时长(分钟)"], ["王秀兰", "63"], 63),
        (["昵称", "时长"], ["王秀兰", "3800"], 63),
        (
            ["姓名", "首次入会时间", "最后退会时间", "累计时长"],
            was_in("王秀兰", "14:00", "15:30", "1小时3分"),
            63,
        ),
        (["姓名", "加入时间", "离开时间"], ["王秀兰", "14:00:00", "15:03:59"], 63),
        (["昵称", "时长"], ["王秀兰", "3小时"], 90),
    ],
)
def test_lengths_in_several_spellings(session, wang, head, row, minutes):
    assert found(session, a_list(row, head=head)) == {"王秀兰": minutes}


def test_several_joinings_of_one_person_are_added_and_overlapping_ones_united(session, wang):
    rows = [
        was_in("王秀兰", "14:00", "14:30"),
        was_in("静安-王秀兰", "14:20", "14:50"),
        was_in("13800004567", "15:00", "15:10"),
    ]
    assert found(session, a_list(*rows)) == {"王秀兰": 60}


def test_nothing_is_put_down_before_somebody_agrees(session, wang):
    look(session, a_list(WHOLE))
    assert not Attendance.objects.exists()


def test_enough_is_present_and_less_is_absent(session, wang, li):
    assert len(put(session, a_list(WHOLE, was_in("李国强", "14:00", "14:12")))) == 2
    assert says() == {"王秀兰": ("present", 90, "online"), "李国强": ("absent", 12, "online")}


def test_the_same_list_twice_changes_nothing(session, wang):
    put(session, a_list(WHOLE))
    assert put(session, a_list(WHOLE)) == []
    assert Attendance.objects.count() == 1


def test_who_sat_in_the_room_is_shown_as_staying_so(session, wang):
    put_down(session, wang)
    data = a_list(was_in("王秀兰", "14:00", "14:05"))
    assert [each.stays_so for each in look(session, data).found] == [True]
    assert put(session, data) == []
    assert says() == {"王秀兰": ("present", None, "list")}


def test_strangers_are_asked_about_and_missing_people_left_alone(session, wang, li):
    preview = look(session, a_list(was_in("小兰", "14:00", "15:30")))
    assert [(each.written, each.minutes) for each in preview.unknown] == [("小兰", 90)]
    assert {line.learner.name for line in preview.missing} == {"王秀兰", "李国强"}


def test_a_chosen_stranger_is_that_person_together_with_what_was_found(session, wang):
    data = a_list(was_in("王秀兰", "14:00", "14:30"), was_in("小兰", "14:20", "15:00"))
    (stranger,) = look(session, data).unknown
    put(session, data, chosen={stranger.place: wang})
    assert says() == {"王秀兰": ("present", 60, "online")}


def test_who_is_no_learner_is_not_put_down(session, wang):
    put(session, a_list(WHOLE, was_in("路人", "14:00", "15:30")))
    assert list(says()) == ["王秀兰"]


def test_the_teacher_in_the_list_is_marked_as_such():
    school = a_school()
    teacher = a_person(school, "陈老师", role="teacher")
    session = a_live_run(organiser=school, plan={"teacher": teacher}).sessions.get()
    (stranger,) = look(session, a_list(was_in("陈老师", "13:50", "15:40"))).unknown
    assert stranger.is_staff


def test_two_of_one_name_are_told_by_the_number(run, session, wang):
    twin = somebody_enrols(run, name="王秀兰", phone="13900001111").enrolment.learner
    preview = look(session, a_list(WHOLE, was_in("王秀兰 1111", "14:00", "14:40")))
    assert [(each.line.learner, each.minutes) for each in preview.found] == [(twin, 40)]
    assert [each.written for each in preview.unknown] == ["王秀兰"]


def test_the_number_may_stand_in_a_column_of_its_own(session, wang):
    data = a_list(["兰兰", "+86 138 0000 4567", "80分钟"], head=["昵称", "手机号", "参会时长"])
    assert found(session, data) == {"王秀兰": 80}


def test_a_row_that_cannot_be_read_harms_no_other(session, wang, li):
    rows = [
        WHOLE,
        ["李国强", "下午", f"{DAY} 15:30:00", ""],
        was_in("路人", "15:00", "14:00"),
    ]
    preview = look(session, a_list(*rows))
    assert [each.line.learner.name for each in preview.found] == ["王秀兰"]
    assert [words[:7] for words in preview.problems] == ["第 3 行（李", "第 4 行（路"]
    assert "“下午”看不出是几点" in preview.problems[0]
    assert "退会比入会早" in preview.problems[1]


def test_a_row_of_a_nickname_alone_is_listed(session, wang):
    alone, nameless = ["过客", "", "", ""], ["", "14:00:00", "15:30:00", "90分钟"]
    preview = look(session, a_list(WHOLE, alone, ["李四", f"{DAY} 14:00:00", "", ""], nameless))
    assert preview.skipped == ["第 3 行：过客", "第 5 行：14:00:00 15:30:00 90分钟"]
    assert preview.problems == ["第 4 行（李四）：没写在了多久，没有算。"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_list(["王秀兰", "2026-11-18 14:00:00", "2026-11-18 15:30:00", ""]), "other-time"),
        (a_list(["王秀兰", "女"], head=["姓名", "性别"]), "no-list"),
        (a_list(["王秀兰", "14:00"], head=["姓名", "入会时间"]), "no-list"),
        (a_list(), "empty"),
        (b"", "empty"),
        (
            a_list(*(was_in(f"路人{chr(0x4E00 + number)}", "14:00", "15:00") for number in range(201))),
            "too-many-unknown",
        ),
    ],
)
def test_what_is_no_list_of_this_session_is_refused(session, wang, data, code):
    with refusal(code):
        look(session, data)


def test_an_old_book_is_refused_with_what_to_do(session):
    with refusal("wrong-format"):
        look(session, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 64, "list.xls")


def test_on_site_sessions_take_no_list():
    with refusal("not-live"):
        look(an_open_run(seats=3).sessions.get(), a_list(WHOLE))


def test_what_changed_since_it_was_shown_is_asked_again(run, session, wang):
    data = a_list(WHOLE, was_in("李国强", "14:00", "15:30"))
    seen = look(session, data).seen
    somebody_enrols(run, **LI)
    with pytest.raises(ListMoved):
        import_list(session, data, seen=seen)
    assert not Attendance.objects.exists()


def test_another_school_may_neither_look_nor_put_down(session, wang):
    stranger = a_member(Duty.SCHOOL_STAFF, a_school())
    data = a_list(WHOLE)
    seen = look(session, data).seen
    with pytest.raises(NotAllowed):
        look(session, data, by=stranger)
    with pytest.raises(NotAllowed):
        import_list(session, data, seen=seen, by=stranger)


def test_too_early_puts_nothing_down(session, wang):
    data = a_list(WHOLE)
    with refusal("too-early"):
        put(session, data, now=session.starts_at - timedelta(hours=3))


def test_it_is_put_down_who_imported_how_many(run, session, wang):
    clerk = a_member(Duty.SCHOOL_STAFF, run.organiser)
    put(session, a_list(WHOLE), by=clerk)
    entry = AuditEntry.objects.get(verb="imported")
    assert (entry.by, entry.subject, entry.subject_id) == (clerk, "classsession", str(session.pk))
    assert detail(entry) == "参会名单：认出 1 位，新记 1 位"


def test_a_guest_who_is_on_the_roll_is_found(run, session):
    guest = a_learner(run.organiser, "过路客", phone="13700001234")
    put_down(session, guest, state="absent")
    put(session, a_list(was_in("过路客", "14:00", "15:30")))
    assert says() == {"过路客": ("present", 90, "online")}
