"""The numbers other systems know an organisation by (随申学 服务点)."""

from collections.abc import Iterable

from django.db import transaction

from cms.enums import AuditVerb
from cms.models import User
from cms.services.audit import record
from courses.enums import ExternalSystem, Right
from courses.errors import Refused
from courses.models import ExternalId, Organisation
from courses.services.branches import acting_with, refuse_unless_in_branch


@transaction.atomic
def set_external_ids(
    *, organisation: Organisation, numbers: Iterable[tuple[ExternalSystem, str]], by: User
) -> None:
    """Make these (system, number) all that the organisation has. Raises NotAllowed, and Refused for a number that
    another organisation has in that system."""
    refuse_unless_in_branch(acting_with(by, Right.CHANGE_ORGANISATIONS), organisation)
    wanted = set(numbers)
    others = ExternalId.objects.exclude(organisation=organisation)
    for system, number in sorted(wanted):
        if others.filter(system=system, number=number).exists():
            words = f"“{number}”已经是别的机构的编号了，请核对。"
            raise Refused("external-id-taken", words, fields={str(system): words})
    there = {(each.system, each.number): each for each in organisation.external_ids.all()}
    gone, new = there.keys() - wanted, wanted - there.keys()
    for pair in gone:
        there[pair].delete()
    for system, number in new:
        organisation.external_ids.create(system=system, number=number)
    if gone or new:
        detail = f"external_ids -{len(gone)} +{len(new)}"
        record(AuditVerb.CHANGED, by=by, subject=organisation, organisation_id=organisation.pk, detail=detail)
