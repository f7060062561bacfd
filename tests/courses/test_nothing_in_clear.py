"""A learner goes through all screens; afterwards the number is nowhere to be read, and the name in the table only.

Looked at as a thief would: the database's file and its log of writes, a dump, the program's logs, what was put down,
sessions, and every address anybody was sent to.
"""

import json
import logging
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from cms.models import AuditEntry
from courses.enums import Duty
from courses.models import Learner
from tests.factories.classes import a_member, a_school

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/desk/learners/"
NAME, NEW_NAME = "欧阳秀英", "欧阳秀瑛"
NUMBERS = ["13876504321", "13876509999", "13965407777"]
# The tail stands on screens behind the stars; without them, with the figures before it, it would be the number.
TAILS = [number[3:] for number in NUMBERS] + [f"-{number[-4:]}" for number in NUMBERS]


@pytest.fixture
def journey(client, caplog):
    """Everything that is done to a learner; gives the addresses one was sent to and what was logged."""
    caplog.set_level(logging.DEBUG)
    school = a_school()
    client.force_login(a_member(Duty.SCHOOL_STAFF, school))
    sent_to = []

    def post(address, **values):
        response = client.post(address, values)
        sent_to.append(response.get("Location", ""))
        return response

    form = {"name": NAME, "birth_year": "1950", "organisation": school.pk, "contact_phone": NUMBERS[2]}
    post(f"{LIST}new/", phone=f"{NUMBERS[0][:3]} {NUMBERS[0][3:7]} {NUMBERS[0][7:]}", **form)
    post(f"{LIST}new/", phone=NUMBERS[0], **form)
    page = f"{LIST}{Learner.objects.get().pk}/"
    post(f"{LIST}new/", phone="1387650432", **form)
    post(f"{LIST}suggest/", words=NAME)
    post(f"{page}phone/")
    post(f"{page}copy/")
    post(f"{page}copy.json")
    post(f"{page}edit/", name=NEW_NAME, phone=NUMBERS[1], birth_year="1950")
    for address in (LIST, page, f"{LIST}?export=csv", f"{LIST}?print=1", f"{page}edit/"):
        client.get(address)
    return sent_to, caplog.text + repr([vars(record) for record in caplog.records])


def assert_not_in(text: str, *wanted: str) -> None:
    assert [words for words in wanted if words in text] == []


def test_the_number_is_in_no_file_of_the_database(journey):
    if connection.vendor != "sqlite":
        pytest.skip("the files of a server are looked at in its dump")
    kept = b"".join(path.read_bytes() for path in database_files())
    assert NEW_NAME.encode() in kept
    assert_not_in(kept.decode("utf-8", "replace"), *NUMBERS, *TAILS)


def database_files() -> list[Path]:
    database = Path(connection.settings_dict["NAME"])
    return [path for path in database.parent.iterdir() if path.name.startswith(database.name)]


def test_the_number_is_in_no_dump(journey):
    out = StringIO()
    call_command("dumpdata", "courses", "cms.auditentry", "sessions", stdout=out)
    dump = json.loads(out.getvalue())
    assert any(row["model"] == "courses.learner" and row["fields"]["name"] == NEW_NAME for row in dump)
    assert_not_in(out.getvalue(), *NUMBERS, *TAILS)
    others = json.dumps([row for row in dump if row["model"] != "courses.learner"], ensure_ascii=False)
    assert_not_in(others, NAME, NEW_NAME)


def test_nobody_is_in_the_logs(journey):
    _, logged = journey
    assert LIST in logged
    assert_not_in(logged, *NUMBERS, *TAILS, NAME, NEW_NAME)


def test_nobody_is_in_what_was_put_down(journey):
    rows = AuditEntry.objects.values_list("verb", "subject", "subject_id", "detail", "address")
    assert len(rows) >= 6
    assert_not_in(repr(list(rows)), *NUMBERS, *TAILS, NAME, NEW_NAME)


def test_nobody_is_in_sessions(journey):
    opened = repr([session.get_decoded() for session in Session.objects.all()])
    assert "_auth_user_id" in opened
    assert_not_in(opened, *NUMBERS, *TAILS, NAME, NEW_NAME)


def test_nobody_is_in_an_address(journey):
    sent_to, _ = journey
    assert any(sent_to)
    assert_not_in(" ".join(sent_to), *NUMBERS, *TAILS, NAME, NEW_NAME)
    assert "%E6" not in " ".join(sent_to)


def test_control_a_number_in_clear_is_found(journey):
    """The same search finds a number that lies in the file in clear."""
    if connection.vendor != "sqlite":
        pytest.skip("looked at on SQLite")
    Learner.objects.update(contact_name=NUMBERS[0])
    kept = b"".join(path.read_bytes() for path in database_files()).decode("utf-8", "replace")
    with pytest.raises(AssertionError):
        assert_not_in(kept, *NUMBERS)
