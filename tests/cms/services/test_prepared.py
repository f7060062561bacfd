"""Reads and inserts whose SQL is made once give what a QuerySet gives."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from cms.services.prepared import (
    NUMBER,
    TEXT,
    Prepared,
    as_object,
    insert,
    insert_unless_there,
    row_names,
    rows_together,
)
from courses.models import CourseRun, LearnerPlace
from tests.factories.classes import a_learner, a_school
from tests.factories.timetable import a_run

pytestmark = pytest.mark.django_db


def rows_of(**found_by):
    return CourseRun.objects.filter(**found_by).order_by("pk").values_list(*row_names(CourseRun))


def test_the_rows_are_those_of_the_queryset():
    by_title = Prepared(lambda title: rows_of(title=title), TEXT)
    for title in ("微信", "书法", "没有的"):
        a_run(title=title) if title != "没有的" else None
        assert by_title.rows(title) == list(rows_of(title=title))


def test_a_row_is_the_object():
    run = a_run(fee=10, enrol_from=None)
    (row,) = Prepared(lambda pk: rows_of(pk=pk), NUMBER).rows(run.pk)
    made = as_object(CourseRun, row)
    run.refresh_from_db()
    assert made == run
    assert {name: getattr(made, name) for name in row_names(CourseRun)} == {
        name: getattr(run, name) for name in row_names(CourseRun)
    }


def test_several_parameters_and_none():
    run = a_run(title="微信")
    both = Prepared(lambda pk, title: rows_of(pk=pk, title=title), NUMBER, TEXT)
    assert len(both.rows(run.pk, "微信")) == 1
    assert both.rows(run.pk, "书法") == []
    assert len(Prepared(lambda: rows_of()).rows()) == CourseRun.objects.count()


def test_it_is_one_statement_each_time():
    read = Prepared(lambda pk: rows_of(pk=pk), NUMBER)
    with CaptureQueriesContext(connection) as queries:
        read.rows(1)
        read.rows(2)
    assert len(queries) == 2


def test_several_reads_give_what_each_gives_by_itself():
    run = a_run(title="微信", fee=10)
    a_run(title="书法")
    by_pk, by_title = (
        Prepared(lambda pk: rows_of(pk=pk), NUMBER),
        Prepared(lambda title: rows_of(title=title), TEXT),
    )
    every = Prepared(lambda: rows_of())
    reads = (by_title, "没有的"), (by_pk, run.pk), (every,)
    assert rows_together(*reads) == [[], list(rows_of(pk=run.pk)), list(rows_of())]
    assert rows_together() == []


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is in this very process")
def test_a_server_is_asked_once_for_several_reads():
    read = Prepared(lambda pk: rows_of(pk=pk), NUMBER)
    with CaptureQueriesContext(connection) as queries:
        rows_together((read, 1), (read, 2), (read, 3))
    assert len(queries) == 1


def test_a_parameter_that_is_not_there_once_is_refused():
    with pytest.raises(ValueError, match="once"):
        Prepared(lambda pk: rows_of(), NUMBER).rows(1)
    with pytest.raises(ValueError, match="once"):
        Prepared(lambda pk: rows_of(pk=pk, room_id=pk), NUMBER).rows(1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite locks no rows")
def test_outside_of_a_transaction_nothing_is_locked_however_often_one_tries():
    read = Prepared(lambda pk: rows_of(pk=pk).select_for_update(), NUMBER)
    with transaction.atomic():
        read.rows(1)
    for _ in range(2):
        with pytest.raises(TransactionManagementError):
            read.rows(1)


def copy_of(run, code):
    """Return a class like this one that is not in the database yet."""
    values = {name: getattr(run, name) for name in row_names(CourseRun)} | {"code": code}
    return CourseRun(**values | {"id": None})


def test_what_is_inserted_is_what_save_keeps():
    run = a_run(fee=10, enrol_from=None)
    saved, inserted = copy_of(run, "saved"), copy_of(run, "inserted")
    saved.save(force_insert=True)
    insert(inserted)
    rows = [CourseRun.objects.filter(pk=each.pk).values().get() for each in (saved, inserted)]
    different = {name for name in rows[0] if rows[0][name] != rows[1][name]}
    assert different <= {"id", "code", "created_at"}
    inserted.title = "改过"
    inserted.save()
    assert CourseRun.objects.get(pk=inserted.pk).title == "改过"


def test_an_insert_is_one_statement_each_time():
    run = a_run()
    with CaptureQueriesContext(connection) as queries:
        insert(copy_of(run, "a"))
        insert(copy_of(run, "b"))
    assert len(queries) == 2


def test_a_second_one_is_refused_or_left_out_as_asked():
    place = LearnerPlace(learner=a_learner(a_school(), "王秀英"), organisation=a_school())
    assert insert_unless_there(place)
    again = LearnerPlace(learner=place.learner, organisation=place.organisation)
    assert not insert_unless_there(again)
    assert again.pk is None
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)
    assert LearnerPlace.objects.filter(learner=place.learner, organisation=place.organisation).count() == 1
