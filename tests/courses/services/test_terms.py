"""Terms: the city's, with codes like 26A, never two for one day."""

from dataclasses import replace
from datetime import date

import pytest

from cms.enums import AuditVerb
from cms.models import AuditEntry
from courses.enums import Duty
from courses.errors import NotAllowed, Refused
from courses.models import Term
from courses.services.terms import TermDetails, add_term, change_term
from tests.factories.classes import a_college, a_member, the_city
from tests.factories.timetable import a_run

pytestmark = pytest.mark.django_db

SPRING = TermDetails("34A", "2034 年春季", date(2034, 3, 1), date(2034, 7, 1))


@pytest.fixture
def by():
    return a_member(Duty.CITY_MANAGER, the_city())


def test_a_term_is_added_and_put_down(by):
    term = add_term(details=SPRING, by=by)
    assert Term.objects.get(code="34A") == term
    entry = AuditEntry.objects.get(verb=AuditVerb.CREATED, detail="34A")
    assert entry.by == by


def test_a_term_is_changed(by):
    term = add_term(details=SPRING, by=by)
    change_term(term=term, details=replace(SPRING, code="34B", ends_on=date(2034, 7, 9)), by=by)
    term.refresh_from_db()
    assert (term.code, term.ends_on) == ("34B", date(2034, 7, 9))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "34C"}, "bad-code"),
        ({"code": "2034A"}, "bad-code"),
        ({"code": "３４A"}, "bad-code"),
        ({"code": "34B", "ends_on": date(2034, 3, 1)}, "ends-before-start"),
        ({"code": "34B"}, "overlap"),
        ({"code": "34B", "starts_on": date(2034, 7, 1), "ends_on": date(2035, 1, 1)}, "overlap"),
        ({"starts_on": date(2034, 7, 2), "ends_on": date(2035, 1, 1)}, "code-taken"),
    ],
)
def test_what_makes_no_sense_is_refused(by, changes, code):
    add_term(details=SPRING, by=by)
    with pytest.raises(Refused) as refusal:
        add_term(details=replace(SPRING, **changes), by=by)
    assert refusal.value.code == code
    assert Term.objects.filter(starts_on__year=2034).count() == 1


def test_the_day_after_another_term_is_free(by):
    add_term(details=SPRING, by=by)
    add_term(details=TermDetails("34B", "秋季", date(2034, 7, 2), date(2035, 1, 1)), by=by)
    assert Term.objects.filter(code__startswith="34").count() == 2


def test_a_code_that_classes_bear_stays(by):
    term = add_term(details=SPRING, by=by)
    a_run(term=term)
    change_term(term=term, details=replace(SPRING, name="春天"), by=by)
    with pytest.raises(Refused, match="代码不能再改"):
        change_term(term=term, details=replace(SPRING, code="34B"), by=by)


def test_only_the_city_keeps_terms(by):
    term = add_term(details=SPRING, by=by)
    district = a_member(Duty.DISTRICT_MANAGER, a_college())
    with pytest.raises(NotAllowed):
        add_term(details=replace(SPRING, code="34B"), by=district)
    with pytest.raises(NotAllowed):
        change_term(term=term, details=SPRING, by=district)
