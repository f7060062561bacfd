"""Settings from the environment: a wrong one stops the start, and the message says which."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings import env

NAME = "SUISHEN_TEST"


@pytest.fixture
def given(monkeypatch):
    """Sets the variable; None takes it away."""

    def put(value: str | None):
        if value is None:
            monkeypatch.delenv(NAME, raising=False)
        else:
            monkeypatch.setenv(NAME, value)

    return put


def refusal(read, *args) -> str:
    with pytest.raises(ImproperlyConfigured) as refused:
        read(NAME, *args)
    assert NAME in str(refused.value)
    return str(refused.value)


def test_text_is_taken_as_it_stands(given):
    given(" a b ")
    assert env.text(NAME) == " a b "


@pytest.mark.parametrize("value", [None, ""])
def test_text_without_value_takes_the_default_or_refuses(given, value):
    given(value)
    assert env.text(NAME, "default") == "default"
    assert "请设置" in refusal(env.text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", True),
        ("true", True),
        ("YES", True),
        (" on ", True),
        ("0", False),
        ("No", False),
        ("off", False),
        ("", False),
    ],
)
def test_flag_reads_yes_and_no(given, value, expected):
    given(value)
    assert env.flag(NAME, not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_flag_without_value_takes_the_default(given, default):
    given(None)
    assert env.flag(NAME, default) is default


@pytest.mark.parametrize("value", ["2", "ja", "是", "truee"])
def test_flag_refuses_anything_else(given, value):
    given(value)
    assert value in refusal(env.flag)


@pytest.mark.parametrize(("value", "expected"), [("12", 12), ("-3", -3), (" 7 ", 7), (None, 60), ("", 60)])
def test_number_reads_whole_numbers(given, value, expected):
    given(value)
    assert env.number(NAME, 60) == expected


@pytest.mark.parametrize("value", ["1.5", "1e3", "一", "12px"])
def test_number_refuses_anything_else(given, value):
    given(value)
    assert "整数" in refusal(env.number, 60)


@pytest.mark.parametrize(
    ("value", "expected"), [("a,b", ["a", "b"]), (" a , ,b,", ["a", "b"]), ("", []), (None, ["x", "y"])]
)
def test_items_are_split_at_commas(given, value, expected):
    given(value)
    assert env.items(NAME, "x,y") == expected


@pytest.mark.parametrize("value", [None, "", "short", "x" * 49])
def test_secret_refuses_what_can_be_guessed(given, value):
    given(value)
    message = refusal(env.secret)
    assert not value or value not in message


def test_secret_of_fifty_characters_is_taken(given):
    given("x" * 50)
    assert env.secret(NAME) == "x" * 50


def test_sqlite_is_set_up_for_many_readers_and_one_writer(given):
    given("sqlite:////srv/data/mit%20leer.sqlite3")
    database = env.database(NAME, "")
    assert database["NAME"] == "/srv/data/mit leer.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgres_is_read_from_its_address(given, scheme, monkeypatch):
    monkeypatch.setenv("DATABASE_POOLED", "1")
    given(f"{scheme}://an%40wer:p%3A%2Fw@db.internal:6432/suishen")
    database = env.database(NAME, "")
    assert (database["USER"], database["PASSWORD"]) == ("an@wer", "p:/w")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.internal", "6432", "suishen")
    assert database["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert database["CONN_HEALTH_CHECKS"] is True


def test_postgres_on_the_same_machine_needs_no_host(given):
    given("postgres:///suishen")
    database = env.database(NAME, "")
    assert (database["HOST"], database["PORT"], database["USER"]) == ("", "", "")


@pytest.mark.parametrize("value", ["mysql://x/y", "nonsense", "/srv/db.sqlite3"])
def test_other_databases_are_refused_without_showing_the_address(given, value):
    given(value)
    assert "sqlite://" in refusal(env.database, "")


def test_wrong_port_is_refused_with_the_name(given):
    given("postgres://u:geheim@db:port/x")
    assert "geheim" not in refusal(env.database, "")


def test_no_cache_address_means_in_process(given):
    given(None)
    assert env.cache(NAME)["BACKEND"].endswith("LocMemCache")


@pytest.mark.parametrize(
    ("value", "location"),
    [
        ("redis://cache:6379/0", "redis://cache:6379/0"),
        ("rediss://cache/0", "rediss://cache/0"),
        ("valkey://cache:6379/1", "redis://cache:6379/1"),
        ("unix:///run/valkey.sock", "unix:///run/valkey.sock"),
    ],
)
def test_cache_address_is_taken(given, value, location):
    given(value)
    cache = env.cache(NAME)
    assert cache["BACKEND"].endswith("RedisCache")
    assert cache["LOCATION"] == location


@pytest.mark.parametrize("value", ["memcached://x", "cache:6379", "http://x"])
def test_other_caches_are_refused(given, value):
    given(value)
    assert "redis://" in refusal(env.cache)
