"""Days with and without a time."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.series import at
from courses.rules.sheets.dates import EXCEL_ZERO, Span
from courses.rules.sheets.moments import DAY_BEGINS, DAY_ENDS, read_moment
from courses.rules.sheets.unclear import Unclear
from tests.courses.rules.sheets.test_dates import FULL
from tests.factories.sheets import ANY_CELL

AUTUMN = Span(date(2026, 9, 7), date(2027, 1, 15))
DAYS = st.dates(date(2020, 9, 1), date(2030, 12, 31))
CLOCKS = st.times(time(7), time(23, 59)).map(lambda clock: clock.replace(second=0, microsecond=0))


def read(written, without_clock=DAY_BEGINS):
    return read_moment(written, around=AUTUMN, without_clock=without_clock)


@given(DAYS, st.sampled_from(FULL))
def test_a_day_alone_is_all_that_day(on, spelled):
    assert read(spelled(on)) == at(on, time(0))
    assert read(spelled(on), DAY_ENDS) == at(on, time(23, 59))


@given(DAYS, CLOCKS)
def test_what_excel_keeps_is_read_back(on, clock):
    assert read(datetime.combine(on, clock)) == at(on, clock)
    assert read(datetime.combine(on, time(0)), DAY_ENDS) == at(on, DAY_ENDS)
    assert read(on, DAY_ENDS) == at(on, DAY_ENDS)
    assert read(float((on - EXCEL_ZERO).days)) == at(on, time(0))


@given(DAYS, CLOCKS, st.sampled_from([" {:%H:%M}", " {:%H：%M}", "，{:%H:%M}", " {:%H点%M分}", "T{:%H:%M}"]))
def test_a_day_with_a_time_is_read_back(on, clock, spelling):
    assert read(f"{on.isoformat()}{spelling.format(clock)}", DAY_ENDS) == at(on, clock)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("8月20日", at(date(2026, 8, 20), time(0))),
        ("8.20 9:30", at(date(2026, 8, 20), time(9, 30))),
        ("8月20日9点", at(date(2026, 8, 20), time(9))),
        ("8月20日下午2点半", at(date(2026, 8, 20), time(14, 30))),
        ("8月20日（周四）上午9：00起", at(date(2026, 8, 20), time(9))),
        ("从 2026/8/20 09:00 开始", at(date(2026, 8, 20), time(9))),
        ("20260820 0900", at(date(2026, 8, 20), time(9))),
        ("2026-08-20 00:00", at(date(2026, 8, 20), time(0))),
        ("9月5日24:00截止", at(date(2026, 9, 5), time(23, 59))),
        ("1月6日", at(date(2027, 1, 6), time(0))),
    ],
)
def test_moments(written, moment):
    assert read(written) == moment


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "没写哪一天"),
        ("额满为止", "看不出是哪一天"),
        ("9月31日", "看不出是哪一天"),
        ("2026-09-01 25:00", "没有这个时间"),
        ("2026-09-01 3:00", "看不出是上午还是下午"),
        (9.1, "看不出是 9月1日 还是 9月10日"),
        ("9:00", "看不出是哪一天"),
        ("8月20日到9月5日", "看不出是哪一天"),
        ("很" * 50, "看不出是哪一天"),
        (time(9), "看不出是哪一天"),
    ],
)
def test_what_is_no_moment(written, problem):
    unclear = read(written)
    assert problem in unclear.problem
    assert "2026-09-01" in unclear.mend


@given(ANY_CELL)
def test_nothing_raises(value):
    assert isinstance(read(value), datetime | Unclear)
