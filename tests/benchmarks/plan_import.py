"""What an import of 300 classes costs: `python -m tests.benchmarks.plan_import`."""

import tempfile
import time
from datetime import date
from pathlib import Path

ROWS = 300
ROOMS = 40
DAYS = "一二三四五"
CLOCKS = ("9:00-10:30", "13:30-15:00", "15:30-17:00")


def main() -> None:
    """Print the seconds of looking, making, and looking again."""
    with tempfile.TemporaryDirectory() as folder:
        from tests.benchmarks.bench import prepare

        prepare(Path(folder))
        file = _file()
        from courses.services.scheduling.plan_import import apply_plan, read_plan

        preview = _timed("looked at", lambda: read_plan(**file))
        print(f"  new {sum(not row.problems for row in preview.rows)} of {len(preview.rows)}")
        while _timed("up to 100 made", lambda: apply_plan(**file, seen=read_plan(**file).seen)).left:
            pass
        _timed("looked at again", lambda: read_plan(**file))


def _file() -> dict:
    from courses.enums import Duty, TeachingRole
    from courses.models import Term
    from tests.factories.classes import a_college, a_member, a_person, a_room, a_school, a_venue
    from tests.factories.sheets import a_plan_book, plan_line

    school = a_school(a_college(), "田林社区学校")
    venue = a_venue(school, "田林社区学校")
    for number in range(ROOMS):
        a_room(venue, f"{100 + number}")
        a_person(school, f"老师{number}", role=TeachingRole.TEACHER)
    term = Term.objects.create(code="31B", name="秋季", starts_on=date(2026, 9, 7), ends_on=date(2027, 1, 15))
    lines = [
        plan_line(
            organiser="田林社区学校",
            title=f"第{number}班",
            time=f"周{DAYS[number // ROOMS % 5]} {CLOCKS[number // ROOMS // 5 % 3]}",
            place=f"田林社区学校 {100 + number % ROOMS}室",
            teacher=f"老师{number % ROOMS}",
            times="16次",
            dates="9月7日-12月31日",
        )
        for number in range(ROWS)
    ]
    by = a_member(Duty.SCHOOL_STAFF, school)
    return {"data": a_plan_book(*lines), "name": "plan.xlsx", "term": term, "by": by}


def _timed(words: str, do):
    started, cpu = time.perf_counter(), time.process_time()
    done = do()
    spent, worked = time.perf_counter() - started, time.process_time() - cpu
    print(f"{words:>16}: {spent:6.2f} s, CPU {worked:6.2f} s")
    return done


if __name__ == "__main__":
    main()
