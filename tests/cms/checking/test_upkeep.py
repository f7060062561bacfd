"""Dates, links, and what every page should have."""

from datetime import date, timedelta

import pytest

from cms.checking import CHECKS, Content, Facts, Link, Severity, Spot, Standard, check

TODAY = date(2026, 11, 24)


def found(code: str, *, links=(), **facts):
    content = Content(links=tuple(links), facts=Facts(**facts))
    return [finding for finding in check(content, Standard(TODAY)) if finding.check == code]


def checked(days_ago: int, **facts):
    return {"is_checked_on_phones": True, "checked_on": TODAY - timedelta(days=days_ago)} | facts


def test_content_never_checked_is_named():
    (finding,) = found("stale", is_checked_on_phones=True)
    assert "从来没有" in finding.message
    assert finding.spot.anchor == "id_checked_on"


@pytest.mark.parametrize(("days", "stale"), [(0, False), (180, False), (181, True), (400, True)])
def test_half_a_year_is_long_enough(days, stale):
    findings = found("stale", **checked(days))
    assert bool(findings) is stale
    assert all(str(days) in finding.message for finding in findings)


def test_a_passed_day_is_named_and_a_coming_one_is_not():
    (finding,) = found("stale", **checked(1, review_by=TODAY - timedelta(days=1)))
    assert "2026年11月23日" in finding.message
    assert not found("stale", **checked(1, review_by=TODAY))


def test_archived_content_and_kinds_without_dates_are_left_alone():
    assert not found("stale", is_checked_on_phones=True, archived=True)
    assert not found("stale", is_checked_on_phones=False)


def test_a_broken_link_is_named_and_a_good_one_is_not():
    spot = Spot("链接（第 2 块）", "body", "b2")
    good, bad = Link(spot, "看课程"), Link(spot, "看全部", "指的那一页已经删了")
    (finding,) = found("link", links=[good, bad])
    assert "“看全部”指的那一页已经删了" in finding.message
    assert finding.spot.anchor == "block-b2-section"


def test_missing_parts_are_named_where_the_kind_has_them():
    findings = found("parts", main_scenario="", offline_way="", questions=0)
    assert {finding.spot.field for finding in findings} == {"main_scenario", "offline_way", "questions"}
    assert not found("parts", main_scenario="chat", offline_way="去窗口。", questions=1)
    assert not found("parts")


def test_only_a_step_known_to_be_unused_is_named():
    assert found("unused", used=False)
    assert not found("unused", used=True)
    assert not found("unused", used=None)


def test_what_has_to_be_mended_comes_first():
    findings = check(Content(facts=Facts(offline_way="", is_checked_on_phones=True)), Standard(TODAY))
    assert [finding.severity for finding in findings] == [Severity.MEND, Severity.LOOK]


def test_every_finding_says_how_to_mend_it():
    everything = Facts(main_scenario="", offline_way="", questions=0, is_checked_on_phones=True, used=False)
    findings = check(Content(facts=everything), Standard(TODAY))
    assert len(findings) == 5
    assert all(finding.how_to_mend.endswith("。") and finding.message.endswith("。") for finding in findings)
    assert {finding.check for finding in findings} <= {each.code for each in CHECKS}
