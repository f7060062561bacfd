import pytest

from cms.services.locks import sole_run

pytestmark = pytest.mark.django_db


def test_only_the_first_is_let_in():
    with sole_run("a") as first, sole_run("a") as second:
        assert first is True
        assert second is False


def test_other_names_do_not_matter():
    with sole_run("a") as first, sole_run("b") as other:
        assert first
        assert other


def test_the_way_is_free_again_afterwards_even_after_an_error():
    with pytest.raises(RuntimeError), sole_run("a"):
        raise RuntimeError
    with sole_run("a") as alone:
        assert alone
