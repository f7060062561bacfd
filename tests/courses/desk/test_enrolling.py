"""报名 by a clerk: what is read aloud, who may be meant, households, returning learners; sent twice is one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.enums import Duty, EnrolledThrough, EnrolmentState, FilledBy
from courses.models import CourseRun, Enrolment, Learner
from courses.services.enrolment.cancelling import cancel
from tests.factories.classes import a_college, a_learner, a_room, a_school, a_venue
from tests.factories.enrolments import a_coming_run, an_open_run, enrolled, known_enrols
from tests.factories.timetable import a_plan, a_run
from tests.html import parsed
from tests.queries import of_one_as_of_three

pytestmark = pytest.mark.django_db

DESK = "/admin/desk"
PHONE = "13800001234"


@pytest.fixture
def school():
    return a_school(a_college("东社区学院", district="东区"), "东一社区学校")


@pytest.fixture
def clerk(logged_in, school):
    """A browser in which the school's clerk is logged in; `.user` is the clerk."""
    return logged_in(Duty.SCHOOL_STAFF, school)


def asked(**values):
    return {
        "name": "王秀英",
        "phone": "138 0000 1234",
        "birth_year": "1950",
        "agreed": "on",
        "through": "phone",
        "token": "t1",
    } | values


def address_of(run, learner=None):
    return f"{DESK}/classes/{run.pk}/enrol/" + (f"{learner.pk}/" if learner else "")


def test_a_caller_is_enrolled_and_told_the_voucher(clerk, school):
    run = a_coming_run(school, seats=2, bring="手机")
    page = clerk.get(address_of(run)).content.decode()
    for words in ("念给对方听", "您同意吗", "有座位，报了就有", "0/2"):
        assert words in page
    response = clerk.post(address_of(run), asked(), follow=True)
    one = Enrolment.objects.get()
    assert (one.state, one.through) == (EnrolmentState.CONFIRMED, EnrolledThrough.PHONE)
    assert one.events.get().by == clerk.user
    text = response.content.decode()
    for words in (f"{one.voucher[:4]} {one.voucher[4:]}", "报好了", "请带好：手机", "第一次来"):
        assert words in text


def test_the_same_form_twice_is_one(clerk, school):
    run = a_coming_run(school)
    first, second = (clerk.post(address_of(run), asked()) for _ in range(2))
    assert first.url == second.url
    assert Enrolment.objects.count() == 1
    assert "没有重复报" not in clerk.get(second.url).content.decode()
    again = clerk.post(address_of(run), asked(token="t2"), follow=True)
    assert "没有重复报" in again.content.decode()
    assert Enrolment.objects.count() == 1


def test_without_the_tick_nobody_is_enrolled_and_nothing_is_lost(clerk, school):
    run = a_coming_run(school)
    page = parsed(clerk.post(address_of(run), asked(agreed="", name="")))
    assert "先把说明念给对方听" in page.one("#field-agreed .desk-wrong").get_text()
    assert "请问姓名" in page.one("#field-name .desk-wrong").get_text()
    assert page.one("[name=phone]")["value"] == "138 0000 1234"
    assert page.one("[name=token]")["value"] == "t1"
    assert not Learner.objects.filter(name="王秀英").exists()


def test_who_may_be_meant_is_asked_first_and_taken_in_one_press(clerk, school):
    run, learner = a_coming_run(school), a_learner(school, "王秀瑛", phone=PHONE)
    page = parsed(clerk.post(address_of(run), asked()))
    button = page.one("#near ~ ul button")
    assert (button["form"], button["formaction"]) == ("desk-form", address_of(run, learner))
    assert not Enrolment.objects.exists()
    clerk.post(button["formaction"], asked())
    assert Enrolment.objects.get().learner == learner


def test_shown_once_another_person_of_the_household_is_enrolled(clerk, school):
    run, learner = a_coming_run(school), a_learner(school, "陈国强", phone=PHONE)
    page = parsed(clerk.post(address_of(run), asked()))
    assert page.one("[name=seen]")["value"] == str(learner.pk)
    clerk.post(address_of(run), asked(seen=str(learner.pk)))
    assert Enrolment.objects.get().learner.name == "王秀英"


def test_the_very_same_is_taken_without_asking(clerk, school):
    run, learner = a_coming_run(school), a_learner(school, "王秀英", phone=PHONE)
    clerk.post(address_of(run), asked())
    assert Enrolment.objects.get().learner == learner


def test_a_helper_is_whom_to_call(clerk, school):
    run = a_coming_run(school)
    clerk.post(address_of(run), asked(contact_name="女儿", contact_phone="139 0000 5555", through="desk"))
    one = Enrolment.objects.get()
    assert (one.filled_by, one.contact_name, one.through) == (FilledBy.HELPER, "女儿", EnrolledThrough.DESK)
    assert one.whole_contact_phone() == "13900005555"


def test_a_wrong_number_is_refused_beside_its_field(clerk, school):
    page = parsed(clerk.post(address_of(a_coming_run(school)), asked(phone="1380000")))
    assert page.one("#field-phone .desk-wrong")
    assert page.one("[name=phone]")["value"] == "1380000"


def test_a_full_class_gives_a_place_in_the_queue(clerk, school):
    run = a_coming_run(school, seats=1)
    enrolled(run, 1, now=timezone.now())
    page = clerk.get(address_of(run)).content.decode()
    assert "没有空座位，报了排候补第 1 位" in page
    assert "1/1，满了" in page
    text = clerk.post(address_of(run), asked(), follow=True).content.decode()
    assert "您排在候补第 1 位" in text


def test_a_seat_more_needs_the_tick_and_a_reason(clerk, school):
    run = a_coming_run(school, seats=1, room_seats=2)
    enrolled(run, 1, now=timezone.now())
    page = parsed(clerk.post(address_of(run), asked(over="on")))
    assert "为什么" in page.one("#field-over_because .desk-wrong").get_text()
    page = parsed(clerk.post(address_of(run), asked(over_because="校长同意")))
    assert "打这个勾" in page.one("#field-over .desk-wrong").get_text()
    clerk.post(address_of(run), asked(over="on", over_because="校长同意"))
    one = Enrolment.objects.get(learner__name="王秀英")
    assert (one.state, one.events.get().because) == (EnrolmentState.CONFIRMED, "校长同意")


def test_never_more_than_the_room_holds(clerk, school):
    run = a_coming_run(school, seats=1, room_seats=1)
    enrolled(run, 1, now=timezone.now())
    form = asked(over="on", over_because="校长同意")
    text = clerk.post(address_of(run), form).content.decode()
    assert "203教室的座位，最多 1 位，不能再加" in text
    assert not Enrolment.objects.filter(learner__name="王秀英").exists()


def test_without_a_number_of_its_own_nothing_is_to_be_passed(clerk, school):
    run = a_coming_run(school, room_seats=1)
    enrolled(run, 1, now=timezone.now())
    assert parsed(clerk.get(address_of(run))).all("[name=over]") == []


@pytest.fixture
def couple(school):
    return [a_learner(school, name, phone=PHONE) for name in ("王秀英", "陈国强")]


def test_a_household_gets_its_seats_together(clerk, school, couple):
    run, (wife, husband) = a_coming_run(school, seats=2), couple
    page = clerk.get(address_of(run, wife)).content.decode()
    assert "陈国强，1950 年生" in page
    form = asked(others=[husband.pk])
    text = clerk.post(address_of(run, wife), form, follow=True).content.decode()
    assert {each.state for each in run.enrolments.all()} == {EnrolmentState.CONFIRMED}
    for one in run.enrolments.all():
        assert f"{one.voucher[:4]} {one.voucher[4:]}" in text


def test_a_household_that_does_not_fit_is_asked_what_to_do(clerk, school, couple):
    run, (wife, husband) = a_coming_run(school, seats=1), couple
    form = asked(others=[husband.pk])
    page = parsed(clerk.post(address_of(run, wife), form))
    assert "2 位坐不到一起" in page.one("#field-if_short .desk-wrong").get_text()
    assert not run.enrolments.exists()
    clerk.post(address_of(run, wife), form | {"if_short": "wait"})
    states = dict(run.enrolments.values_list("learner__name", "state"))
    assert states == {"王秀英": EnrolmentState.CONFIRMED, "陈国强": EnrolmentState.WAITLISTED}


def test_what_is_refused_for_one_of_a_household_names_them(clerk, school, couple):
    run, (wife, husband) = a_coming_run(school), couple
    known_enrols(a_coming_run(school, title="书法"), husband, now=timezone.now())
    text = clerk.post(address_of(run, wife), asked(others=[husband.pk])).content.decode()
    assert "陈国强：这个时间已经报了别的班：书法" in text
    assert not run.enrolments.exists()


def test_a_stranger_is_no_household(clerk, school, couple):
    run = a_coming_run(school)
    stranger = a_learner(school, "李", phone="13800009999")
    page = parsed(clerk.post(address_of(run, couple[0]), asked(others=[stranger.pk])))
    assert page.one("#field-others .desk-wrong")
    assert not run.enrolments.exists()


def test_who_is_there_already_is_shown(clerk, school, couple):
    run = a_coming_run(school)
    one = known_enrols(run, couple[0], now=timezone.now()).enrolment
    page = parsed(clerk.get(address_of(run, couple[0])))
    assert page.one(f'.desk-nothing a[href="{DESK}/enrolments/{one.pk}/"]')
    text = clerk.get(f"{DESK}/enrolments/{one.pk}/done/").content.decode()
    assert "一家人也报：陈国强" in text


@pytest.mark.parametrize(
    ("name", "said"), [("203", "203教室"), ("203教室", "203教室"), ("多功能厅", "多功能厅")]
)
def test_where_it_meets_next_is_read_aloud_as_one_says_it(clerk, school, name, said):
    run = a_coming_run(school)
    session = run.sessions.get()
    session.room = a_room(a_venue(school, "新会场", address="新路 2 号"), name)
    session.venue = session.room.venue
    session.save()
    one = known_enrols(run, a_learner(school), now=timezone.now()).enrolment
    done = parsed(clerk.get(f"{DESK}/enrolments/{one.pk}/done/")).one(".desk").get_text()
    assert f"地点在新会场 {said}，新路 2 号。" in done
    assert f"，新会场 {said}" in parsed(clerk.get(address_of(run))).one(".desk-class").get_text()


def test_before_asking_a_clerk_knows_the_next_meeting_not_the_first_one(clerk, school):
    plan = a_plan(room=a_room(a_venue(school)))
    later = timezone.localdate() + timedelta(days=20)
    run = an_open_run(plan, a_plan(on=later, room=plan.room), organiser=school)
    words = parsed(clerk.get(address_of(run))).one(".desk-class").get_text()
    assert f"下次 {later.month}月{later.day}日" in words


@pytest.mark.parametrize(
    ("phone", "said", "unsaid"),
    [(PHONE, "轮到了，我们告诉您", "没有留电话"), ("", "请常来问问", "我们告诉您")],
)
def test_who_left_no_number_is_not_promised_to_be_told(clerk, school, phone, said, unsaid):
    run = a_coming_run(school, seats=1)
    enrolled(run, 1, now=timezone.now())
    one = known_enrols(run, a_learner(school, phone=phone), now=timezone.now()).enrolment
    words = clerk.get(f"{DESK}/enrolments/{one.pk}/done/").content.decode()
    assert said in words
    assert unsaid not in words


def test_into_a_class_that_takes_nobody_no_button_leads(clerk, school):
    draft = a_run(a_plan(room=a_room(a_venue(school))), organiser=school)
    for address in (f"{DESK}/classes/{draft.pk}/enrolments/", f"{DESK}/classes/{draft.pk}/"):
        assert address_of(draft) not in clerk.get(address).content.decode()


@pytest.fixture
def returning(school):
    """Somebody whose class here is over."""
    learner = a_learner(school, "老学员", phone="13800007777")
    over = an_open_run(a_plan(room=a_room(a_venue(school))), organiser=school, title="微信入门")
    known_enrols(over, learner)
    return learner


def test_returning_learners_are_enrolled_in_one_press(clerk, school, returning):
    run = a_coming_run(school, seats=1)
    page = parsed(clerk.get(f"{address_of(run)}returning/"))
    assert "上过“微信入门”" in page.one(".desk-lines").get_text()
    button = page.one("button[name=learner]")
    response = clerk.post(
        f"{address_of(run)}returning/", {"learner": button["value"], "through": "desk"}, follow=True
    )
    one = run.enrolments.get()
    assert (one.learner, one.through) == (returning, EnrolledThrough.DESK)
    text = response.content.decode()
    assert "老学员：报上了" in text
    assert parsed(response).all("button[name=learner]") == []


def test_where_nobody_comes_in_there_is_nothing_to_read_aloud_and_nothing_to_press(clerk, school, returning):
    def offers(run) -> bool:
        response = clerk.get(f"{address_of(run)}returning/")
        is_offered = bool(parsed(response).all("button[name=learner]"))
        assert ("按“报名”，就是您念过说明" in response.content.decode()) is is_offered
        # A clerk may go above a class's own number, with a reason; nobody comes into a class that is over.
        assert (f'href="{address_of(run)}"' in response.content.decode()) is (run != over)
        return is_offered

    over = an_open_run(a_plan(room=a_room(a_venue(school))), organiser=school, title="书法")
    full = a_coming_run(school, title="缴费", seats=1, waiting_places=0)
    enrolled(full, 1)
    later = timezone.now() + timedelta(days=1)
    soon, theirs = a_coming_run(school, title="购物"), a_coming_run(school, title="出行")
    CourseRun.objects.filter(pk__in=[soon.pk, theirs.pk]).update(enrol_from=later)
    CourseRun.objects.filter(pk=theirs.pk).update(returning_from=timezone.now() - timedelta(days=1))
    runs = {"open": a_coming_run(school), "over": over, "full": full, "soon": soon, "theirs": theirs}
    assert {name for name, run in runs.items() if offers(run)} == {"open", "theirs"}


def test_who_never_came_or_is_somewhere_else_is_no_returning_learner(clerk, school, returning):
    elsewhere = a_school(a_college("西社区学院", district="西区"), "西一社区学校")
    other = a_learner(elsewhere, "金丝雀", phone="13800008888")
    known_enrols(an_open_run(a_plan(room=a_room(a_venue(elsewhere))), organiser=elsewhere), other)
    a_learner(school, "新来的", phone="13800006666")
    run = a_coming_run(school)
    text = clerk.get(f"{address_of(run)}returning/").content.decode()
    assert "老学员" in text
    assert not any(name in text for name in ("金丝雀", "新来的"))
    assert parsed(clerk.get(f"{address_of(run)}returning/?q=新来")).all("button[name=learner]") == []


def test_a_refusal_of_the_one_press_is_told(clerk, school, returning):
    known_enrols(a_coming_run(school, title="书法"), returning, now=timezone.now())
    address = f"{address_of(a_coming_run(school))}returning/"
    response = clerk.post(address, {"learner": returning.pk}, follow=True)
    assert "已经报了别的班：书法" in response.content.decode()
    assert clerk.post(address, {"learner": "x"}).status_code == 404


def test_how_one_came_stays_chosen_for_the_next_one(clerk, school, returning):
    run, over = a_coming_run(school), returning.enrolments.get().run
    known_enrols(over, a_learner(school, "老伴", phone=PHONE))
    answer = clerk.post(f"{address_of(run)}returning/?q=老", {"learner": returning.pk, "through": "desk"})
    assert run.enrolments.get().through == "desk"
    page = parsed(clerk.get(answer["Location"]))
    assert page.one("input[name=through][checked]")["value"] == "desk"
    assert page.one(".desk-filters input[name=through]")["value"] == "desk"
    assert "q=%E8%80%81" in answer["Location"]


def test_beside_a_refusal_nothing_is_said_of_the_one_before(clerk, school, returning):
    run = a_coming_run(school)
    before = known_enrols(run, a_learner(school, "陈先生", phone="13800005555"), now=timezone.now()).enrolment
    known_enrols(a_coming_run(school, title="书法"), returning, now=timezone.now())
    address = f"{address_of(run)}returning/"
    assert "陈先生：" in clerk.get(f"{address}?done={before.pk}").content.decode()
    page = clerk.post(f"{address}?done={before.pk}", {"learner": returning.pk}, follow=True).content.decode()
    assert "已经报了别的班：书法" in page
    assert "陈先生：" not in page


def test_returning_learners_come_first_and_others_are_told_when(clerk, school, returning):
    now = timezone.now()
    opens = now + timedelta(days=3)
    run = a_coming_run(school, enrol_from=opens, returning_from=now - timedelta(days=1))
    assert "现在老学员可以先报" in clerk.get(address_of(run)).content.decode()
    text = clerk.post(address_of(run), asked()).content.decode()
    assert "还没有开始报名" in text
    assert not run.enrolments.exists()
    clerk.post(f"{address_of(run)}returning/", {"learner": returning.pk})
    assert run.enrolments.get().learner == returning


def test_before_their_time_returning_learners_wait_too(clerk, school, returning):
    now = timezone.now()
    window = {"enrol_from": now + timedelta(days=3), "returning_from": now + timedelta(days=1)}
    run = a_coming_run(school, **window)
    text = clerk.get(address_of(run)).content.decode()
    assert f"老学员 {timezone.localtime(window['returning_from']).month}月" in text
    clerk.post(f"{address_of(run)}returning/", {"learner": returning.pk})
    assert not run.enrolments.exists()


def test_into_a_class_that_is_over_nobody_is_enrolled(clerk, school):
    run = an_open_run(a_plan(room=a_room(a_venue(school))), organiser=school)
    assert "这个班已结束，现在不能报名" in clerk.get(address_of(run)).content.decode()
    assert "上完了" in clerk.post(address_of(run), asked()).content.decode()


def test_where_no_more_may_wait_it_is_said(clerk, school):
    run = a_coming_run(school, seats=1, waiting_places=0)
    enrolled(run, 1, now=timezone.now())
    assert "也不能排候补" in clerk.get(address_of(run)).content.decode()


@pytest.mark.parametrize("screen", ["somebody", "learner", "returning"])
def test_the_screens_cost_the_same(clerk, school, screen):
    run, learner = a_coming_run(school), a_learner(school, "新", phone=PHONE)
    over = an_open_run(a_plan(room=a_room(a_venue(school))), organiser=school)
    screens = {"somebody": address_of(run), "learner": address_of(run, learner)}
    address = screens.get(screen, f"{address_of(run)}returning/")

    def add(number: int) -> None:
        known_enrols(over, a_learner(school, f"老{'一二三'[number]}", phone=PHONE))

    assert of_one_as_of_three(add, lambda: clerk.get(address)) <= 18


def test_somebody_who_cancelled_can_enrol_again(clerk, school, couple):
    run = a_coming_run(school)
    one = known_enrols(run, couple[0], now=timezone.now()).enrolment
    cancel(enrolment=one, by=None, now=timezone.now())
    clerk.post(address_of(run, couple[0]), asked())
    assert run.enrolments.live().get() != one
