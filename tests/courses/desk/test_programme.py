"""年度计划 in the desk: the city keeps targets, milestones, shares and the other lines' figures."""

import re

import pytest
from django.urls import reverse

from cms.models import AuditEntry
from courses.desk.accounts import wording
from courses.models import Area, Programme
from courses.services.first_rows import read
from courses.services.programmes import changing
from courses.services.programmes.first import ensure_programmes
from tests.html import text_of
from tests.queries import of_one_as_of_three

LIST = "/admin/desk/programmes/"
NEXT = {
    "year": 2031,
    "name": "2031 年",
    "target": 1000,
    "starts_on": "2031-01-01",
    "due_on": "2031-11-30",
    "source": "市里的文件",
}


@pytest.fixture
def programme(db):
    return Programme.objects.get(year=2021)


def to(name: str, *parts) -> str:
    return reverse(f"desk:{name}", args=parts)


def test_what_is_decided_of_2021_is_there_and_nothing_is_invented(programme):
    assert (programme.target, str(programme.due_on), programme.is_example) == (200_000, "2021-09-30", False)
    points = [(str(each.on), each.attendances, each.is_inferred) for each in programme.points.all()]
    assert points == [("2021-01-01", 0, False), ("2021-06-30", 120_000, True), ("2021-09-30", 200_000, False)]
    assert [each.planned for each in programme.lines.all()] == [400_000, 250_000, 200_000, 150_000]
    assert set(programme.lines.values_list("reported", flat=True)) == {None}
    assert programme.lines.get(is_ours=True).planned == 200_000
    assert (programme.shares.count(), programme.responsible) == (0, "")


def test_this_years_is_only_an_example_and_comes_once(db):
    Programme.objects.all().delete()
    for _ in range(2):
        ensure_programmes(read("programmes"), this_year=2030)
    assert list(Programme.objects.values_list("year", "is_example")) == [(2030, True), (2021, False)]


def test_the_city_adds_a_year_and_changes_it(city):
    assert city.post(f"{LIST}new/", NEXT).status_code == 302
    made = Programme.objects.get(year=2031)
    assert [each.attendances for each in made.points.all()] == [0, 1000]
    assert city.post(to("edit_programme", made.pk), NEXT | {"responsible": "王主任"}).status_code == 302
    assert "王主任" in text_of(city.get(to("programme", made.pk)))
    assert "2031" in text_of(city.get(LIST))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"year": 2021, "starts_on": "2021-01-01", "due_on": "2021-02-01"}, "2021 年已经有了"),
        ({"due_on": "2031-01-01"}, "完成的日子要在开始后面"),
        ({"due_on": "2032-01-01"}, "两个日子都要在 2031 年里"),
        ({"target": 0}, "target"),
    ],
)
def test_a_year_that_makes_no_sense_is_refused(city, change, words):
    assert words in text_of(city.post(f"{LIST}new/", NEXT | change))
    assert not Programme.objects.filter(year=2031).exists()


def test_milestones(city, programme):
    wanted = {"on": "2021-03-31", "attendances": 5000, "note": "会上说的"}
    assert city.post(to("new_point", programme.pk), wanted).status_code == 302
    assert "这一天已经有进度点了" in text_of(city.post(to("new_point", programme.pk), wanted))
    falling = wanted | {"on": "2021-04-30", "attendances": 4000}
    assert "计划只能越来越多" in text_of(city.post(to("new_point", programme.pk), falling))
    outside = wanted | {"on": "2022-04-30"}
    assert "之间的一天" in text_of(city.post(to("new_point", programme.pk), outside))
    point = programme.points.get(attendances=5000)
    own = to("edit_point", programme.pk, point.pk)
    assert city.post(own, wanted | {"attendances": 6000}).status_code == 302
    assert city.post(to("remove_point", programme.pk, point.pk)).status_code == 302
    assert programme.points.count() == 3
    assert city.get(own).status_code == 404


def test_a_share_needs_its_source_and_can_be_taken_back(city, programme):
    district = Area.objects.districts().first()
    address = to("edit_share", programme.pk, district.pk)
    assert "写上这个数从哪里来" in text_of(city.post(address, {"attendances": 900}))
    assert city.post(address, {"attendances": 900, "source": "区里的会"}).status_code == 302
    assert f"{district.name}：900 人次" in text_of(city.get(to("programme", programme.pk)))
    assert city.post(address, {"attendances": ""}).status_code == 302
    assert programme.shares.count() == 0


def test_a_reported_figure_needs_its_day_and_its_source(city, programme):
    line = programme.lines.get(planned=400_000)
    address = to("edit_line", programme.pk, line.pk)
    wanted = {"name": line.name, "planned": 400_000, "reported": 5}
    assert "写上是哪天报的" in text_of(city.post(address, wanted))
    assert "写上这个数从哪里来" in text_of(city.post(address, wanted | {"reported_on": "2021-10-01"}))
    proved = wanted | {"reported_on": "2021-10-01", "source": "来函"}
    assert city.post(address, proved).status_code == 302
    line.refresh_from_db()
    assert (line.reported, line.changed_by) == (5, city.user)


def test_a_line_is_taken_away_but_never_ours(city, programme):
    line, ours = programme.lines.get(planned=400_000), programme.lines.get(is_ours=True)
    address = to("remove_line", programme.pk, line.pk)
    assert address in text_of(city.get(to("edit_line", programme.pk, line.pk)))
    assert line.name in text_of(city.get(address))
    assert city.post(address).status_code == 302
    assert not programme.lines.filter(pk=line.pk).exists()
    assert "remove" not in text_of(city.get(to("edit_line", programme.pk, ours.pk)))
    assert "不能去掉" in text_of(city.post(to("remove_line", programme.pk, ours.pk)))
    assert programme.lines.filter(pk=ours.pk).exists()


def test_each_deed_is_put_down_in_words():
    deeds = [name for name, deed in vars(changing).items() if getattr(deed, "__name__", "") == "done"]
    assert len(deeds) > 5
    for deed in deeds:
        said = wording.detail(AuditEntry(subject="programme", detail=f"{deed} 2021"))
        assert not re.search("[a-z]", said), deed


def test_nobody_types_our_own_figure(city, programme):
    line = programme.lines.get(is_ours=True)
    wanted = {
        "name": line.name,
        "planned": 200_000,
        "reported": 5,
        "reported_on": "2021-10-01",
        "source": "x",
    }
    answer = city.post(to("edit_line", programme.pk, line.pk), wanted)
    assert "我们自己的数由系统来数" in text_of(answer)


def test_another_programmes_parts_are_not_there(city, programme):
    other = Programme.objects.exclude(pk=programme.pk).first()
    point, line = programme.points.first(), programme.lines.first()
    for address in (to("edit_point", other.pk, point.pk), to("edit_line", other.pk, line.pk)):
        assert city.get(address).status_code == 404
        assert city.post(address, {}).status_code == 404


def test_the_list_costs_the_same_for_one_and_three(city):
    def add(number: int) -> None:
        values = {"year": 2031 + number, "starts_on": "2031-01-01", "due_on": "2031-11-30"}
        Programme.objects.create(**NEXT | values)

    Programme.objects.all().delete()
    assert of_one_as_of_three(add, lambda: city.get(LIST)) <= 12
