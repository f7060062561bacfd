"""After an upgrade what is on line is drawn anew, before a reader asks for it."""

import pytest
from django.core.management import call_command

from cms.models import DrawnScreen
from tests.factories.pages import a_lesson, a_shared_step, drawn_step, shared, stream

pytestmark = pytest.mark.django_db


def test_everything_on_line_is_drawn_once(capsys):
    a_lesson(steps=stream(drawn_step("大字 一"), shared(a_shared_step())))
    everything = DrawnScreen.objects.count()
    DrawnScreen.objects.all().delete()
    call_command("redraw_screens")
    call_command("redraw_screens")
    assert capsys.readouterr().out.splitlines() == [f"新画了 {everything} 张。", "新画了 0 张。"]
    assert DrawnScreen.objects.count() == everything
