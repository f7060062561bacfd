"""What every verb asks before it writes: the right, the branch, and that nobody else writes the same person."""

import zlib

from cms.models import User
from cms.services.prepared import Read, rows_together
from courses.enums import Right
from courses.errors import NotAllowed, Refused
from courses.models import Learner, acting_membership
from courses.models.private import keyed_hash
from courses.rules.names import name_key
from courses.services.advisory import to_hold
from courses.services.branches import acting_with


def refuse_unless_sees(right: Right, *, by: User | None, learners: tuple[Learner, ...]) -> None:
    """Raise NotAllowed unless ``by`` has the right and sees all these learners; None is the system itself."""
    if by is None:
        return
    acting_with(by, right)
    wanted = {learner.pk for learner in learners}
    if Learner.objects.visible_to(by).filter(pk__in=wanted).count() != len(wanted):
        raise NotAllowed("这位学员不在您管的机构里。")


def refuse_unless_there(learner: Learner) -> None:
    """Raise Refused when the learner was merged into another one or erased."""
    if learner.erased_at:
        raise Refused("erased", "这位学员的资料已经删除了，不能再改。")
    if learner.merged_into_id:
        raise Refused("merged", "这一条已经合并到另一位学员里了。请到那一位那里改。")


def acting_organisation_id(by: User | None) -> int:
    """Return in whose branch something is put down."""
    membership = acting_membership(by)
    return membership.organisation_id if membership else 0


def locked(*learners: Learner) -> list[Learner]:
    """Return the rows as they are now, in the order given, held until the end; always taken in order of their ids."""
    ids = [learner.pk for learner in learners]
    rows = {row.pk: row for row in Learner.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return [rows[pk] for pk in ids]


def hold_identity(*, phone: str, name: str) -> None:
    """Let others who write the same telephone number, or the same name without one, wait until this is committed."""
    rows_together(*to_hold_identity(phone=phone, name=name))


def to_hold_identity(*, phone: str, name: str) -> list[Read]:
    """Return what holds them as `hold_identity` does, to be put before reads in one `rows_together`."""
    return to_hold(_LEARNERS, _signed(keyed_hash("hold", phone or name_key(name))))


# The first of two keys keeps these locks apart from those of other things.
_LEARNERS = 0x1EA2


def _signed(text: str) -> int:
    """Return 32 bits of a text as PostgreSQL's integer, which has a sign."""
    return zlib.crc32(text.encode()) - 2**31
