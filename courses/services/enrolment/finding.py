"""Finding an enrolment for staff, by the number on the voucher that somebody brings or reads out."""

from cms.models import User
from courses.models import Enrolment
from courses.services.enrolment.looking_up import digits


def by_voucher(written: str, *, user: User) -> Enrolment | None:
    """Return the newest enrolment in the branch of ``user`` under a number, however it is grouped."""
    return Enrolment.objects.visible_to(user).with_voucher(digits(written)).order_by("-pk").first()
