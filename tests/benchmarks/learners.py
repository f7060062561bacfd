"""What the desk's screens of learners cost with 3,000 of them at 40 schools: `python -m tests.benchmarks.learners`.

CPU time of this process, as a district's manager sees them: the whole branch, and 可能重复, the dearest filter.
"""

import random
import time
from statistics import median

LEARNERS, SCHOOLS, ROUNDS = 3000, 40, 15
BUDGET_QUERIES, BUDGET_MILLISECONDS = 15, 60
LIST = "/admin/desk/learners/"
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴", "秀英国强桂兰建华淑珍"


def measured() -> list[tuple[str, int, float]]:
    """Return name, queries and CPU milliseconds of each screen."""
    from django.test import Client

    client, learner = Client(), a_district()
    client.force_login(learner.manager)
    suggest = {"words": "王秀"}
    asked = {
        "学员": lambda: client.get(LIST),
        "学员，最后一页": lambda: client.get(f"{LIST}?p=60"),
        "学员，姓名开头": lambda: client.get(f"{LIST}?q=王秀"),
        "学员，电话后四位": lambda: client.get(f"{LIST}?q=0001"),
        "学员，可能重复": lambda: client.get(f"{LIST}?special=twice"),
        "一位学员": lambda: client.get(f"{LIST}{learner.pk}/"),
        "边打边找": lambda: client.post(f"{LIST}suggest/", suggest),
    }
    return [(name, queries(ask), milliseconds(ask)) for name, ask in asked.items()]


def a_district():
    """Fill a college's schools with learners; return one of them, with the district's `.manager`."""
    from courses.enums import Duty
    from courses.models import Learner, LearnerPlace
    from courses.models.private import Encrypted, encrypt, keyed_hash
    from tests.factories import classes

    chance, college = random.Random(60), classes.a_college(district="测速区")
    schools = [classes.a_school(college) for _ in range(SCHOOLS)]
    streets = [classes.an_area(f"测速{number}街道", district="测速区") for number in range(12)]
    learners = []
    for number in range(LEARNERS):
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
        phone = f"1380000{number:04}" if number % 10 else ""
        learner = Learner(name=name, name_key=name, birth_year=chance.randint(1935, 1965))
        learner.area = chance.choice(streets)
        learner.phone, learner.phone_key = Encrypted(encrypt(phone)), keyed_hash("phone", phone)
        learner.phone_tail_key = keyed_hash("tail", phone[-4:])
        learners.append(learner)
    Learner.objects.bulk_create(learners)
    LearnerPlace.objects.bulk_create(
        LearnerPlace(learner=learner, organisation=chance.choice(schools)) for learner in learners
    )
    learners[1].manager = classes.a_member(Duty.DISTRICT_MANAGER, college)
    return learners[1]


def queries(ask) -> int:
    """Return how many queries one request takes, once everything is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert ask().status_code == 200
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def milliseconds(ask) -> float:
    """Return the median CPU time of a request."""
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        ask()
        rounds.append((time.process_time() - started) * 1000)
    return median(rounds)


def table(rows: list[tuple[str, int, float]]) -> str:
    """Return the figures as a Markdown table."""
    head = [f"| 学员 {LEARNERS} 位，学校 {SCHOOLS} 所 | 查询 | CPU 毫秒 |", "|---|---:|---:|"]
    return "\n".join([*head, *(f"| {name} | {number} | {cost:.1f} |" for name, number, cost in rows)])


def main() -> None:
    """Measure on an empty database and print the table. Fails when a budget is broken."""
    import tempfile
    from pathlib import Path

    from tests.benchmarks.bench import prepare

    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        rows = measured()
        print(table(rows))
        assert all(number <= BUDGET_QUERIES and cost <= BUDGET_MILLISECONDS for _, number, cost in rows)


if __name__ == "__main__":
    main()
