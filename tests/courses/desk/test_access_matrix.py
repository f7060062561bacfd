"""Every address of the desk: who may look, who may change, and that nothing of another branch exists.

The addresses are taken from the resolver: a new one fails here until somebody says in `ROWS` whose it is. Everything of
the other branch bears a canary's name, which must stand in no answer.
"""

import re
from dataclasses import dataclass, field

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
NOBODY = None
# For everybody who has an identity.
ANYBODY = "anybody"


@dataclass(frozen=True)
class Row:
    """Who may GET and who may POST: a right, ANYBODY, or NOBODY; and what of a branch stands in the address.

    ``alone``: about nothing of a branch, or about oneself.
    """

    look: Right | str | None
    change: Right | str | None = NOBODY
    about: tuple[str, ...] = field(default=())


def look(right, *about):
    return Row(right, NOBODY, about)


def act(right, *about):
    return Row(NOBODY, right, about)


def form(right, *about):
    return Row(right, right, about)


ORGANISATION, PEOPLE, LEARNERS = Right.CHANGE_ORGANISATIONS, Right.CHANGE_PEOPLE, Right.CHANGE_LEARNERS
PLACES, ACCOUNTS, PLANNING = Right.CHANGE_PLACES, Right.MANAGE_ACCOUNTS, Right.PLAN_CLASSES
PROGRAMME = Right.CHANGE_PROGRAMME
ROWS = {
    "index": look(ANYBODY),
    "identities": form(ANYBODY),
    "me": look(ANYBODY),
    "organisations": look(Right.SEE_ORGANISATIONS),
    "organisation": look(Right.SEE_ORGANISATIONS, "school"),
    "new_organisation": form(ORGANISATION, "school"),
    "edit_organisation": form(ORGANISATION, "school"),
    "move_organisation": form(ORGANISATION, "school"),
    "close_organisation": form(ORGANISATION, "site"),
    "reopen_organisation": form(ORGANISATION, "site"),
    "organisation_external_ids": form(ORGANISATION, "school"),
    "organisation_phone": form(Right.REVEAL_PHONES, "school", "=responsible"),
    "areas": look(Right.CHANGE_AREAS),
    "new_area": form(Right.CHANGE_AREAS),
    "area_aliases": form(Right.CHANGE_AREAS, "=area"),
    "accounts": look(ACCOUNTS),
    "account": look(ACCOUNTS, "account"),
    "account_new": form(ACCOUNTS),
    "account_slip": form(ACCOUNTS, "account"),
    "account_disable": form(ACCOUNTS, "account"),
    "account_enable": form(ACCOUNTS, "account"),
    "account_second_factor": form(ACCOUNTS, "account"),
    "account_duty_new": form(ACCOUNTS, "account"),
    "account_duty_end": form(ACCOUNTS, "account", "duty"),
    "audit": look(Right.SEE_AUDIT),
    "venues": look(Right.SEE_PLACES),
    "venue": look(Right.SEE_PLACES, "venue"),
    "venue_new": form(PLACES),
    "venue_edit": form(PLACES, "venue"),
    "venue_close": form(PLACES, "venue"),
    "venue_reopen": form(PLACES, "venue"),
    "venue_sign": look(Right.SEE_PLACES, "venue"),
    "sign_renew": form(PLACES, "venue"),
    "picture_remove": form(PLACES, "venue"),
    "room_new": form(PLACES, "venue"),
    "room": look(Right.SEE_PLACES, "room"),
    "room_edit": form(PLACES, "room"),
    "room_close": form(PLACES, "room"),
    "room_reopen": form(PLACES, "room"),
    "room_sign": look(Right.SEE_PLACES, "room"),
    "closure_new": form(PLACES, "venue"),
    "closure_remove": form(PLACES, "closure"),
    "teachers": look(Right.SEE_PEOPLE),
    "volunteers": look(Right.SEE_PEOPLE),
    "new-teacher": form(PEOPLE),
    "new-volunteer": form(PEOPLE),
    "person": look(Right.SEE_PEOPLE, "person"),
    "change-person": form(PEOPLE, "person"),
    "person-leaves": form(PEOPLE, "person"),
    "person-is-back": act(PEOPLE, "person"),
    "person-phone": form(Right.REVEAL_PHONES, "person"),
    "link-account": form(PEOPLE, "person"),
    "unlink-account": act(PEOPLE, "person"),
    "give-consent": form(PEOPLE, "person"),
    "withdraw-consent": act(PEOPLE, "person"),
    "new-qualification": form(PEOPLE, "person"),
    "remove-qualification": form(PEOPLE, "person", "proof"),
    "runs": look(Right.SEE_CLASSES),
    "new_run": form(PLANNING),
    "run": look(Right.SEE_CLASSES, "run"),
    "run_poster": look(Right.SEE_CLASSES, "run"),
    "edit_run": form(PLANNING, "run"),
    "publish_run": form(PLANNING, "run"),
    "cancel_run": form(PLANNING, "run"),
    "copy_run": form(PLANNING, "run"),
    "session": look(Right.SEE_CLASSES, "session"),
    "move_session": form(PLANNING, "session"),
    "cancel_session": form(PLANNING, "session"),
    "session_not_held": form(PLANNING, "session"),
    "restore_session": form(PLANNING, "session"),
    "make_up": form(PLANNING, "session"),
    "change_teacher": form(PLANNING, "session"),
    # Teachers: of the sessions they teach; others do not exist for them.
    "roll": form(Right.CALL_ROLL, "session"),
    "undo_roll": act(Right.CALL_ROLL, "session"),
    "walk_in": form(Right.CALL_ROLL, "session"),
    "door_code": look(Right.CALL_ROLL, "session"),
    "scan_vouchers": form(Right.CALL_ROLL, "session"),
    # Where nobody joins from home there is no such screen.
    "online_roll": form(Right.CALL_ROLL, "session"),
    "meeting_list": form(Right.CALL_ROLL, "session"),
    "meeting_preview": form(Right.CALL_ROLL, "session", "=unknown"),
    "meeting_drop": act(Right.CALL_ROLL, "session", "=unknown"),
    "count_heads": form(Right.CALL_ROLL, "session"),
    "approve_heads": form(Right.LOCK_MONTHS, "session"),
    "prepare_offline": act(Right.CALL_ROLL, "session"),
    "upload_marks": act(Right.CALL_ROLL, "session"),
    "offline_rolls": look(Right.CALL_ROLL),
    "offline_worker": look(Right.CALL_ROLL),
    # Says whether one may: the page that asks was opened without a network.
    "offline_token": look(ANYBODY),
    "outcomes": form(Right.CALL_ROLL, "session"),
    "follow_ups": look(Right.SEE_LEARNERS),
    "answer_follow_up": act(Right.CALL_ROLL, "line"),
    "roll_paper": form(Right.CALL_ROLL, "session"),
    "roll_sheet": look(Right.CALL_ROLL, "session"),
    "roll_matrix": look(Right.CALL_ROLL, "run"),
    "number_cards": look(Right.CALL_ROLL, "run"),
    "roll_photos": look(Right.SEE_EVIDENCE, "session"),
    "add_roll_photos": form(Right.CALL_ROLL, "session"),
    "roll_photo": look(Right.SEE_EVIDENCE, "photo"),
    "remove_roll_photo": form(Right.CALL_ROLL, "photo"),
    "terms": look(Right.CHANGE_AREAS),
    "new_term": form(Right.CHANGE_AREAS),
    "edit_term": form(Right.CHANGE_AREAS, "=term"),
    "board": look(Right.SEE_CLASSES),
    "month": look(Right.SEE_CLASSES),
    "timetable": look(Right.SEE_CLASSES),
    "cancel_day": form(PLANNING),
    "feeds": look(Right.SEE_CLASSES),
    "new_feed": form(PLANNING),
    "feed": look(Right.SEE_CLASSES, "feed"),
    "renew_feed": form(PLANNING, "feed"),
    "revoke_feed": form(PLANNING, "feed"),
    # A file that waits is only its uploader's: its name is guessed by nobody.
    "plan_import": form(PLANNING),
    "plan_import_template": look(PLANNING),
    "plan_import_preview": form(PLANNING, "=1", "=unknown"),
    "plan_import_drop": act(PLANNING, "=1", "=unknown"),
    "learners": look(Right.SEE_LEARNERS),
    "suggest_learners": act(Right.SEE_LEARNERS),
    "new_learner": form(LEARNERS),
    "learner": look(Right.SEE_LEARNERS, "learner"),
    "edit_learner": form(LEARNERS, "learner"),
    "know_learner": act(LEARNERS, "learner"),
    "merge_learner": form(LEARNERS, "learner"),
    "merge_learners": form(LEARNERS, "learner", "twin"),
    "unmerge_learner": act(LEARNERS, "merged"),
    "erase_learner": form(LEARNERS, "learner"),
    "reveal_learner_phone": form(Right.REVEAL_PHONES, "learner"),
    "copy_learner": act(Right.REVEAL_PHONES, "learner"),
    "copy_learner_json": act(Right.REVEAL_PHONES, "learner"),
    "progress_board": look(Right.SEE_ORGANISATIONS),
    "district_board": look(Right.SEE_ORGANISATIONS, "district"),
    "branch_board": look(Right.SEE_ORGANISATIONS, "school"),
    "progress_districts": look(Right.SEE_ORGANISATIONS),
    "progress_branches": look(Right.SEE_ORGANISATIONS),
    "progress_scenarios": look(Right.SEE_ORGANISATIONS),
    "progress_outcomes": look(Right.SEE_ORGANISATIONS),
    "silent_sessions": look(Right.SEE_ORGANISATIONS),
    "doubled_sessions": look(Right.SEE_ORGANISATIONS),
    "sessions_without_teacher": look(Right.PLAN_CLASSES),
    "locked_months": look(Right.SEE_AUDIT),
    "lock_month": form(Right.LOCK_MONTHS),
    "seals": look(Right.SEE_AUDIT),
    "programmes": look(PROGRAMME),
    "new_programme": form(PROGRAMME),
    "programme": look(PROGRAMME, "=programme"),
    "edit_programme": form(PROGRAMME, "=programme"),
    "new_point": form(PROGRAMME, "=programme"),
    "edit_point": form(PROGRAMME, "=programme", "=point"),
    "remove_point": form(PROGRAMME, "=programme", "=point"),
    "edit_share": form(PROGRAMME, "=programme", "=area"),
    "new_line": form(PROGRAMME, "=programme"),
    "edit_line": form(PROGRAMME, "=programme", "=line"),
    "remove_line": form(PROGRAMME, "=programme", "=line"),
    "compare_line": look(PROGRAMME, "=programme", "=line"),
    "line_list": form(PROGRAMME, "=programme", "=line"),
    "clear_line_list": form(PROGRAMME, "=programme", "=line"),
    "line_list_preview": form(PROGRAMME, "=programme", "=line", "=unknown"),
    "drop_line_list": act(PROGRAMME, "=programme", "=line", "=unknown"),
    "messages": look(Right.SEE_LEARNERS),
    "call_list": look(Right.SEE_LEARNERS),
    "call_list_paper": act(Right.REVEAL_PHONES),
    "call_number": form(Right.REVEAL_PHONES, "message"),
    "call_made": act(Right.ENROL, "message"),
    "call_not_answered": act(Right.ENROL, "message"),
    "call_put_back": act(Right.ENROL, "message"),
    "enrolments": look(Right.SEE_LEARNERS),
    "find_enrolment": form(Right.SEE_LEARNERS),
    "run_enrolments": look(Right.SEE_LEARNERS, "run"),
    "enrol_person": form(Right.ENROL, "run"),
    "enrol_returning": form(Right.ENROL, "run"),
    "enrol_learner": form(Right.ENROL, "run", "twin"),
    "enrolment": look(Right.SEE_LEARNERS, "enrolment"),
    "enrolment_done": look(Right.ENROL, "enrolment"),
    "enrolment_voucher": look(Right.ENROL, "enrolment"),
    "reveal_enrolment_phone": form(Right.REVEAL_PHONES, "enrolment"),
    "cancel_enrolment": form(Right.ENROL, "enrolment"),
    "undo_enrolment": act(Right.ENROL, "enrolment"),
    "accept_offer": act(Right.ENROL, "enrolment"),
    "decline_offer": act(Right.ENROL, "enrolment"),
    "move_enrolment": form(Right.ENROL, "enrolment"),
    "prioritise_enrolment": form(Right.ENROL, "enrolment"),
}
WORKS_AT = {
    Duty.DISTRICT_MANAGER: "college",
    Duty.COLLEGE_STAFF: "college",
    Duty.SCHOOL_STAFF: "school",
    Duty.TEACHER: "school",
    Duty.VOLUNTEER: "school",
    Duty.AUDITOR: "college",
}


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
