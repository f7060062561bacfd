"""Telephone numbers at rest: nothing to read in the database, opened by any of the keys and by no other."""

import pytest
from django.core import serializers
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from courses.models import Learner, TeachingPerson
from courses.models.private import Encrypted, EncryptedField, decrypt, encrypt, keyed_hash
from tests.factories.classes import a_college, a_learner, a_person

NUMBER = "13800000001"


def raw_row(thing) -> str:
    """Return everything the database holds of a thing, as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {thing._meta.db_table} WHERE id = %s", [thing.pk])
        return " ".join(map(str, cursor.fetchone()))


@pytest.mark.django_db
@pytest.mark.parametrize("make", [a_person, a_learner])
def test_no_digit_run_of_the_number_lies_in_the_row(make):
    row = raw_row(make(a_college(), phone=NUMBER))
    assert NUMBER not in row
    assert NUMBER[3:] not in row


@pytest.mark.django_db
def test_a_number_is_read_back_masked_and_whole():
    person = TeachingPerson.objects.get(pk=a_person(a_college(), phone=NUMBER).pk)
    assert person.masked_phone == "138****0001"
    assert person.whole_phone() == NUMBER
    assert person.phone.plain == NUMBER
    assert NUMBER not in f"{person.phone} {person.phone!r} {person!r}"


@pytest.mark.django_db
def test_saving_again_encrypts_nothing_twice():
    person = TeachingPerson.objects.get(pk=a_person(a_college(), phone=NUMBER).pk)
    person.save()
    person.save(update_fields=["phone"])
    assert TeachingPerson.objects.get(pk=person.pk).whole_phone() == NUMBER


@pytest.mark.django_db
def test_plain_text_given_to_the_field_is_encrypted_on_its_way():
    learner = a_learner(a_college())
    learner.contact_phone = NUMBER
    learner.save()
    assert NUMBER not in raw_row(learner)
    assert Learner.objects.get(pk=learner.pk).contact_phone.plain == NUMBER


@pytest.mark.django_db
def test_no_number_is_no_text():
    person = TeachingPerson.objects.get(pk=a_person(a_college()).pk)
    assert (person.phone, person.phone_key, person.masked_phone, person.whole_phone()) == ("", "", "", "")
    assert person.phone.plain == ""


@pytest.mark.django_db
def test_a_dump_holds_no_number_and_loads_again():
    person = a_person(a_college(), phone=NUMBER)
    dump = serializers.serialize("json", [TeachingPerson.objects.get(pk=person.pk)])
    assert NUMBER not in dump
    person.keep_phone("")
    person.save()
    for loaded in serializers.deserialize("json", dump):
        loaded.save()
    assert TeachingPerson.objects.get(pk=person.pk).whole_phone() == NUMBER


def test_an_old_key_still_opens_and_the_first_one_closes(settings):
    settings.PERSONAL_DATA_KEYS = ["old"]
    kept = encrypt(NUMBER)
    settings.PERSONAL_DATA_KEYS = ["new", "old"]
    assert decrypt(kept) == NUMBER
    closed_by_new = encrypt(NUMBER)
    settings.PERSONAL_DATA_KEYS = ["new"]
    assert decrypt(closed_by_new) == NUMBER


def test_a_wrong_key_and_a_changed_text_are_errors_without_the_number(settings):
    settings.PERSONAL_DATA_KEYS = ["old"]
    kept = encrypt(NUMBER)
    with pytest.raises(ValueError, match="PERSONAL_DATA_KEYS"):
        decrypt(f"{kept[:-6]}AAAA==")
    settings.PERSONAL_DATA_KEYS = ["other"]
    with pytest.raises(ValueError, match="PERSONAL_DATA_KEYS") as error:
        decrypt(kept)
    assert NUMBER not in str(error.value)


def test_a_hash_is_of_its_key_and_of_its_use(settings):
    settings.PERSONAL_HASH_KEY = "one"
    found = keyed_hash("phone", NUMBER)
    assert found == keyed_hash("phone", NUMBER)
    assert found != keyed_hash("tail", NUMBER)
    assert len(found) == 32
    settings.PERSONAL_HASH_KEY = "other"
    assert found != keyed_hash("phone", NUMBER)


def test_nothing_stays_nothing():
    assert (encrypt(""), decrypt(""), keyed_hash("phone", "")) == ("", "", "")
    assert Encrypted("").plain == ""


def test_the_same_number_looks_different_every_time():
    assert encrypt(NUMBER) != encrypt(NUMBER)


@given(st.text(max_size=60))
def test_what_is_encrypted_comes_back_and_is_known_for_what_it_is(plain):
    kept = encrypt(plain)
    assert decrypt(kept) == plain
    assert isinstance(EncryptedField().to_python(kept), Encrypted) == bool(plain)


@given(st.text(max_size=120))
def test_plain_text_is_never_taken_for_encrypted(plain):
    assert not isinstance(EncryptedField().to_python(plain), Encrypted)
