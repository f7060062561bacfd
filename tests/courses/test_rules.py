"""What a lesson needs before it goes on line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.enums import CautionKind, Scenario
from courses.rules import lesson_refusals

COMPLETE = {
    "main_scenario": "scan-code",
    "step_count": 1,
    "touches_money_or_privacy": False,
    "cautions": set(),
    "safety_note": "",
}


def refusals(**values):
    return lesson_refusals(**COMPLETE | values)


def test_complete_lesson_is_not_refused():
    assert refusals() == {}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"main_scenario": ""}, "main_scenario"),
        ({"step_count": 0}, "steps"),
        ({"touches_money_or_privacy": True}, "safety_note"),
        ({"cautions": {CautionKind.MONEY}}, "safety_note"),
        ({"cautions": {"privacy"}}, "safety_note"),
        ({"cautions": {"scam", "money"}, "safety_note": " \n"}, "safety_note"),
    ],
)
def test_one_thing_missing_is_one_refusal_in_words(values, field):
    assert set(refusals(**values)) == {field}
    assert refusals(**values)[field].endswith("再发布。")


def test_warning_of_scams_alone_asks_for_nothing():
    assert refusals(cautions={"scam"}) == {}


@given(
    scenario=st.sampled_from(["", *Scenario.values]),
    steps=st.integers(0, 20),
    ticked=st.booleans(),
    cautions=st.sets(st.sampled_from(CautionKind.values)),
    note=st.sampled_from(["", "  ", "看清楚。"]),
)
def test_rule_as_the_issue_states_it(scenario, steps, ticked, cautions, note):
    found = lesson_refusals(
        main_scenario=scenario,
        step_count=steps,
        touches_money_or_privacy=ticked,
        cautions=cautions,
        safety_note=note,
    )
    touches = ticked or "money" in cautions or "privacy" in cautions
    assert ("main_scenario" in found) == (not scenario)
    assert ("steps" in found) == (steps == 0)
    assert ("safety_note" in found) == (touches and not note.strip())
