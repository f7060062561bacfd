"""A shared step's key is how packages know it: given once, kept for good."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Revision

from tests.factories.pages import a_shared_step

pytestmark = pytest.mark.django_db


def test_a_new_step_may_have_any_free_key():
    assert a_shared_step(key="tap-plus").key == "tap-plus"


def test_a_key_is_not_changed():
    step = a_shared_step(key="tap-plus")
    step.key = "tap-minus"
    with pytest.raises(ValidationError, match="代号定了就不能改，请写回 tap-plus"):
        step.full_clean()


def test_an_old_draft_does_not_bring_an_old_key_back():
    step = a_shared_step(key="tap-plus")
    revision = step.save_revision()
    type(step).objects.filter(pk=step.pk).update(key="tap-other")
    assert Revision.objects.get(pk=revision.pk).as_object().key == "tap-other"
