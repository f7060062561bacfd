"""May somebody do this there? What every service of classes asks before it changes anything."""

from cms.models import User
from courses.enums import Right
from courses.errors import NotAllowed
from courses.models import Membership, Organisation, acting_membership


def acting_with(by: User, right: Right) -> Membership:
    """Return the identity ``by`` acts under. Raises NotAllowed unless its duty has the right."""
    acting = acting_membership(by)
    if acting is None or not acting.allows(right):
        raise NotAllowed
    return acting


def refuse_unless_in_branch(acting: Membership, organisation: Organisation) -> None:
    """Raise NotAllowed unless the organisation lies in the branch of this identity."""
    if not organisation.lineage.startswith(acting.organisation.lineage):
        raise NotAllowed("这个机构不归您管。")


def refuse_unless_may(right: Right, *, by: User | None, organisation: Organisation) -> None:
    """Raise NotAllowed unless the identity ``by`` works under has the right and the organisation in its branch.

    None is the system itself: a command, the demo.
    """
    if by is not None:
        refuse_unless_in_branch(acting_with(by, right), organisation)
