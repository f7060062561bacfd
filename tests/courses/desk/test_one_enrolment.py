"""One enrolment in the desk: what is shown of it, and each thing that is done to it, with its refusals."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty, EnrolmentState
from courses.models import Enrolment
from courses.rules.personal_data import NOTICE_VERSION
from courses.services.enrolment.cancelling import cancel
from courses.services.learners import merge
from tests.factories.classes import a_college, a_learner, a_room, a_school
from tests.factories.enrolments import a_coming_run, enrolled, known_enrols, somebody_enrols
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
    return logged_in(Duty.SCHOOL_STAFF, school)


@pytest.fixture
def learner(school):
    return a_learner(school, "王秀英", phone=PHONE)


@pytest.fixture
def run(school):
    return a_coming_run(school, seats=1, title="微信入门")


@pytest.fixture
def one(run, learner):
    return known_enrols(run, learner, now=timezone.now()).enrolment


def page_of(enrolment, what: str = "") -> str:
    return f"{DESK}/enrolments/{enrolment.pk}/{what}"


def state_of(enrolment) -> str:
    return Enrolment.objects.get(pk=enrolment.pk).state


def test_everything_known_is_shown_masked(clerk, one):
    text = clerk.get(page_of(one)).content.decode()
    words = (
        "报上了",
        "138****1234",
        "微信入门",
        f"第 {NOTICE_VERSION} 版说明",
        f"{one.voucher[:4]} {one.voucher[4:]}",
    )
    for each in words:
        assert each in text
    assert PHONE not in text


def test_what_happened_names_who_and_why(clerk, one):
    clerk.post(page_of(one, "cancel/"), {"because": "住院了"})
    events = parsed(clerk.get(page_of(one))).all(".desk-lines li")
    said = [each.get_text(" ", strip=True) for each in events]
    assert said[0].startswith("报名")
    assert "本人" in said[0]
    assert "取消 → 取消了" in said[1]
    assert "周老师，住院了" in said[1]


@pytest.mark.parametrize(("which", "number"), [("phone", PHONE), ("contact_phone", "13900005555")])
def test_a_whole_number_is_shown_once_and_put_down(clerk, one, which, number):
    one.keep_contact_phone("13900005555")
    one.save()
    assert number in clerk.post(page_of(one, "phone/"), {"which": which}).content.decode()
    entry = AuditEntry.objects.get(verb=AuditVerb.REVEALED)
    assert (entry.detail, entry.by) == (which, clerk.user)
    assert number not in clerk.get(page_of(one)).content.decode()


@pytest.mark.parametrize("which", ["phone", "contact_phone"])
def test_without_a_number_there_is_a_sentence(clerk, run, school, which):
    one = known_enrols(run, a_learner(school, "李阿婆", phone=""), now=timezone.now()).enrolment
    assert "全号" not in clerk.get(page_of(one)).content.decode()
    response = clerk.post(page_of(one, "phone/"), {"which": which}, follow=True)
    assert "没有留电话" in response.content.decode()


def test_cancelling_wants_a_reason_and_can_be_taken_back(clerk, one):
    assert "写一句为什么" in clerk.post(page_of(one, "cancel/"), {"because": " "}).content.decode()
    assert state_of(one) == EnrolmentState.CONFIRMED
    clerk.post(page_of(one, "cancel/"), {"because": "没空"})
    assert state_of(one) == EnrolmentState.CANCELLED
    assert "要回来" in clerk.get(page_of(one)).content.decode()
    clerk.post(page_of(one, "undo/"))
    assert state_of(one) == EnrolmentState.CONFIRMED


def test_what_cannot_be_taken_back_is_told(clerk, run, learner):
    one = known_enrols(run, learner, now=timezone.now() - timedelta(minutes=20)).enrolment
    assert "没有取消" in clerk.post(page_of(one, "undo/"), follow=True).content.decode()
    cancel(enrolment=one, by=None, now=timezone.now() - timedelta(minutes=11))
    assert "要回来" not in clerk.get(page_of(one)).content.decode()
    assert "过了 10 分钟" in clerk.post(page_of(one, "undo/"), follow=True).content.decode()


@pytest.fixture
def offered(run, one):
    """Somebody who was waiting and is asked now."""
    now = timezone.now()
    waiting = somebody_enrols(run, now=now).enrolment
    cancel(enrolment=one, by=None, now=now)
    return Enrolment.objects.get(pk=waiting.pk)


@pytest.mark.parametrize(
    ("what", "after"), [("accept/", EnrolmentState.CONFIRMED), ("decline/", EnrolmentState.DECLINED)]
)
def test_an_offer_is_answered_on_the_telephone(clerk, offered, what, after):
    text = clerk.get(page_of(offered)).content.decode()
    assert "座位留到" in text
    assert "说不来" in text
    clerk.post(page_of(offered, what))
    assert state_of(offered) == after
    assert offered.events.last().by == clerk.user


@pytest.mark.parametrize("what", ["accept/", "decline/"])
def test_who_was_offered_nothing_has_nothing_to_answer(clerk, run, one, what):
    waiting = somebody_enrols(run, now=timezone.now()).enrolment
    text = clerk.post(page_of(waiting, what), follow=True).content.decode()
    assert "没有留给您的座位" in text


def test_those_who_wait_are_put_first_with_a_reason(clerk, run, one):
    first, second = enrolled(run, 2, now=timezone.now())
    assert "写一句为什么" in clerk.post(page_of(second, "priority/"), {"priority": 1}).content.decode()
    clerk.post(page_of(second, "priority/"), {"priority": 1, "because": "腿脚不便，就近"})
    assert "候补第 1 位" in clerk.get(page_of(second)).content.decode()
    assert "候补第 2 位" in clerk.get(page_of(first)).content.decode()
    event = second.events.last()
    assert (event.get_kind_display(), event.because, event.by) == ("改先后", "腿脚不便，就近", clerk.user)


def test_with_a_seat_there_is_no_first(clerk, one):
    text = clerk.post(page_of(one, "priority/"), {"priority": 1, "because": "x"}).content.decode()
    assert "不在候补里" in text


def test_moving_offers_classes_with_room_the_nearest_first(clerk, school, one):
    far = a_coming_run(a_school(school.guided_by), title="远的", days=11)
    near = a_coming_run(school, title="近的", days=12)
    full = a_coming_run(school, title="满的", days=13, seats=1)
    enrolled(full, 1, now=timezone.now())
    a_coming_run(school, title="不收的", days=14, seats=0, waiting_places=0)
    client_page = parsed(clerk.get(page_of(one, "move/")))
    # A clerk of the school moves within the school.
    labels = [each.get_text(strip=True) for each in client_page.all("#field-to label")]
    assert [label.split("，")[0] for label in labels] == ["近的", "满的"]
    assert "同一个街镇" in labels[0]
    assert "满了，候补 0 位" in labels[1]
    response = clerk.post(page_of(one, "move/"), {"to": near.pk, "because": "时间不合适"}, follow=True)
    assert state_of(one) == EnrolmentState.CANCELLED
    moved = near.enrolments.get()
    assert f"{moved.voucher[:4]} {moved.voucher[4:]}" in response.content.decode()
    assert clerk.post(page_of(moved, "move/"), {"to": far.pk, "because": "x"}).status_code == 200
    assert state_of(moved) == EnrolmentState.CONFIRMED


def test_out_of_a_class_that_is_over_nobody_is_moved(clerk, run, one):
    assert "换班" in clerk.get(page_of(one)).content.decode()
    with time_machine.travel(run.sessions.get().ends_at):
        clerk.force_login(clerk.user)
        page = clerk.get(page_of(one)).content.decode()
        assert "念给对方听" in page
        assert "换班" not in page
        assert "取消报名" not in page


def test_into_a_full_class_only_with_the_tick(clerk, school, one):
    full = a_coming_run(school, days=13, seats=1)
    enrolled(full, 1, now=timezone.now())
    form = {"to": full.pk, "because": "想上这个"}
    assert "那个班满了" in clerk.post(page_of(one, "move/"), form).content.decode()
    assert state_of(one) == EnrolmentState.CONFIRMED
    clerk.post(page_of(one, "move/"), form | {"may_wait": "on"})
    assert full.enrolments.get(learner=one.learner).state == EnrolmentState.WAITLISTED


def test_where_there_is_no_other_class_it_is_said(clerk, one):
    page = clerk.get(page_of(one, "move/")).content.decode()
    assert "没有别的班可以换" in page
    text = clerk.post(page_of(one, "move/"), {"because": "x"}).content.decode()
    assert "请选一个班" in text


def test_the_learners_page_lists_their_classes_of_the_branch(clerk, school, run, one, learner):
    twin = a_learner(school, "王秀瑛", phone=PHONE)
    known_enrols(a_coming_run(school, title="书法", days=20), twin, now=timezone.now())
    merge(keep=learner, drop=twin, by=clerk.user)
    elsewhere = a_school(a_college("西社区学院", district="西区"), "西一社区学校")
    known_enrols(a_coming_run(elsewhere, title="别区的班", days=30), learner, now=timezone.now())
    text = clerk.get(f"{DESK}/learners/{learner.pk}/").content.decode()
    assert "报过的班" in text
    assert "微信入门" in text
    assert "书法" in text
    assert page_of(one) in text
    assert "别区的班" not in text


def test_the_session_that_is_moved_says_how_many_come_and_refuses_a_small_room(clerk, school):
    run = a_coming_run(school)
    enrolled(run, 2, now=timezone.now())
    session = run.sessions.get()
    address = f"{DESK}/sessions/{session.pk}/move/"
    assert "学员 2 位" in clerk.get(address).content.decode()
    small = a_room(session.venue, "小", seats=1)
    day = f"{timezone.localtime(session.starts_at):%Y-%m-%d}"
    form = {"on": day, "starts": "14:00", "ends": "15:30", "room": small.pk, "because": "修灯"}
    text = clerk.post(address, form).content.decode()
    assert "最多 1 位学员，现在是 2 位，多了 1 位" in text


def test_the_page_costs_the_same(clerk, one):
    def happens(_) -> None:
        clerk.post(page_of(one, "cancel/"), {"because": "没空"})
        clerk.post(page_of(one, "undo/"))

    assert of_one_as_of_three(happens, lambda: clerk.get(page_of(one))) <= 10


def test_the_voucher_is_printed_and_put_down(clerk, one):
    response = clerk.get(page_of(one, "voucher.pdf"))
    assert (response["Content-Type"], response.getvalue()[:4]) == ("application/pdf", b"%PDF")
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.get(verb=AuditVerb.PRINTED)
    assert (entry.detail, entry.by, entry.subject_id) == ("voucher", clerk.user, str(one.pk))


def test_of_what_is_over_no_voucher_is_printed(clerk, one):
    cancel(enrolment=one, by=None, now=timezone.now())
    text = clerk.get(page_of(one, "voucher.pdf"), follow=True).content.decode()
    assert "没有凭证可以打印" in text
    assert "打印凭证" not in text
