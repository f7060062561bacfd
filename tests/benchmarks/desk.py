"""What screens of the class desk cost with 7,000 organisations, for the city's manager, who sees them all.

CPU time of this process, as in `drawn.py`. The budget is 15 questions to the database and 60 ms (tree: 10 questions).
"""

from tests.benchmarks.drawn import Page, measure, weigh

ROUNDS = 5
COLLEGES, SCHOOLS, SITES = 16, 16 * 14, 6760
LIST = "/admin/desk/organisations/"


def measured() -> list[Page]:
    """Fill the database and measure; what is made stays, the benchmark's database is thrown away."""
    city = fill()
    school = city.guided.first().guided.first()
    handler = Staff(city)
    pages = [
        Page("机构，第一页", LIST, handler),
        Page("机构，最后一页", f"{LIST}?p=999", handler),
        Page("机构，找字", f"{LIST}?q=%E7%AC%AC12&kind=learning-site", handler),
        Page("机构，按区和名称排", f"{LIST}?district=310104&sort=name", handler),
        Page("树，市级", f"{LIST}{city.pk}/", handler),
        Page("树，一所学校", f"{LIST}{school.pk}/", handler),
        Page("新建表单", f"{LIST}{school.pk}/new/", handler),
        Page("修改表单", f"{LIST}{school.pk}/edit/", handler),
        Page("换上级", f"{LIST}{school.pk}/move/", handler),
        Page("街镇", "/admin/desk/areas/", handler),
    ]
    for page in pages:
        weigh(page)
    for _ in range(ROUNDS):
        for page in pages:
            page.rounds.append(measure(page))
    return pages


class Staff:
    """Answers as the server does to somebody who is logged in."""

    def __init__(self, city):
        from django.test import Client

        from courses.enums import Duty
        from tests.factories.classes import a_member

        self.client = Client()
        self.client.force_login(a_member(Duty.CITY_MANAGER, city))

    def get_response(self, request):
        return self.client.get(request.get_full_path())


def fill():
    """Make 7,000 organisations below the city, as the guidance line is: colleges, schools, learning sites."""
    from courses.enums import OrganisationKind as Kind
    from tests.factories.classes import an_area, the_city

    city = the_city()
    areas = [an_area(f"第{number}街道", district=f"第{number % COLLEGES}区") for number in range(216)]
    colleges = below([city], Kind.COMMUNITY_COLLEGE, COLLEGES, areas)
    schools = below(colleges, Kind.COMMUNITY_SCHOOL, SCHOOLS, areas)
    below(schools, Kind.LEARNING_SITE, SITES, areas)
    return city


def below(above, kind, number, areas):
    """Make so many, handed round to those above."""
    from courses.models import Organisation

    made = Organisation.objects.bulk_create(
        Organisation(
            kind=kind,
            name=f"第{each}{kind.label}",
            code=f"BENCH-{kind.level}-{each:05}",
            guided_by=above[each % len(above)],
            area=areas[each % len(areas)],
            responsible_name="王负责",
        )
        for each in range(number)
    )
    for each in made:
        each.lineage = f"{each.guided_by.lineage}{each.pk}/"
    Organisation.objects.bulk_update(made, ["lineage"], batch_size=500)
    return made


def table(pages: list[Page]) -> str:
    """Return the figures as a Markdown table."""
    rows = [
        f"| {page.name} | {page.milliseconds:.1f} | {page.queries} | {page.kilobytes:.1f} |" for page in pages
    ]
    head = ["| 班级台，7,000 家机构 | CPU 毫秒 | 查询 | HTML gzip KB |", "|---|---:|---:|---:|"]
    return "\n".join([*head, *rows])
