"""40 community schools below the 16 colleges, and learning sites below some of them."""

from django.db import transaction

from courses.enums import ExternalSystem, OrganisationKind, Sex
from courses.models import Area, ExternalId, Organisation
from courses.models.private import Encrypted, encrypt
from courses.services.demo.inventing import a_name, a_phone, called, chance

SOURCE = "演示数据"
# College: the end of the school's code, and its street or town.
SCHOOLS = {
    "HP": {"WT": "外滩街道", "WLQ": "五里桥街道"},
    "XH": {"TL": "田林街道", "LY": "凌云路街道", "KJ": "康健新村街道", "HJ": "华泾镇"},
    "CN": {"XX": "仙霞新村街道", "HQ": "虹桥街道", "BXJ": "北新泾街道"},
    "JA": {"GHX": "共和新路街道", "PPX": "彭浦新村街道", "PPZ": "彭浦镇"},
    "PT": {"CY": "曹杨新村街道", "ZR": "真如镇街道"},
    "HK": {"LC": "凉城新村街道", "JWZ": "江湾镇街道"},
    "YP": {"SP": "四平路街道", "YJ": "延吉新村街道", "WJC": "五角场街道"},
    "MH": {"GM": "古美路街道", "QB": "七宝镇", "HQZ": "虹桥镇"},
    "BS": {"YY": "友谊路街道", "DC": "大场镇", "GC": "顾村镇"},
    "JD": {"JDZ": "嘉定镇街道", "NX": "南翔镇"},
    "PD": {"TQ": "塘桥街道", "JY": "金杨新村街道", "CS": "川沙新镇", "ZP": "周浦镇"},
    "JS": {"SH": "石化街道", "FJ": "枫泾镇"},
    "SJ": {"FS": "方松街道", "SS": "佘山镇"},
    "QP": {"XY": "夏阳街道", "ZJJ": "朱家角镇"},
    "FX": {"XD": "西渡街道", "NQ": "南桥镇"},
    "CM": {"CQ": "城桥镇"},
}
# A school has two signs at its door there, a town's school is called otherwise (facts.md §1.2).
KIND_NAMES = {"CN-XX": "社区（老年）学校", "JS-FJ": "成人文化技术学校", "QP-ZJJ": "成人文化技术学校"}
SITES = (
    ("百花居委学习点", "居民学习点"),
    ("长青居委学习点", "居民学习点"),
    ("银杏书屋学习点", "社会学习点"),
    ("春晖养老院学习点", "养老机构学习点"),
)
# Every so many-th school has no site yet.
WITHOUT_SITE = 4
# Every so many-th school is known to 随申学 as a service point.
SERVICE_POINTS = 2


@transaction.atomic
def add_organisations() -> str | None:
    """Add schools and sites below the colleges there are; return what was done."""
    if Organisation.objects.filter(is_demo=True).exists():
        return None
    schools = _schools()
    Organisation.objects.add_many(schools)
    sites = [_site(school, number) for number, school in enumerate(schools) if (number + 1) % WITHOUT_SITE]
    Organisation.objects.add_many(sites)
    ExternalId.objects.bulk_create(
        ExternalId(organisation=school, system=ExternalSystem.SERVICE_POINT, number=f"演示-{school.code}")
        for school in schools[::SERVICE_POINTS]
    )
    return f"新建演示机构：{len(schools)} 所学校、{len(sites)} 个学习点"


def _schools() -> list[Organisation]:
    colleges = Organisation.objects.filter(kind=OrganisationKind.COMMUNITY_COLLEGE).select_related("area")
    by_code = {college.code: college for college in colleges}
    areas = {(area.parent_id, area.name): area for area in Area.objects.townships()}
    wanted = [
        (by_code[code], short, name)
        for code, names in SCHOOLS.items()
        if code in by_code
        for short, name in names.items()
        if (by_code[code].area_id, name) in areas
    ]
    return [
        _school(college, short, areas[college.area_id, name], number)
        for number, (college, short, name) in enumerate(wanted)
    ]


def _school(college: Organisation, short: str, area: Area, number: int) -> Organisation:
    dice = chance(f"school {number}")
    code = f"{college.code}-{short}"
    return Organisation(
        kind=OrganisationKind.COMMUNITY_SCHOOL,
        kind_name=KIND_NAMES.get(code, ""),
        name=f"{college.area.name}{area.name}{KIND_NAMES.get(code, '社区学校')}",
        short_name=f"{called(area)}社区学校",
        code=code,
        guided_by=college,
        area=area,
        address=f"{called(area)}路 {dice.randrange(2, 400)} 号",
        public_phone=a_phone("organisations", 3 * number),
        responsible_name=a_name(dice, dice.choice(Sex.values)),
        responsible_phone=Encrypted(encrypt(a_phone("organisations", 3 * number + 1))),
        operator_name=a_name(dice, Sex.FEMALE),
        operator_phone=Encrypted(encrypt(a_phone("organisations", 3 * number + 2))),
        source=SOURCE,
        is_demo=True,
    )


def _site(school: Organisation, number: int) -> Organisation:
    name, kind_name = SITES[number % len(SITES)]
    return Organisation(
        kind=OrganisationKind.LEARNING_SITE,
        kind_name=kind_name,
        name=f"{school.area.name}{name}",
        short_name=f"{called(school.area)}{name}",
        code=f"{school.code}-1",
        guided_by=school,
        area=school.area,
        address=f"{called(school.area)}路 {chance(f'site {number}').randrange(2, 400)} 弄 1 号",
        source=SOURCE,
        is_demo=True,
    )
