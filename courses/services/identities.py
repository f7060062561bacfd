"""Which identity a user with several works under."""

from django.db import transaction
from django.utils import timezone

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.errors import NotAllowed
from courses.models import Membership


@transaction.atomic
def switch_identity(*, user: User, membership: Membership) -> Membership:
    """Let ``user`` work under this membership from now on. Raises NotAllowed when it is not theirs or not current."""
    if membership.user_id != user.pk or not membership.is_current(on=timezone.localdate()):
        raise NotAllowed("这个身份不是您的，或者已经到期了。")
    Membership.objects.filter(user=user, is_acting=True).exclude(pk=membership.pk).update(is_acting=False)
    Membership.objects.filter(pk=membership.pk).update(is_acting=True)
    record(AuditVerb.SWITCHED, by=user, subject=membership, organisation_id=membership.organisation_id)
    membership.is_acting = True
    return membership
