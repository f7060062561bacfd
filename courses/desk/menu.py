"""What the desk offers, in the order of work; each person sees what their identity allows."""

from dataclasses import dataclass, replace

from django.urls import reverse

from courses.enums import Right
from courses.models import acting_membership


@dataclass(frozen=True)
class DeskItem:
    """A part of the desk: its word, the name of its address, its icon, who sees it, and a sentence for newcomers.

    ``looking`` is the sentence for those without the right ``change``, who may only look.
    """

    label: str
    name: str
    icon: str
    right: Right
    about: str
    change: Right | None = None
    looking: str = ""

    @property
    def url(self) -> str:
        return reverse(f"desk:{self.name}")


ITEMS = (
    DeskItem(
        "班级",
        "runs",
        "date",
        Right.SEE_CLASSES,
        "开班、公布、取消，一个学期排好。",
        Right.PLAN_CLASSES,
        "看班级和课次。",
    ),
    DeskItem("周课表", "board", "calendar-alt", Right.SEE_CLASSES, "一周的课，按地点、老师、志愿者看。"),
    DeskItem(
        "报名", "enrolments", "clipboard-list", Right.SEE_LEARNERS, "谁报了哪个班，按姓名或凭证号码找。"
    ),
    DeskItem(
        "看板",
        "progress_board",
        "view",
        Right.SEE_ORGANISATIONS,
        "人次到哪里了，哪里还没人教，今天要做什么。",
    ),
    DeskItem(
        "学员",
        "learners",
        "group",
        Right.SEE_LEARNERS,
        "来上课的老人：登记、找人、合并重复的。",
        Right.CHANGE_LEARNERS,
        "看来上课的老人。",
    ),
    DeskItem(
        "电话名单",
        "call_list",
        "comment",
        Right.SEE_LEARNERS,
        "收不到短信的，打电话告诉他们。念什么都写好了。",
    ),
    DeskItem(
        "回访",
        "follow_ups",
        "help",
        Right.SEE_LEARNERS,
        "上完课 3 天、2 周，问一问自己会做了没有。",
    ),
    DeskItem("通知", "messages", "mail", Right.SEE_LEARNERS, "给谁发了什么，发到了没有。"),
    DeskItem(
        "场地",
        "venues",
        "home",
        Right.SEE_PLACES,
        "在哪里上课：教室、座位、开放时间、门牌。",
        Right.CHANGE_PLACES,
        "看在哪里上课：教室、座位、开放时间。",
    ),
    DeskItem("教师", "teachers", "user", Right.SEE_PEOPLE, "谁来教：能教什么，哪天有空。"),
    DeskItem("志愿者", "volunteers", "user", Right.SEE_PEOPLE, "谁来帮：读过服务手册没有，哪天有空。"),
    DeskItem("机构", "organisations", "site", Right.SEE_ORGANISATIONS, "学院、学校、学习点，责任人和专人。"),
    DeskItem("街镇", "areas", "list-ul", Right.CHANGE_AREAS, "区和街镇的名单、别名。"),
    DeskItem("学期", "terms", "calendar", Right.CHANGE_AREAS, "每个学期从哪天到哪天，各校按它排班。"),
    DeskItem(
        "年度计划",
        "programmes",
        "calendar-check",
        Right.CHANGE_PROGRAMME,
        "目标、进度点、各区份额、全市四条线。",
    ),
    DeskItem("账号", "accounts", "key", Right.MANAGE_ACCOUNTS, "谁能登录，有什么职责。"),
    DeskItem("操作记录", "audit", "history", Right.SEE_AUDIT, "谁在什么时候做了什么。"),
)


def items_for(user) -> list[DeskItem]:
    """Return what the identity ``user`` works under may open, each with the sentence for what they may do there."""
    membership = acting_membership(user)
    if membership is None:
        return []
    return [
        replace(item, about=item.looking) if item.change and not membership.allows(item.change) else item
        for item in ITEMS
        if membership.allows(item.right)
    ]
