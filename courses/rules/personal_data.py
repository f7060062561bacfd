"""What is kept about people: each field with its purpose, who sees it and for how long. One table, said once.

The page /privacy/ shows it, docs/个人信息.md is made from it, `purge_expired` keeps its promises. Sources: facts.md
§5.1 (the law's articles; the periods are proposals, 建议, to be settled by the operator's lawyers) and security.md.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

# A new version whenever a purpose, a reader or a period changes: consents name the version they were given to.
NOTICE_VERSION = "3"
NOTICE_DATE = date(2026, 11, 29)


class Period(Enum):
    """How long something is kept; the value is the setting that says how many days."""

    LEARNER = "LEARNER_KEPT_DAYS"
    PERSON = "PERSON_KEPT_DAYS"
    EVIDENCE = "EVIDENCE_KEPT_DAYS"
    AUDIT = "AUDIT_KEPT_DAYS"


@dataclass(frozen=True)
class KeptField:
    """A field: what for, and who sees it."""

    name: str
    purpose: str
    seen_by: str


@dataclass(frozen=True)
class KeptAbout:
    """What is kept about one kind of people; ``until`` holds a place for the period's words."""

    heading: str
    fields: tuple[KeptField, ...]
    period: Period
    until: str


_SCHOOL = "登记的学校、管它的学院和区、市的管理员、审计"
_STAFF = "所属机构、管它的学院和区、市的管理员、审计"
_MASKED = f"{_SCHOOL}；中间四位打星，看全号要留下记录，审计看不了全号"

TABLE = (
    KeptAbout(
        "学员",
        (
            KeptField("姓名", "点名，认人", _SCHOOL),
            KeptField(
                "姓名，准备离线点名时（点名的那台机器上；同步好了，或者过了当天半夜，就删掉）",
                "教室里没有网，也能点名",
                "点名的老师和教务",
            ),
            KeptField("电话（可以不留）", "上课有变动时打给您，认出同一个人", _MASKED),
            KeptField("有事找谁、那个人的电话（可以不留）", "您有急事时找家里人", _MASKED),
            KeptField("性别（可以不填）", "统计", _SCHOOL),
            KeptField("出生年份", "看是不是满 60 岁，没有手机时认人", _SCHOOL),
            KeptField("住在哪个街镇", "看哪里还缺课，没有手机时认人", _SCHOOL),
            KeptField("在哪里登记过", "定下谁看得到您的资料", _SCHOOL),
            KeptField("报了哪个班，什么时候、怎么报的，谁填的，后来的变动", "排座位，轮候补", _SCHOOL),
            KeptField(
                "这次报名有事找谁、那个人的电话（别人帮您填，才要留）", "改时间、没有课时打给他", _MASKED
            ),
            KeptField("同意的是哪一版说明、什么时候同意的", "证明您同意过", _SCHOOL),
            KeptField("录播的课看到哪一步，题做了没有，什么时候学完的", "让您接着学，学完了记一次", _SCHOOL),
            KeptField("上过的课学会了没有，过后问您时怎么说", "看哪一课没教会，请您再来听", _SCHOOL),
            KeptField("给您发过什么通知、什么时候发的", "不漏发，不重发", _SCHOOL),
            KeptField(
                "签到：哪一次课，什么时候到的，到了没有，在了几分钟；怎么记的，谁、什么时候记的，为什么改",
                "点名，数来上课的人次",
                _SCHOOL,
            ),
        ),
        Period.LEARNER,
        "{period}没有再来登记或上课，姓名、电话、街镇、有事找谁都清掉，只留出生年份和次数，认不出是谁。",
    ),
    KeptAbout(
        "纸质签到表的照片",
        (
            KeptField(
                "照片上的姓名和您的签名",
                "证明您来上过课，人次没有多算",
                f"点名的老师、{_STAFF}；看一次，记一次",
            ),
        ),
        Period.EVIDENCE,
        "上课以后 {period}，整张删掉，只留下删的日子。一张照片上有很多人，不能单独擦掉一位，到期一起删。",
    ),
    KeptAbout(
        "教师和志愿者",
        (
            KeptField("姓名、编号", "排课，做工牌", f"{_STAFF}；本人同意了，班级页面才写"),
            KeptField("电话", "排课时联系", f"{_STAFF}；中间四位打星，看全号要留下记录"),
            KeptField("能教什么、会说什么话、哪天有空", "排课", _STAFF),
            KeptField("资格和日期", "看能不能上岗", _STAFF),
        ),
        Period.PERSON,
        "离开以后 {period}，姓名和电话清掉，留下编号。",
    ),
    KeptAbout(
        "工作人员的账号",
        (
            KeptField("登录名、姓名", "登录，知道是谁做的", "管账号的管理员、审计"),
            KeptField("职责和机构", "定下能看什么、能改什么", "管账号的管理员、审计"),
            KeptField("机构的责任人、专人：姓名和电话", "机构有事找谁", _STAFF),
        ),
        Period.AUDIT,
        "停用以后 {period}，姓名和登录名清掉。责任人、专人换了就改。",
    ),
    KeptAbout(
        "操作记录",
        (
            KeptField(
                "谁、什么时候、从哪个网络地址、做了什么、对哪个编号",
                "查出谁看过、改过、导出过",
                "区、市的管理员和审计；里面没有学员的姓名和电话",
            ),
        ),
        Period.AUDIT,
        "{period}，到期清掉。",
    ),
)

NEVER_KEPT = ("身份证号", "生日", "门牌号", "银行卡", "人脸")


def in_words(days: int) -> str:
    """Return a period as people say it: 3 年, 18 个月, 45 天."""
    if days % 365 == 0:
        return f"{days // 365} 年"
    return f"{days // 30} 个月" if days % 30 == 0 else f"{days} 天"
