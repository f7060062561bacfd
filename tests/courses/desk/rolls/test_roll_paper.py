"""纸上签到 in the desk: with the keyboard alone, seen before it is put down; prints and photos behind the roll."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.desk.accounts import wording
from courses.enums import Duty, TeachingRole
from courses.models import Attendance, RollPhoto
from tests.factories.classes import a_member, a_person
from tests.factories.enrolments import an_open_run, enrolled
from tests.factories.roll_call import put_down
from tests.factories.timetable import moment
from tests.html import parsed
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_session(settings, tmp_path):
    settings.EVIDENCE_FOLDER = tmp_path / "evidence"
    with time_machine.travel(moment("15:35"), tick=False):
        yield


def typed(client, address, **sent):
    """Press Enter with these in the form."""
    return client.post(f"{address}paper/", {"how": "paper"} | sent, follow=True)


def again(client, address, answer, **changed):
    """Press Enter once more, with what the form holds now."""
    form = parsed(answer)
    held = {each["name"]: each.get("value", "") for each in form.all("#desk-form input[type=hidden]")}
    held["numbers"] = form.one("#id_numbers")["value"]
    held["how"] = form.one("[name=how][checked]")["value"]
    if form.all("[name=rest][checked]"):
        held["rest"] = "on"
    return client.post(f"{address}paper/", held | changed, follow=True)


def words(answer) -> str:
    return " ".join(parsed(answer).one("main").get_text(" ", strip=True).split())


def a_photo(name="sheet.jpg") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (60, 80)).save(written, "JPEG")
    return SimpleUploadedFile(name, written.getvalue())


def test_enter_shows_the_names_and_enter_again_puts_them_down(clerk, run, address):
    first, second, _ = enrolled(run, 3)
    answer = typed(clerk, address, numbers="１、2迟")
    shown = words(answer)
    assert "写了 2 位，要记 2 位" in shown
    assert f"{first.learner.name}：到了" in shown
    assert f"{second.learner.name}：迟到" in shown
    assert "没写的 1 位，先不动" in shown
    assert not Attendance.objects.exists()
    # The field is where the keyboard is, and its form's first button is the one that puts down.
    page = parsed(answer)
    assert page.one("title").get_text().strip().startswith("看看对不对")
    assert page.one("#id_numbers").has_attr("autofocus")
    assert page.all("#desk-form button[type=submit]")[0].get_text() == "对，记下来"
    assert "记好了 2 位" in again(clerk, address, answer).content.decode()
    rows = Attendance.objects.order_by("learner_id")
    assert [(row.state, row.how) for row in rows] == [("present", "paper"), ("late", "paper")]


@pytest.mark.parametrize(
    "changed", [{"numbers": "1 2 3"}, {"rest": "on"}, {"how": "card"}, {"looked_at": "paper 1 1 2"}]
)
def test_what_was_not_seen_just_so_is_shown_again(clerk, run, address, changed):
    enrolled(run, 3)
    answer = again(clerk, address, typed(clerk, address, numbers="1 2"), **changed)
    assert "还没有记" in words(answer)
    assert not Attendance.objects.exists()
    if "looked_at" not in changed:
        again(clerk, address, answer)
        assert Attendance.objects.exists()


def test_what_somebody_else_put_down_since_is_shown_before_it_is_written_over(clerk, run, session, address):
    first, _ = enrolled(run, 2)
    seen = typed(clerk, address, numbers="1 2")
    put_down(session, first.learner, state="absent")
    answer = again(clerk, address, seen)
    assert "刚才别人也在记这次课" in words(answer)
    assert "“没来”改成“到了”" in words(answer)
    assert Attendance.objects.count() == 1
    again(clerk, address, answer)
    assert [row.state for row in Attendance.objects.last()] == ["present", "present"]


def test_the_rest_is_only_who_was_shown_as_the_rest(clerk, run, address):
    enrolled(run, 2)
    seen = typed(clerk, address, numbers="1", rest="on")
    enrolled(run, 1)
    assert "3 号" in words(again(clerk, address, seen))
    assert not Attendance.objects.exists()


def test_the_same_form_sent_twice_harms_nobody(clerk, run, address):
    enrolled(run, 3)
    seen = typed(clerk, address, numbers="1 2", rest="on")
    for _ in range(2):
        answer = again(clerk, address, seen)
    assert "都记着呢" in words(answer)
    assert Attendance.objects.count() == 3


def test_the_rest_is_absent_only_when_ticked(clerk, run, address):
    enrolled(run, 3)
    assert not parsed(clerk.get(f"{address}paper/")).one("[name=rest]").has_attr("checked")
    answer = typed(clerk, address, numbers="1", rest="on", how="card")
    assert "都记“没来”" in words(answer)
    again(clerk, address, answer)
    rows = Attendance.objects.order_by("learner_id")
    assert [(row.state, row.how) for row in rows] == [
        ("present", "card"),
        ("absent", "card"),
        ("absent", "card"),
    ]


def test_what_is_wrong_is_named_and_what_was_typed_stays(clerk, run, address):
    enrolled(run, 2)
    answer = typed(clerk, address, numbers="1 7 x", rest="on", because="找到了")
    shown = words(answer)
    assert "没有 7 号，这个班的号码是 1 到 2" in shown
    assert "“x”看不懂" in shown
    page = parsed(answer)
    assert page.one("#id_numbers")["value"] == "1 7 x"
    assert page.one("#id_because")["value"] == "找到了"
    assert page.one("[name=rest]").has_attr("checked")
    assert "看一看" in shown
    assert "请" in words(typed(clerk, address, numbers=""))
    assert typed(clerk, address, numbers="1", how="guess").status_code == 200
    assert not Attendance.objects.exists()


def test_what_the_roll_says_already_is_shown(clerk, run, address):
    enrolled(run, 2)
    again(clerk, address, typed(clerk, address, numbers="1迟 2缺"))
    shown = words(typed(clerk, address, numbers="1 2"))
    assert "已经是“迟到”" in shown
    assert "“没来”改成“到了”" in shown
    assert "写了 2 位，要记 1 位" in shown


def test_questions_do_not_grow(clerk, run, address):
    enrolled(run, 1)
    few = queries_of(lambda: typed(clerk, address, numbers="1"))
    enrolled(run, 2)
    assert queries_of(lambda: typed(clerk, address, numbers="1-3")) == few


def queries_of_once(call) -> int:
    """Return how many questions something asks that is done only once."""
    with CaptureQueriesContext(connection) as asked:
        call()
    return len(asked)


def test_forty_are_put_down_with_as_many_questions_as_three(clerk, run, address):
    other = an_open_run(organiser=run.organiser, seats=40)
    asked = []
    for many, where in ((3, run), (40, other)):
        enrolled(where, many)
        roll = f"/admin/desk/sessions/{where.sessions.get().pk}/roll/"
        seen = typed(clerk, roll, numbers=f"1-{many}")
        looked_at = parsed(seen).one("[name=looked_at]")["value"]
        form = {"numbers": f"1-{many}", "how": "paper", "looked_at": looked_at}
        asked.append(queries_of_once(lambda roll=roll, form=form: clerk.post(f"{roll}paper/", form)))
    assert Attendance.objects.count() == 43
    assert asked[1] <= asked[0]


@pytest.mark.parametrize("what", ["sheet", "matrix", "cards"])
def test_prints_are_pdf_and_put_down(clerk, run, session, address, what):
    enrolled(run, 1)
    where, detail, said = {
        "sheet": (f"{address}sheet.pdf", "roll-sheet", "签到表"),
        "matrix": (f"/admin/desk/classes/{run.pk}/roll-matrix.pdf", "roll-matrix", "签到总表"),
        "cards": (f"/admin/desk/classes/{run.pk}/number-cards.pdf", "number-cards", "号码牌"),
    }[what]
    answer = clerk.get(where)
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.get(verb=AuditVerb.PRINTED)
    assert (entry.detail, wording.detail(entry)) == (detail, said)
    pages = f"/admin/desk/sessions/{session.pk}/", f"/admin/desk/classes/{run.pk}/"
    assert any(where in clerk.get(page).content.decode() for page in pages)


def test_where_nothing_can_be_printed_it_says_why(clerk, run):
    answer = clerk.get(f"/admin/desk/classes/{run.pk}/number-cards.pdf", follow=True)
    assert "还没有人报上名" in answer.content.decode()
    assert not AuditEntry.objects.filter(verb=AuditVerb.PRINTED).exists()


def test_photos_are_handed_in_shown_on_the_roll_looked_at_and_taken_away(clerk, address):
    answer = clerk.post(f"{address}photos/add/", {"photos": [a_photo(), a_photo("b.jpg")]}, follow=True)
    assert "收好了 1 张" in words(answer)
    photo = RollPhoto.objects.get()
    assert "有纸质签到表照片（1 张）" in clerk.get(address).content.decode()
    picture = clerk.get(f"/admin/desk/roll-photos/{photo.pk}/")
    assert picture["Content-Type"] == "image/jpeg"
    assert "no-store" in picture["Cache-Control"]
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert picture.content.startswith(b"\xff\xd8")
    answer = clerk.post(f"/admin/desk/roll-photos/{photo.pk}/remove/", {"because": "拍糊了"}, follow=True)
    assert "：拍糊了" in words(answer)
    assert "有纸质签到表照片" not in clerk.get(address).content.decode()
    assert clerk.get(f"/admin/desk/roll-photos/{photo.pk}/").status_code == 404
    verbs = AuditEntry.objects.filter(subject="rollphoto").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["created", "viewed", "deleted"]


def test_a_bad_photo_is_named_beside_its_field(clerk, address):
    scan = SimpleUploadedFile("scan.pdf", b"%PDF")
    answer = clerk.post(f"{address}photos/add/", {"photos": [a_photo(), scan]})
    assert "是 PDF，不能收" in parsed(answer).one("#field-photos").get_text()
    assert "请选照片" in words(clerk.post(f"{address}photos/add/", {}))
    empty = SimpleUploadedFile("empty.jpg", b"")
    assert "是空的" in words(clerk.post(f"{address}photos/add/", {"photos": [empty]}))
    assert not RollPhoto.objects.exists()


def test_an_auditor_looks_and_hands_nothing_in(client, clerk, school, session, address):
    clerk.post(f"{address}photos/add/", {"photos": [a_photo()]})
    client.force_login(a_member(Duty.AUDITOR, school.guided_by))
    page = client.get(f"{address}photos/")
    assert f"{address}photos/" in client.get(f"/admin/desk/sessions/{session.pk}/").content.decode()
    assert "看照片" in words(page)
    assert "拿掉这张" not in words(page)
    assert "交照片" not in words(page)
    assert client.get(f"/admin/desk/roll-photos/{RollPhoto.objects.get().pk}/").status_code == 200
    assert client.get(f"{address}paper/").status_code in {302, 403}


def test_a_teacher_only_of_their_own_sessions(client, clerk, school, run, session, address):
    enrolled(run, 1)
    clerk.post(f"{address}photos/add/", {"photos": [a_photo()]})
    photo = f"/admin/desk/roll-photos/{RollPhoto.objects.get().pk}/"
    places = [
        *(f"{address}{part}" for part in ("paper/", "sheet.pdf", "photos/", "photos/add/")),
        *(photo, f"{photo}remove/"),
        *(f"/admin/desk/classes/{run.pk}/{name}.pdf" for name in ("roll-matrix", "number-cards")),
    ]
    user = a_member(Duty.TEACHER, school)
    client.force_login(user)
    assert {client.get(where).status_code for where in places} == {404}
    session.teacher = a_person(school, "周老师", role=TeachingRole.TEACHER, user=user)
    session.save()
    assert {client.get(where).status_code for where in places} == {200}


def test_questions_about_photos_do_not_grow(clerk, address):
    def three(first):
        for number in range(first, first + 2):
            written = io.BytesIO()
            Image.new("RGB", (60, 80), (number, 0, 0)).save(written, "PNG")
            upload = SimpleUploadedFile("a.png", written.getvalue())
            clerk.post(f"{address}photos/add/", {"photos": [upload]})

    clerk.post(f"{address}photos/add/", {"photos": [a_photo()]})
    few = queries_of(lambda: clerk.get(f"{address}photos/"))
    three(100)
    assert queries_of(lambda: clerk.get(f"{address}photos/")) == few
