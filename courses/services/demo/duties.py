"""A log-in for each duty, so that everybody can see what others see."""

from dataclasses import dataclass

from django.db import transaction

from cms.hooks import DemoLogin
from cms.models import User
from courses.enums import Duty, TeachingRole
from courses.models import Membership, Organisation, TeachingPerson
from courses.services.duties import give_duty


@dataclass(frozen=True)
class Held:
    """A duty that a demo log-in has: which, at the organisation with which code, and who in the lists that is."""

    username: str
    duty: Duty
    code: str
    role: str = ""


def _login(role: str, username: str) -> DemoLogin:
    return DemoLogin(role, username, f"suishen-demo-{username}")


LOGINS = [
    _login("区级管理员（徐汇）", "xuhui-manager"),
    _login("社区学院教务（徐汇）", "xuhui-college"),
    _login("社区学校教务（田林）", "tianlin-school"),
    _login("授课教师（田林）", "teacher"),
    _login("志愿者（田林）", "volunteer"),
    _login("审计（全市）", "auditor"),
    _login("有两个身份（田林、凌云）", "two-duties"),
]
HELD = (
    Held("admin", Duty.CITY_MANAGER, "SH"),
    Held("xuhui-manager", Duty.DISTRICT_MANAGER, "XH"),
    Held("xuhui-college", Duty.COLLEGE_STAFF, "XH"),
    Held("tianlin-school", Duty.SCHOOL_STAFF, "XH-TL"),
    Held("teacher", Duty.TEACHER, "XH-TL", role=TeachingRole.TEACHER),
    Held("volunteer", Duty.VOLUNTEER, "XH-TL", role=TeachingRole.VOLUNTEER),
    Held("auditor", Duty.AUDITOR, "SH"),
    Held("two-duties", Duty.SCHOOL_STAFF, "XH-TL"),
    Held("two-duties", Duty.TEACHER, "XH-LY", role=TeachingRole.TEACHER),
)


@transaction.atomic
def give_demo_duties() -> str | None:
    """Give the demo log-ins their duties, each once: what was ended since stays ended. Return what was done."""
    given = [held for held in HELD if _give(held)]
    return f"给演示账号的职责：{len(given)} 个" if given else None


def _give(held: Held) -> bool:
    user = User.objects.filter(username=held.username).first()
    organisation = Organisation.objects.filter(code=held.code).first()
    if user is None or organisation is None:
        return False
    if Membership.objects.filter(user=user, organisation=organisation, duty=held.duty).exists():
        return False
    give_duty(user=user, organisation=organisation, duty=held.duty, by=None)
    if held.role:
        _is_person(user, organisation, held.role)
    return True


def _is_person(user: User, organisation: Organisation, role: str) -> None:
    free = TeachingPerson.objects.filter(organisation=organisation, role=role, user=None, is_demo=True)
    if person := free.order_by("number").first():
        person.user = user
        person.save(update_fields=["user"])
