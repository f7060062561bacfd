"""学会了没有 in the desk: two taps at the end of the roll call, one tap when people are asked later, and the board."""

from datetime import timedelta

import pytest
import time_machine

from courses.enums import Duty, Mastery
from courses.models import Outcome
from courses.services.learners.merging import merge
from courses.services.roll_call.outcomes import Said, say_outcomes
from tests.factories.classes import a_member
from tests.factories.pages import a_lesson
from tests.factories.roll_call import a_held_session, put_down, seniors
from tests.html import parsed
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

FOLLOW_UPS = "/admin/desk/follow-ups/"


@pytest.fixture
def session(school):
    return a_held_session(organiser=school)


@pytest.fixture(autouse=True)
def at_its_end(session):
    with time_machine.travel(session.ends_at, tick=False) as clock:
        yield clock


@pytest.fixture
def staff(clerk):
    return clerk.user


@pytest.fixture
def address(session):
    return f"/admin/desk/sessions/{session.pk}/roll/outcomes/"


def masteries() -> dict[int, str]:
    return dict(Outcome.objects.standing().values_list("learner_id", "mastery"))


def test_the_roll_leads_there_as_soon_as_somebody_is_there(clerk, session, address):
    roll = address.removesuffix("outcomes/")
    assert address not in clerk.get(roll).content.decode()
    put_down(session, *seniors(session, 1))
    assert address in clerk.get(roll).content.decode()


def test_everybody_could_then_the_exceptions(clerk, session, address):
    first, second = put_down(session, *seniors(session, 2))
    clerk.post(address, {"do": "all", f"said-{first.learner_id}-": "not-yet"})
    assert masteries() == {first.learner_id: Mastery.NOT_YET, second.learner_id: Mastery.ALONE}
    clerk.post(address, {"do": "save", f"said-{second.learner_id}-": "helped"})
    assert masteries()[second.learner_id] == Mastery.HELPED


def test_all_does_not_overwrite_what_was_said_before(clerk, session, address):
    first, second = put_down(session, *seniors(session, 2))
    clerk.post(address, {"do": "save", f"said-{first.learner_id}-": "not-yet"})
    clerk.post(address, {"do": "all"})
    assert masteries() == {first.learner_id: Mastery.NOT_YET, second.learner_id: Mastery.ALONE}


def test_saving_nothing_says_so(clerk, session, address):
    put_down(session, *seniors(session, 1))
    answer = clerk.post(address, {"do": "save"}, follow=True)
    assert "没有要改的" in answer.content.decode()


def test_what_nobody_can_tap_is_refused_by_name(clerk, session, address):
    (line,) = put_down(session, *seniors(session, 1))
    answer = clerk.post(address, {"do": "save", f"said-{line.learner_id}-": "perhaps"})
    assert answer.status_code == 422
    assert line.learner.name in parsed(answer).one(".desk-problems").text


def test_a_session_called_off_meanwhile_says_so_and_keeps_the_taps(clerk, session, address):
    (line,) = put_down(session, *seniors(session, 1))
    type(session).objects.filter(pk=session.pk).update(state="cancelled")
    answer = clerk.post(address, {"do": "save", f"said-{line.learner_id}-": "helped"})
    assert answer.status_code == 422
    page = parsed(answer)
    assert "取消了" in page.one(".desk-problems").text
    assert page.one('input[value="helped"]').has_attr("checked")


def test_no_answer_moves_to_a_lesson_that_was_put_in_meanwhile(clerk, session, address):
    (line,) = put_down(session, *seniors(session, 1))
    old, new = a_lesson(), a_lesson()
    session.lessons.set([old])
    tapped = {"do": "all", f"said-{line.learner_id}-{old.code}": "not-yet"}
    session.lessons.set([new])
    answer = clerk.post(address, tapped)
    assert answer.status_code == 422
    assert "刚才有人改过" in parsed(answer).one(".desk-problems").text
    assert not Outcome.objects.exists()


def test_what_was_tapped_of_somebody_taken_off_the_roll_is_not_dropped_in_silence(clerk, session, address):
    first, second = put_down(session, *seniors(session, 2))
    put_down(session, first.learner, state="absent")
    answer = clerk.post(address, {"do": "save", f"said-{first.learner_id}-": "helped"})
    assert answer.status_code == 422
    tapped = {"do": "save", f"said-{second.learner_id}-": "helped"}
    assert clerk.post(address, tapped).status_code == 302


def sent(page) -> dict[str, str]:
    """What a browser sends of the form as it was drawn."""
    held = {each["name"]: each.get("value", "") for each in page.all("form.roll input[type=hidden]")}
    return held | {each["name"]: each["value"] for each in page.all("form.roll input[checked]")}


@pytest.mark.parametrize("do", ["save", "all"])
def test_what_somebody_else_said_meanwhile_is_not_taken_back_by_what_nobody_tapped(
    clerk, staff, session, address, do
):
    first, second = put_down(session, *seniors(session, 2))

    def says(mastery):
        said = [Said(learner_id=first.learner_id, lesson_code="", mastery=mastery)]
        say_outcomes(session=session, said=said, by=staff, now=session.ends_at)

    says(Mastery.ALONE)
    drawn = sent(parsed(clerk.get(address)))
    says(Mastery.NOT_YET)
    clerk.post(address, drawn | {"do": do, f"said-{second.learner_id}-": "helped"})
    assert masteries() == {first.learner_id: Mastery.NOT_YET, second.learner_id: Mastery.HELPED}


def test_with_nobody_there_one_is_sent_to_the_roll(clerk, address):
    assert "先点名" in clerk.get(address).content.decode()


def test_as_many_questions_for_three_as_for_one(clerk, session, address):
    put_down(session, *seniors(session, 1))
    with_one = queries_of(lambda: clerk.get(address))
    put_down(session, *seniors(session, 2, start=5))
    assert queries_of(lambda: clerk.get(address)) == with_one


@pytest.fixture
def three_days_later(at_its_end, client, staff):
    at_its_end.shift(timedelta(days=3))
    # The log-in of three days ago is over.
    client.force_login(staff)


def shown(answer) -> list[str]:
    return [each.text for each in parsed(answer).all(".calls .call-who a")]


def test_the_answer_is_one_tap(clerk, session, three_days_later):
    (line,) = put_down(session, *seniors(session, 1))
    answer = clerk.get(FOLLOW_UPS)
    assert shown(answer) == [line.learner.name]
    assert "137****" in answer.content.decode()
    answer = clerk.post(f"{FOLLOW_UPS}{line.pk}/", {"after": "3", "mastery": "alone"}, follow=True)
    assert shown(answer) == []
    assert "您刚问过的" in answer.content.decode()
    assert Outcome.objects.get().after_days == 3


def test_the_list_is_narrowed_and_stays_so_after_a_tap(clerk, staff, session, three_days_later):
    first, second = put_down(session, *seniors(session, 2))
    said = [Said(learner_id=first.learner_id, lesson_code="", mastery=Mastery.NOT_YET)]
    say_outcomes(session=session, said=said, by=staff, now=session.ends_at)
    asked = f"after=3&run={session.run.code}&said=0"
    assert shown(clerk.get(f"{FOLLOW_UPS}?{asked}")) == [first.learner.name]
    answer = clerk.post(f"{FOLLOW_UPS}{second.pk}/?{asked}", {"after": "3", "mastery": "helped"})
    assert answer["Location"] == f"{FOLLOW_UPS}?{asked}"


def test_the_class_asked_for_stays_asked_for_when_its_last_one_is_done(
    clerk, session, school, three_days_later
):
    (line,) = put_down(session, *seniors(session, 1))
    other = a_held_session(organiser=school)
    put_down(other, *seniors(other, 1, start=7))
    asked = f"after=3&run={session.run.code}"
    answer = clerk.post(f"{FOLLOW_UPS}{line.pk}/?{asked}", {"after": "3", "mastery": "alone"}, follow=True)
    assert shown(answer) == []
    assert "这样找，没有要问的人" in answer.content.decode()


def test_a_tap_that_makes_no_sense_is_told(clerk, session, three_days_later):
    (line,) = put_down(session, *seniors(session, 1))
    answer = clerk.post(f"{FOLLOW_UPS}{line.pk}/", {"after": "3", "mastery": "perhaps"}, follow=True)
    assert "请再按一次" in answer.content.decode()
    assert not Outcome.objects.exists()


def test_who_was_asked_by_somebody_else_is_told(clerk, session, school, three_days_later):
    (line,) = put_down(session, *seniors(session, 1))
    clerk.post(f"{FOLLOW_UPS}{line.pk}/", {"after": "3", "mastery": "alone"})
    clerk.force_login(a_member(Duty.SCHOOL_STAFF, school))
    answer = clerk.post(f"{FOLLOW_UPS}{line.pk}/", {"after": "3", "mastery": "helped"}, follow=True)
    assert "已经有人问过了" in answer.content.decode()


def test_a_teacher_answers_only_for_sessions_they_teach(client, session, school, three_days_later):
    (line,) = put_down(session, *seniors(session, 1))
    client.force_login(a_member(Duty.TEACHER, school))
    assert client.post(f"{FOLLOW_UPS}{line.pk}/", {"after": "3", "mastery": "alone"}).status_code == 404


def test_as_many_questions_for_a_list_of_three_as_of_one(clerk, session, three_days_later):
    session.lessons.set([a_lesson()])
    put_down(session, *seniors(session, 1))
    with_one = queries_of(lambda: clerk.get(FOLLOW_UPS))
    put_down(session, *seniors(session, 2, start=5))
    assert queries_of(lambda: clerk.get(FOLLOW_UPS)) == with_one


def test_the_board_says_how_many_can_do_it(clerk, staff, session):
    lines = put_down(session, *seniors(session, 4))
    answers = [Mastery.ALONE, Mastery.ALONE, Mastery.ALONE, Mastery.NOT_YET]
    said = [
        Said(learner_id=line.learner_id, lesson_code="", mastery=answer)
        for line, answer in zip(lines, answers, strict=True)
    ]
    say_outcomes(session=session, said=said, by=staff, now=session.ends_at)
    section = parsed(clerk.get("/admin/desk/progress/")).one('[aria-labelledby="board-outcomes"]')
    first = [cell.text.strip() for cell in section.select("tbody tr")[0].select("td")]
    assert first == ["4 次", "3（75%）", "0", "1"]


def test_the_table_names_the_lesson_fewest_can_do_first(clerk, staff, session):
    easy, hard = a_lesson(), a_lesson()
    session.lessons.set([easy, hard])
    (line,) = put_down(session, *seniors(session, 1))
    said = [
        Said(learner_id=line.learner_id, lesson_code=easy.code, mastery=Mastery.ALONE),
        Said(learner_id=line.learner_id, lesson_code=hard.code, mastery=Mastery.HELPED),
    ]
    say_outcomes(session=session, said=said, by=staff, now=session.ends_at)
    rows = parsed(clerk.get("/admin/desk/progress/outcomes/")).all(".desk-table tbody tr")
    assert [row.select_one("th").text.strip() for row in rows] == [
        f"{hard.title}（{hard.code}）",
        f"{easy.title}（{easy.code}）",
    ]
    assert "100%（1 次里 1 次）" in rows[1].text


def test_a_class_with_somebody_merged_can_be_saved(clerk, session, address):
    keep, drop, other = seniors(session, 3)
    put_down(session, drop, other)
    merge(keep=keep, drop=drop, by=None)
    assert clerk.post(address, {"do": "all"}).status_code == 302
    assert masteries() == {keep.pk: Mastery.ALONE, other.pk: Mastery.ALONE}
