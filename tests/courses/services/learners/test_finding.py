"""The type-ahead, and who may be the same person: only those one sees, at a fixed cost."""

import pytest
from django.db import connection

from courses.enums import Duty
from courses.models import Learner
from courses.services.learners import near_matches, suggest
from courses.services.learners.finding import MOST, alike
from tests.factories.classes import a_college, a_learner, a_member, a_school, an_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return a_school(a_college(district="东区"))


@pytest.fixture
def clerk(school):
    return a_member(Duty.SCHOOL_STAFF, school)


def names(found):
    return [each.name for each in found]


def test_two_of_one_name_are_told_apart(school, clerk):
    a_learner(school, "王秀英", phone="13800000001", area=an_area("田林街道"))
    a_learner(school, "王秀英", phone="", birth_year=1941)
    assert sorted(each.about for each in suggest("王秀", user=clerk)) == [
        "138****0001，1950 年生，测试区田林街道",
        "没有手机，1941 年生",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("王秀", ["王秀英"]),
        ("王 秀", ["王秀英"]),
        ("0001", ["王秀英"]),
        *((nobody, []) for nobody in ("秀英", "王", "13800000001", "")),
    ],
)
def test_found_by_the_beginning_or_the_last_four(school, clerk, words, expected):
    a_learner(school, "王秀英", phone="13800000001")
    assert names(suggest(words, user=clerk)) == expected


def test_nobody_else_s_learners(school, clerk):
    a_learner(a_school(a_college(district="西区")), "王秀英", phone="13800000001")
    assert suggest("王秀", user=clerk) == suggest("0001", user=clerk) == []
    assert near_matches(name="王秀英", phone="13800000001", user=clerk) == []


def test_not_those_merged_or_erased(school, clerk):
    keep = a_learner(school, "王秀英", phone="13800000001")
    a_learner(school, "王秀英", phone="13800000002", merged_into=keep)
    assert [each.pk for each in suggest("王秀英", user=clerk)] == [keep.pk]


def test_at_most_ten_in_two_queries(school, clerk, django_assert_max_num_queries):
    for number in range(12):
        a_learner(school, f"王秀{number}", phone=f"138000001{number:02}", area=an_area())
    with django_assert_max_num_queries(2):
        assert len(suggest("王秀", user=clerk)) == MOST


def test_near_are_those_of_the_same_name_or_phone_the_same_year_first(school, clerk):
    a_learner(school, "王秀英", phone="13800000002", birth_year=1940)
    a_learner(school, "王秀英", phone="13800000003", birth_year=1950)
    a_learner(school, "陈国强", phone="13800000001", birth_year=1948)
    a_learner(school, "王秀", phone="13800000004")
    found = near_matches(name="王 秀英", phone="138 0000 0001", birth_year=1950, user=clerk)
    assert [(each.name, each.birth_year) for each in found] == [
        ("王秀英", 1950),
        ("王秀英", 1940),
        ("陈国强", 1948),
    ]


def test_nothing_known_is_near_to_nobody(school, clerk):
    a_learner(school, "李阿婆", phone="")
    assert near_matches(name=" ", phone="", user=clerk) == []


def test_alike_leaves_out_the_one_asked_about(school, clerk):
    one = a_learner(school, "王秀英", phone="")
    other = a_learner(school, "王秀英", phone="13800000003")
    a_learner(school, "李阿婆", phone="")
    assert [each.pk for each in alike(one, user=clerk)] == [other.pk]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("王秀英", "13800000001", 1950), ("王秀英", "13800000002", 1950), 2),
        (("王秀英", "13800000001", 1950), ("王秀英", "13800000002", 1951), 0),
        (("王秀英", "13800000001", 1950), ("王秀英", "", None), 0),
        (("王秀英", "", None), ("王秀英", "", None), 2),
        (("李芬", "13800000001", 1950), ("李芬芳", "13800000001", 1950), 2),
        (("李芬", "13800000001", 1950), ("陈国强", "13800000001", 1948), 0),
        (("李芬", "", 1950), ("陈国强", "", 1950), 0),
    ],
)
def test_who_may_stand_there_twice(school, first, second, expected):
    for name, phone, year in (first, second):
        a_learner(school, name, phone=phone, birth_year=year)
    everybody = Learner.objects.canonical()
    assert everybody.maybe_twice(everybody).count() == expected


def test_the_beginning_of_a_name_is_found_by_an_index():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite reads 3,000 short names in a millisecond; PostgreSQL holds the city")
    with connection.cursor() as cursor:
        # An empty table would be read whole; this asks whether the index can serve at all.
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Learner.objects.found_by("王秀").order_by().explain()
    assert "Index Cond" in plan, plan
