"""Every address of the desk: who may look, who may change, and that nothing of another branch exists.

The addresses are taken from the resolver: a new one fails here until somebody says in `access.ROWS` whose it is.
Everything of the other branch bears a canary's name, which must stand in no answer.
"""

import re

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse

from courses.enums import Duty, QualificationKind, Right
from courses.models import Organisation, Programme, RollPhoto, Term
from courses.rules.duties import RIGHTS
from courses.services.feeds import make_feed
from courses.services.scheduling.runs import publish_run
from tests.courses.desk.access import ANYBODY, NOBODY, ROWS, WORKS_AT
from tests.factories.classes import (
    a_college,
    a_learner,
    a_member,
    a_person,
    a_room,
    a_school,
    a_site,
    a_venue,
    the_city,
)
from tests.factories.enrolments import NOW, a_coming_run, known_enrols
from tests.factories.messages import to_call
from tests.factories.roll_call import put_down
from tests.factories.timetable import DAY, a_plan, a_run

pytestmark = pytest.mark.django_db

CANARY = "金丝雀"
CANARY_PHONE, CANARY_TAIL = "13900139876", "139****9876"


def desk_patterns() -> dict[str, str]:
    """Return each address of the desk by its name."""
    reverse("wagtailadmin_home")
    found = _patterns(get_resolver())
    return {name: address for address, name in found if address.startswith("admin/desk/")}


def _patterns(resolver: URLResolver, before: str = ""):
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each, address)
        else:
            yield address, each.name


class Branch:
    """One thing of every kind in a college's branch; ``mark`` is part of every name in it."""

    def __init__(self, mark: str, phone: str = "13800000001"):
        # The names of districts and streets are everybody's: choices show all of them.
        self.college = a_college(f"{mark}社区学院", district=f"第{len(mark)}区")
        self.school = a_school(self.college, f"{mark}社区学校")
        self.site = a_site(self.school, f"{mark}学习点")
        self.venue = a_venue(self.school, f"{mark}活动室")
        self.room = a_room(self.venue, f"{mark[:2]}203")
        # Everybody's too: terms belong to no branch.
        self.term, _ = Term.objects.get_or_create(
            code="34A", defaults={"name": "春季", "starts_on": "2034-03-01", "ends_on": "2034-07-01"}
        )
        self.closure = self.venue.closures.create(
            starts_on="2030-01-01", ends_on="2030-01-02", reason=f"{mark}装修"
        )
        self.person = a_person(self.school, f"{mark}志愿者", phone=phone)
        self.proof = self.person.qualifications.create(
            kind=QualificationKind.SAFETY_QUIZ, passed_on="2026-01-01"
        )
        plan = a_plan(room=self.room, helpers=[self.person])
        self.run = a_run(plan, organiser=self.school, title=f"{mark}班", contact_name=f"{mark}联系人")
        self.session = self.run.sessions.get()
        # Its file is not there: what matters is who comes as far as that.
        self.photo = RollPhoto.objects.create(
            session=self.session, name=f"{self.session.pk}.jpg", digest="0" * 64, size=1
        )
        self.feed, _ = make_feed(of=self.room, by=a_member(Duty.SCHOOL_STAFF, self.school))
        self.learner = a_learner(self.school, f"{mark}学员", phone=phone)
        self.twin = a_learner(self.school, f"{mark}孪生", phone=phone)
        self.merged = a_learner(self.school, f"{mark}合并", phone=phone)
        self.merged.merged_into = self.learner
        self.merged.save()
        known_enrols(publish_run(run=self.run, by=None, at=NOW), self.learner)
        self.enrolment = self.learner.enrolments.get()
        (self.line,) = put_down(self.session, self.learner)
        self.account = a_member(Duty.TEACHER, self.school)
        self.account.first_name = f"{mark}老师"
        self.account.save()
        self.duty = self.account.memberships.get()
        self.district = self.college.area
        listener = a_learner(self.school, f"{mark}听电话", phone=phone)
        self.message = to_call(a_coming_run(self.school, title=f"{mark}春季班"), listener)

    def address(self, name: str) -> str:
        """Return an address of the desk about things of this branch."""
        return reverse(f"desk:{name}", args=[self._part(part) for part in ROWS[name].about])

    def _part(self, part: str):
        if part == "=area":
            return self.college.area_id
        if part == "=term":
            return self.term.pk
        # Everybody's as well.
        programme = Programme.objects.get(year=2021)
        of_programme = {"point": programme.points.first, "line": programme.lines.first}
        if part == "=programme":
            return programme.pk
        if part[1:] in of_programme:
            return of_programme[part[1:]]().pk
        return part[1:] if part.startswith("=") else getattr(self, part).pk


@pytest.fixture
def east():
    return Branch("东边")


@pytest.fixture
def west():
    return Branch(CANARY, CANARY_PHONE)


def browser_of(user, **options) -> Client:
    browser = Client(**options)
    if user:
        browser.force_login(user)
    return browser


def who(duty: Duty, branch: Branch):
    return a_member(duty, getattr(branch, WORKS_AT[duty]))


def asked(browser: Client, method: str, address: str):
    """Ask, and undo what came of it."""
    with transaction.atomic():
        response = getattr(browser, method)(address)
        body = response.getvalue().decode("utf-8", "replace")
        transaction.set_rollback(True)
    assert response.status_code < 500
    return response, body


def is_let_in(response) -> bool:
    sent_to = response.get("Location", "").partition("?")[0]
    return response.status_code not in {403, 405} and sent_to not in {"/admin/", "/admin/login/"}


def allows(duty: Duty, needed) -> bool:
    return needed is not NOBODY and (needed == ANYBODY or needed in RIGHTS[duty])


def test_every_address_has_its_row():
    found = desk_patterns()
    assert len(found) > 60
    assert set(found) == set(ROWS)


def test_every_number_in_an_address_is_somebodys():
    parts = {name: len(re.findall(r"<", pattern)) for name, pattern in desk_patterns().items()}
    assert parts == {name: len(row.about) for name, row in ROWS.items()}


@pytest.mark.parametrize("duty", WORKS_AT)
def test_each_duty_is_let_in_where_it_may(duty, east):
    browser = browser_of(who(duty, east))
    for method in ("get", "post"):
        may = {name: allows(duty, row.look if method == "get" else row.change) for name, row in ROWS.items()}
        seen = {name: is_let_in(asked(browser, method, east.address(name))[0]) for name in ROWS}
        assert seen == may, method


@pytest.mark.parametrize("duty", WORKS_AT)
def test_of_another_branch_nothing_exists(duty, east, west):
    browser = browser_of(who(duty, east))
    for name, row in ROWS.items():
        for method, needed in (("get", row.look), ("post", row.change)):
            response, body = asked(browser, method, west.address(name))
            assert CANARY not in body, (method, name)
            assert CANARY_TAIL not in body, (method, name)
            if any(not part.startswith("=") for part in row.about) and allows(duty, needed):
                assert response.status_code == 404, (method, name)


MIXED = {
    "merge_learners": ("learner", "twin"),
    "remove-qualification": ("person", "proof"),
    "account_duty_end": ("account", "duty"),
    "enrol_learner": ("run", "twin"),
}


@pytest.mark.parametrize("name", MIXED)
def test_ones_own_with_a_strangers_part(name, east, west):
    browser = browser_of(who(Duty.DISTRICT_MANAGER, east))
    own, part = MIXED[name]
    address = reverse(f"desk:{name}", args=[getattr(east, own).pk, getattr(west, part).pk])
    for method in ("get", "post"):
        response, body = asked(browser, method, address)
        assert response.status_code == 404
        assert CANARY not in body


LISTS = [name for name, row in ROWS.items() if not row.about and isinstance(row.look, Right)]
QUESTIONS = [
    *("", f"?on={DAY}", f"?on={DAY}&by=volunteer", "?q=金丝", "?q=9876"),
    *("?export=csv", "?export=csv&q=金丝", "?print=1", "?p=2"),
]


@pytest.mark.parametrize("duty", [Duty.DISTRICT_MANAGER, Duty.SCHOOL_STAFF, Duty.AUDITOR])
def test_no_list_export_or_print_names_another_branch(duty, east, west):
    browser = browser_of(who(duty, east))
    for name in LISTS:
        for question in QUESTIONS:
            _, body = asked(browser, "get", f"{east.address(name)}{question}")
            assert CANARY not in body, (name, question)
            assert CANARY_TAIL not in body, (name, question)


def test_typing_ahead_finds_nobody_elsewhere(east, west):
    browser = browser_of(who(Duty.SCHOOL_STAFF, east))
    for words in ("金丝", CANARY, CANARY_PHONE[-4:]):
        body = browser.post(east.address("suggest_learners"), {"words": words}).content.decode()
        assert CANARY not in body.replace(words, "")
        assert CANARY_TAIL not in body


def everything() -> dict[str, list]:
    """Return all rows of the desk's tables, apart from what was put down."""
    tables = [model for model in apps.get_app_config("courses").get_models() if not model._meta.proxy]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in tables}


@pytest.mark.parametrize("duty", [Duty.DISTRICT_MANAGER, Duty.SCHOOL_STAFF, Duty.TEACHER])
def test_asking_for_what_is_not_ones_own_changes_nothing(duty, east, west):
    browser, before = browser_of(who(duty, east)), everything()
    for name, row in ROWS.items():
        if row.about:
            browser.post(west.address(name), {"because": "x", "name": "改了", "confirm": "on"})
    assert everything() == before


WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)")
PUT_DOWN = re.compile(r"cms_auditentry|django_session|axes_")


@pytest.mark.parametrize("duty", [Duty.DISTRICT_MANAGER, Duty.SCHOOL_STAFF, Duty.AUDITOR])
def test_looking_changes_nothing(duty, east):
    browser = browser_of(who(duty, east))
    for name, row in ROWS.items():
        if row.look:
            with CaptureQueriesContext(connection) as queries:
                browser.get(east.address(name))
            written = [query["sql"] for query in queries if WRITES.match(query["sql"])]
            assert [sql for sql in written if not PUT_DOWN.search(sql)] == [], name


def test_nobody_without_an_identity_comes_in(east):
    stranger = a_member(Duty.SCHOOL_STAFF, east.school)
    stranger.memberships.update(ends_on="2020-01-01", starts_on="2019-01-01")
    for user in (None, stranger):
        for name in ROWS:
            for method in ("get", "post"):
                assert not is_let_in(asked(browser_of(user), method, east.address(name))[0]), name


def test_every_change_carries_a_token(east):
    browser = browser_of(a_member(Duty.CITY_MANAGER, the_city()), enforce_csrf_checks=True)
    answers = {name: browser.post(east.address(name)).status_code for name in ROWS}
    assert answers == dict.fromkeys(ROWS, 403)


ABSURD = 10**30


def test_what_is_not_there_is_not_found(east):
    browser = browser_of(a_member(Duty.CITY_MANAGER, the_city()))
    for name, row in ROWS.items():
        numbered = [part for part in row.about if not part.startswith("=")]
        for number in (999_999_999, ABSURD) if numbered else ():
            rest = [part[1:] for part in row.about if part.startswith("=") and part != "=area"]
            address = reverse(f"desk:{name}", args=[number] * len(numbered) + rest)
            answers = {asked(browser, method, address)[0].status_code for method in ("get", "post")}
            assert 404 in answers, name
            assert answers <= {404, 405}, name


def test_no_model_of_the_desk_has_what_leaks():
    """No Django permissions, no revisions, no place in the search index, no snippet."""
    from wagtail.models import Page, RevisionMixin
    from wagtail.search.index import Indexed
    from wagtail.snippets.models import get_snippet_models

    for model in apps.get_app_config("courses").get_models():
        if issubclass(model, Page) or model.__name__ == "LessonTopic":
            continue
        assert model._meta.default_permissions == (), model
        assert not issubclass(model, RevisionMixin | Indexed), model
        assert model not in get_snippet_models(), model
    assert Organisation.objects.exists()
